import type { MeasurementPlan, Signal, SourcePlan } from '../slo/measurement-plan'
import { type Dialect, signalText } from '../slo/promql'
import type { PortableSlo } from '../slo-as-code/portable'
import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { compositeShare, type Members } from './composite-counts'
import { type Identity, last, SERIES, selected } from './names'
import type { RecordingRule } from './rule'

/** A recording rule whose series carries the identity. */
export const record = (name: string, expr: string, identity: Record<string, string>): RecordingRule => ({
  kind: 'record',
  record: name,
  expr,
  labels: identity,
})

type Counted = { identity: Identity; dialect: Dialect }

/**
 * The counts of one minute, exactly as the portal counts them (`readSlot`): events, or the minute itself where minutes are
 * judged. Nothing is recorded of a minute without series.
 */
export function minuteCounts(
  plan: MeasurementPlan,
  { definition: { method, sliceTarget } }: PortableSlo,
  members: Members,
  { identity, dialect }: Counted,
): RecordingRule[] {
  const total = selected(SERIES.total1m, identity)
  const slices = (share: string): RecordingRule[] => {
    const judged = method === 'time_slices' && sliceTarget !== null
    const bad = judged ? `(${share}) < bool ${sliceTarget}` : `1 - ${share}`
    return [record(SERIES.bad1m, bad, identity), record(SERIES.total1m, `0 * ${selected(SERIES.bad1m, identity)} + 1`, identity)]
  }
  if (plan.shape === 'members') return slices(compositeShare(plan, members))
  const ask = (signal: Signal) => signalText(signal, MINUTE, dialect)
  if (plan.shape === 'rate-at-least') return slices(`(${ask(plan.value)} >= bool ${plan.threshold * MINUTE})`)
  if (plan.shape === 'at-most') return slices(`((${ask(plan.value)}) <= bool ${plan.threshold})`)
  if (plan.shape === 'share') {
    const whole = plan.whole ? `${ask(plan.part)} / ${ask(plan.whole)}` : `vector(scalar(${ask(plan.part)}))`
    // A comparison drops what is not a number.
    return slices(`clamp(${whole} >= -Inf, 0, 1)`)
  }
  const [part, all] = [added(plan.part, ask), added(plan.total, ask)]
  if (method !== 'occurrences') {
    const ratio = `(${part} or vector(0)) / (${all} > 0)`
    const share = plan.shape === 'good-total' ? ratio : `1 - ${ratio}`
    // A minute in which nothing happened is a good minute.
    return slices(`(clamp(${share}, 0, 1) or 0 * ${all} + 1)`)
  }
  // Never more bad events than events: a series that appears late may say so.
  const bad =
    plan.shape === 'bad-total'
      ? `clamp_max(${part} or vector(0), scalar(${total})) and on () ${total}`
      : `clamp_min(${total} - on () (${part} or vector(0)), 0)`
  return [record(SERIES.total1m, all, identity), record(SERIES.bad1m, bad, identity)]
}

/** Signals added up, where some may be absent. */
function added(signals: Signal[], ask: (signal: Signal) => string): string {
  const [only, ...more] = signals.map(ask)
  if (more.length === 0) return only ?? 'vector(0)'
  const parts = [only, ...more].map((text, i) => `label_replace(${text}, "part", "${i}", "", "")`)
  return `sum(${parts.join(' or ')})`
}

/** How long a hole of the rules may be and lose nothing. */
const HEALED: Seconds = HOUR

/**
 * After a hole in the rules: what the counters grew by in the last hour, less what was recorded of it. Only events can be
 * made up for; minutes that nobody judged stay unjudged.
 */
export function missedCounts(plan: SourcePlan, { identity, dialect }: Counted): RecordingRule[] {
  if (plan.shape !== 'good-total' && plan.shape !== 'bad-total') return []
  const ask = (signal: Signal) => signalText(signal, HEALED, dialect)
  const recorded = (minute: string, missed: string) => {
    const [one, made] = [selected(minute, identity), selected(missed, identity)]
    return `(sum_over_time(${one}${last(HEALED)}) + (sum_over_time(${made}${last(HEALED)}) or 0 * ${one}))`
  }
  const [total, missed] = [selected(SERIES.total1m, identity), selected(SERIES.totalMissed, identity)]
  const hole = `unless on () last_over_time(${total}[1m] offset 30s)`
  const [part, all] = [added(plan.part, ask), added(plan.total, ask)]
  const grown = plan.shape === 'bad-total' ? `(${part} or vector(0))` : `(${all} - (${part} or vector(0)))`
  return [
    record(SERIES.totalMissed, `clamp_min(${all} - on () ${recorded(SERIES.total1m, SERIES.totalMissed)}, 0) ${hole}`, identity),
    record(
      SERIES.badMissed,
      `clamp_min(${grown} - on () ${recorded(SERIES.bad1m, SERIES.badMissed)}, 0) and on () ${missed}`,
      identity,
    ),
  ]
}

/** Five minutes at a time, and what came after the last five: long windows read a fifth of the samples. */
export function stagedCounts(identity: Identity): RecordingRule[] {
  const at = (minute: number) => `on () (minute() % 5 == ${minute})`
  return [
    [SERIES.total1m, SERIES.total5m, SERIES.totalRecent],
    [SERIES.bad1m, SERIES.bad5m, SERIES.badRecent],
  ].flatMap(([minute, five, recent]) => {
    const series = selected(minute as string, identity)
    const since = [1, 2, 3, 4].map((n) => `sum_over_time(${series}${last(n * MINUTE)}) and ${at(n)}`)
    return [
      record(five as string, `sum_over_time(${series}${last(5 * MINUTE)}) and ${at(0)}`, identity),
      // Where nothing is measured any more, long windows keep what they have as long as alerts stand still for.
      record(recent as string, `${since.join('\nor ')}\nor 0 * last_over_time(${series}${last(6 * HOUR)})`, identity),
    ]
  })
}
