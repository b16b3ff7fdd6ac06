import type { Matcher } from '../slo/indicator'
import type { MeasurementPlan, Signal } from '../slo/measurement-plan'
import { canonicalMatchers, type Dialect, PART_LABEL, type Sorting, signalText } from '../slo/promql'
import { escapedRegex } from '../slo/regex'
import { MINUTE } from '../time-series/units'
import { type Identity, LAG, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'

/** All events, how some of them are told from the rest, and whether those are the bad ones. */
export type Sorted = { all: Signal; sort: Sorting; partIsBad: boolean }

/** Where one more matcher tells bad events from good ones, their counters are read once instead of twice. */
export function sortedOf(plan: MeasurementPlan): Sorted | null {
  if (plan.shape !== 'good-total' && plan.shape !== 'bad-total') return null
  const [[part, ...parts], [all, ...others]] = [plan.part, plan.total]
  if (part?.fn !== 'increase' || all?.fn !== 'increase' || parts.length + others.length > 0) return null
  if (part.selector.metric !== all.selector.metric || part.renamed) return null
  const wanted = all.selector.matchers.map((matcher) => canonicalMatchers([matcher]))
  const more = part.selector.matchers.filter((matcher) => !wanted.includes(canonicalMatchers([matcher])))
  const [told] = more
  if (!told || more.length > 1 || part.selector.matchers.length !== wanted.length + 1) return null
  return { all, sort: sortingBy(told), partIsBad: (plan.shape === 'bad-total') !== told.op.startsWith('!') }
}

const sortingBy = ({ label, op, value }: Matcher): Sorting => ({ label, pattern: op.endsWith('~') ? value : escapedRegex(value) })

export function sortedCounts({ all, sort, partIsBad }: Sorted, identity: Identity, dialect: Dialect): RecordingRule[] {
  const total = selected(SERIES.total1m, identity)
  const bad = selected(SERIES.events1m, { ...identity, [PART_LABEL]: partIsBad ? '1' : '' })
  return [
    record(SERIES.events1m, signalText(all, MINUTE, dialect, { lag: LAG, sort }), identity),
    record(SERIES.total1m, `sum without (${PART_LABEL}) (${selected(SERIES.events1m, identity)})`, identity),
    record(SERIES.bad1m, `sum without (${PART_LABEL}) (${bad}) or 0 * ${total}`, identity),
  ]
}
