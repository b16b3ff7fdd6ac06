import type { MeasurementPlan, Signal } from '../slo/measurement-plan'
import { type Dialect, PART_LABEL, type Sorting, signalText } from '../slo/promql'
import { sortedPartOf } from '../slo/sorting'
import { MINUTE } from '../time-series/units'
import { type Identity, LAG, last, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'

/** All events, how some of them are told from the rest, and whether those are the bad ones. */
type Sorted = { all: Extract<Signal, { fn: 'increase' }>; sort: Sorting; matchedIsBad: boolean }

/** Where bad events are some of the same counters, those are read once instead of twice. */
export function sortedOf(plan: MeasurementPlan): Sorted | null {
  if (plan.shape !== 'good-total' && plan.shape !== 'bad-total') return null
  const [[part, ...parts], [all, ...others]] = [plan.part, plan.total]
  if (!part || all?.fn !== 'increase' || parts.length + others.length > 0) return null
  const sorted = sortedPartOf(part, all)
  return sorted && { all, sort: sorted.sort, matchedIsBad: (plan.shape === 'bad-total') === sorted.matched }
}

export function sortedCounts({ all, sort, matchedIsBad }: Sorted, identity: Identity, dialect: Dialect): RecordingRule[] {
  const total = selected(SERIES.total1m, identity)
  // Of this minute alone: a part that ended in a hole of the rules is else found for five minutes more.
  const events = (labels: Record<string, string>) => `last_over_time(${selected(SERIES.events1m, labels)}${last(MINUTE)})`
  const bad = events({ ...identity, [PART_LABEL]: matchedIsBad ? '1' : '' })
  return [
    record(SERIES.events1m, signalText(all, MINUTE, dialect, { lag: LAG, sort }), identity),
    record(SERIES.total1m, `sum without (${PART_LABEL}) (${events(identity)})`, identity),
    record(SERIES.bad1m, `sum without (${PART_LABEL}) (${bad}) or 0 * ${total}`, identity),
  ]
}
