import type { MeasurementPlan, Signal, SourcePlan } from '../slo/measurement-plan'
import { type Dialect, observationsUnder, selectorText, signalText } from '../slo/promql'
import type { PortableSlo } from '../slo-as-code/portable'
import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { compositeShare, memberKey } from './composite-counts'
import { type Identity, LAG, last, numberText, SERIES, selected } from './names'
import type { RecordingRule } from './rule'

/** A recording rule whose series carries the identity. */
export const record = (name: string, expr: string, identity: Record<string, string>): RecordingRule => ({
  kind: 'record',
  record: name,
  expr,
  labels: identity,
})

/** SLOs that rules are written for, by "service/slo". */
export type Known = Map<string, { slo: PortableSlo; plan: MeasurementPlan }>
export type Counted = { identity: Identity; dialect: Dialect; known: Known }

const asking = (dialect: Dialect) => (signal: Signal) => signalText(signal, MINUTE, dialect, { lag: LAG })

/**
 * The counts of one minute, exactly as the portal counts them (`readSlot`): events, or the minute itself where minutes are
 * judged. Nothing is recorded of a minute without series.
 */
export function minuteCounts(plan: MeasurementPlan, slo: PortableSlo, counted: Counted): RecordingRule[] {
  const { identity, dialect } = counted
  const total = selected(SERIES.total1m, identity)
  if (slo.definition.method !== 'occurrences' || !countsEvents(plan))
    return [
      record(SERIES.bad1m, `1 - ${minuteShare(plan, slo, counted)}`, identity),
      record(SERIES.total1m, `0 * ${selected(SERIES.bad1m, identity)} + 1`, identity),
    ]
  const ask = asking(dialect)
  const [part, all] = [added(plan.part, ask), added(plan.total, ask)]
  // Never more bad events than events: a series that appears late may say so.
  const bad =
    plan.shape === 'bad-total'
      ? `clamp_max(${part} or vector(0), scalar(${total})) and on () ${total}`
      : `clamp_min(${total} - on () (${part} or vector(0)), 0)`
  return [record(SERIES.total1m, all, identity), record(SERIES.bad1m, bad, identity)]
}

const countsEvents = (plan: MeasurementPlan): plan is Extract<SourcePlan, { part: Signal[] }> =>
  plan.shape === 'good-total' || plan.shape === 'bad-total'

/** The share of the minute that counts as good, 0..1, judged where slices are: an expression of one series without labels. */
function minuteShare(plan: MeasurementPlan, { definition }: PortableSlo, { identity, dialect, known }: Counted): string {
  const { method, sliceTarget } = definition
  // Without itself: what is a part of itself would never end.
  const others: Known = plan.shape === 'members' ? new Map([...known].filter(([key]) => key !== memberKey(identity))) : known
  const share = shareOf(plan, asking(dialect), (composite) =>
    compositeShare(composite, (member) => {
      const found = others.get(memberKey(member))
      if (!found) return undefined
      const { sliceTarget: slice, target } = found.slo.definition
      return { share: minuteShare(found.plan, found.slo, { identity: member, dialect, known: others }), bar: slice ?? target }
    }),
  )
  return method === 'time_slices' && sliceTarget !== null ? `((${share}) >= bool ${sliceTarget})` : share
}

