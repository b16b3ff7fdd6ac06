import type { MeasurementPlan, Signal } from '../slo/measurement-plan'
import { type Dialect, PART_LABEL, type Sorting, signalText } from '../slo/promql'
import { sortedPartOf } from '../slo/sorting'
import { MINUTE } from '../time-series/units'
import { type Identity, LAG, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'

/** All events, how some of them are told from the rest, and whether those are the bad ones. */
type Sorted = { all: Signal; sort: Sorting; matchedIsBad: boolean }

/** Where bad events are some of the same counters, those are read once instead of twice. */
export function sortedOf(plan: MeasurementPlan): Sorted | null {
  if (plan.shape !== 'good-total' && plan.shape !== 'bad-total') return null
  const [[part, ...parts], [all, ...others]] = [plan.part, plan.total]
  if (!part || !all || parts.length + others.length > 0) return null
  const sorted = sortedPartOf(part, all)
  return sorted && { all, sort: sorted.sort, matchedIsBad: (plan.shape === 'bad-total') === sorted.matched }
}

export function sortedCounts({ all, sort, matchedIsBad }: Sorted, identity: Identity, dialect: Dialect): RecordingRule[] {
  const total = selected(SERIES.total1m, identity)
  const bad = selected(SERIES.events1m, { ...identity, [PART_LABEL]: matchedIsBad ? '1' : '' })
  return [
    record(SERIES.events1m, signalText(all, MINUTE, dialect, { lag: LAG, sort }), identity),
    record(SERIES.total1m, `sum without (${PART_LABEL}) (${selected(SERIES.events1m, identity)})`, identity),
    record(SERIES.bad1m, `sum without (${PART_LABEL}) (${bad}) or 0 * ${total}`, identity),
  ]
}
