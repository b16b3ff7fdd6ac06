import type { MeasurementPlan, Signal, SourcePlan } from '../slo/measurement-plan'
import { type Dialect, signalText } from '../slo/promql'
import type { PortableSlo } from '../slo-as-code/portable'
import { DAY, HOUR, MINUTE, type Seconds } from '../time-series/units'
import { compositeShare, memberKey } from './composite-counts'
import { type Identity, JUST_BEFORE, LAG, last, lengthName, numberText, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'
import { sortedCounts, sortedOf } from './sorted-counts'
import { sumOf } from './sum'

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
  const sorted = sortedOf(plan)
  if (sorted) return sortedCounts(sorted, identity, dialect)
  const ask = asking(dialect)
  const [part, all] = [added(plan.part, ask), added(plan.total, ask)]
  // Never more bad events than events: a series that appears late may say so.
  const bad =
    plan.shape === 'bad-total'
      ? `clamp_max(${part} or vector(0), scalar(${total})) and on () ${total}`
      : `clamp_min(${total} - on () (${part} or vector(0)), 0)`
  return [record(SERIES.total1m, all, identity), record(SERIES.bad1m, bad, identity)]
}

export const countsEvents = (plan: MeasurementPlan): plan is Extract<SourcePlan, { part: Signal[] }> =>
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
      return `(${ask(plan.value)} / ${MINUTE} >= bool ${numberText(plan.threshold)} and on () ${ask(plan.samples)})`
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
export function added(signals: Signal[], ask: (signal: Signal) => string): string {
  const [only, ...more] = signals.map(ask)
  if (more.length === 0) return only ?? 'vector(0)'
  return sumOf(Object.fromEntries([only, ...more].map((text, i) => [`signal ${i}`, text as string])))
}

/** How long after the last measurement windows go on to be known. */
export const KNOWN: Seconds = 3 * DAY
/** How long a hole may be so that what waits for its five or twenty minutes is kept. */
export const WAITS: Seconds = 2 * HOUR

/**
 * Five minutes at a time, then twenty, and what came after the last of each: a window of a month reads a twentieth of its
 * minutes. Where the end of them falls into a hole of the rules, what waited for it is added at the end of the hole.
 */
export function stagedCounts(identity: Identity): RecordingRule[] {
  const whole = (minutes: number) => `on () (minute() % ${minutes} == 0)`
  const since = (series: string, step: Seconds, clock: string, most: number) =>
    Array.from(
      { length: most },
      (_, i) => `sum_over_time(${series}${last((i + 1) * step)}) and on () (${clock} == ${i + 1})`,
    ).join('\nor ')
  const before = (name: string) => `last_over_time(${selected(name, identity)}[${lengthName(WAITS)}] offset ${JUST_BEFORE}s)`
  const passed = (minutes: number) =>
    `on () (floor(${before(SERIES.minute)} / ${minutes}) * ${minutes} <= time() / ${MINUTE} - ${minutes + 1})`
  const counts = (['total', 'bad'] as const).flatMap((what) => {
    const names = { five: SERIES[`${what}5m`], since: SERIES[`${what}Recent5m`], recent: SERIES[`${what}Recent`] } as const
    const [minutes, fives, sinceFive] = [SERIES[`${what}1m`], names.five, names.since].map((name) =>
      selected(name, identity),
    ) as [string, string, string]
    return [
      record(
        names.five,
        sumOf({
          usual: `sum_over_time(${minutes}${last(5 * MINUTE)}) and ${whole(5)}`,
          waited: `${before(names.since)} and ${passed(5)} unless ${passed(20)}`,
        }),
        identity,
      ),
      // Where nothing is measured any more, long windows keep what they have: alerts stand still.
      record(
        names.since,
        `${since(minutes, MINUTE, 'minute() % 5', 4)}\nor 0 * last_over_time(${fives}[${lengthName(KNOWN)}])`,
        identity,
      ),
      record(
        SERIES[`${what}20m`],
        sumOf({
          usual: `sum_over_time(${fives}${last(20 * MINUTE)}) and ${whole(20)}`,
          waited: `${before(names.recent)} and ${passed(20)}`,
        }),
        identity,
      ),
      record(
        names.recent,
        `${sinceFive} + (\n${since(fives, 5 * MINUTE, 'floor(minute() % 20 / 5)', 3)}\nor 0 * ${sinceFive})`,
        identity,
      ),
    ]
  })
  return [...counts, record(SERIES.minute, `floor(vector(time() / ${MINUTE}))`, identity)]
}