function shareOf(
  plan: MeasurementPlan,
  ask: (signal: Signal) => string,
  composite: (plan: Extract<MeasurementPlan, { shape: 'members' }>) => string,
): string {
  switch (plan.shape) {
    case 'members':
      return composite(plan)
    case 'rate-at-least':
      return `(${ask(plan.value)} / ${MINUTE} >= bool ${numberText(plan.threshold)})`
    case 'at-most':
      return `((${ask(plan.value)}) <= bool ${numberText(plan.threshold)})`
    case 'share': {
      const whole = plan.whole ? `${ask(plan.part)} / ${ask(plan.whole)}` : `vector(scalar(${ask(plan.part)}))`
      // A comparison drops what is not a number.
      return `clamp(${whole} >= -Inf, 0, 1)`
    }
    default: {
      const [part, all] = [added(plan.part, ask), added(plan.total, ask)]
      const ratio = `(${part} or vector(0)) / (${all} > 0)`
      // A minute in which nothing happened is a good minute.
      return `(clamp(${plan.shape === 'good-total' ? ratio : `1 - ${ratio}`}, 0, 1) or 0 * ${all} + 1)`
    }
  }
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
export function missedCounts(plan: SourcePlan, { identity }: Counted): RecordingRule[] {
  if (!countsEvents(plan)) return []
  const recorded = (minute: string, missed: string) => {
    const [one, made] = [selected(minute, identity), selected(missed, identity)]
    return `(sum_over_time(${one}${last(HEALED)}) + (sum_over_time(${made}${last(HEALED)}) or 0 * ${one}))`
  }
  const [total, missed] = [selected(SERIES.total1m, identity), selected(SERIES.totalMissed, identity)]
  const hole = `unless on () last_over_time(${total}[1m] offset 30s)`
  // What waited for the end of its five minutes when the hole came, unless that is still to come.
  const waited = (recent: string, minute: string) => {
    const staged = `last_over_time(${selected(SERIES.total5m, identity)}[5m] offset 30s)`
    const before = `last_over_time(${selected(recent, identity)}[1h] offset 30s)`
    return `(${before} unless on () ${staged} or 0 * ${selected(minute, identity)})`
  }
  const made = (all: string, minute: string, recent: string, own: string) =>
    `clamp_min(${all} - on () ${recorded(minute, own)}, 0) + on () ${waited(recent, minute)}`
  const [part, all] = [added(plan.part, grown), added(plan.total, grown)]
  const bad = plan.shape === 'bad-total' ? `(${part} or vector(0))` : `(${all} - (${part} or vector(0)))`
  return [
    record(SERIES.totalMissed, `${made(all, SERIES.total1m, SERIES.totalRecent, SERIES.totalMissed)} ${hole}`, identity),
    record(SERIES.badMissed, `${made(bad, SERIES.bad1m, SERIES.badRecent, SERIES.badMissed)} and on () ${missed}`, identity),
  ]
}

/** Over an hour `increase` is right, pods that are gone included, and births are too rare to matter. */
function grown(signal: Signal): string {
  if (signal.fn === 'expression') return signal.expression
  const sum = `sum(increase(${selectorText(signal.selector)}[${HEALED}s] offset ${LAG}s))`
  if (signal.fn === 'native-count') return `histogram_count(${sum})`
  return signal.fn === 'native-under' ? observationsUnder(signal.bound, sum) : sum
}

/** How long after the last measurement windows go on to be known. */
const KNOWN = '[3d]'

/** Five minutes at a time, and what came after the last five: long windows read a fifth of the samples. */
export function stagedCounts(identity: Identity): RecordingRule[] {
  const at = (minute: number) => `on () (minute() % 5 == ${minute})`
  const parts = [
    [SERIES.total1m, SERIES.total5m, SERIES.totalRecent],
    [SERIES.bad1m, SERIES.bad5m, SERIES.badRecent],
  ] as const
  return parts.flatMap(([minute, five, recent]) => {
    const series = selected(minute, identity)
    const since = [1, 2, 3, 4].map((n) => `sum_over_time(${series}${last(n * MINUTE)}) and ${at(n)}`)
    return [
      record(five, `sum_over_time(${series}${last(5 * MINUTE)}) and ${at(0)}`, identity),
      // Where nothing is measured any more, long windows keep what they have: alerts stand still.
      record(recent, `${since.join('\nor ')}\nor 0 * last_over_time(${selected(five, identity)}${KNOWN})`, identity),
    ]
  })
}
