import type { Ratio, Seconds } from '../time-series/units'
import type { CompositeRule, LatePolicy, MemberRef } from './composite'
import type { Indicator, Selector } from './indicator'
import type { BudgetingMethod } from './objective'
import { escapedRegex } from './regex'

/** One number per instant that a source is asked for. Signals of many SLOs share a query. */
export type Signal =
  /** `within`: all events, where these are some of them; `renamed`: a label whose values may be other words for the same */
  | { fn: 'increase'; selector: Selector; within?: Selector; renamed?: string }
  | { fn: 'sum-over-time' | 'count-over-time' | 'age' | 'native-count'; selector: Selector }
  /** observations of a native histogram at or under a bound */
  | { fn: 'native-under'; selector: Selector; bound: Seconds }
  | { fn: 'expression'; expression: string }

/** Which signals of a source an indicator needs and how they become good and total. */
export type SourcePlan =
  | { shape: 'good-total' | 'bad-total'; part: Signal[]; total: Signal[] }
  /**
   * the slot is good when value ÷ step (rates) or value (ages) passes the threshold; a rate is known where there were `samples`:
   * a series that nobody scraped has not stood still
   */
  | { shape: 'rate-at-least'; value: Signal; samples: Signal; threshold: number }
  | { shape: 'at-most'; value: Signal; threshold: number }
  /** good is this share of the slot */
  | { shape: 'share'; part: Signal; whole: Signal | null }

/** A composite asks no source: it is counted from the counters of its members. */
export type CompositePlan = { shape: 'members'; rule: CompositeRule; late: LatePolicy; members: MemberRef[] }

export type MeasurementPlan = SourcePlan | CompositePlan

const increase = (selector: Selector, within?: Selector): Extract<Signal, { fn: 'increase' }> => ({
  fn: 'increase',
  selector,
  ...(within && { within }),
})
const narrowed = (selector: Selector, matchers: Selector['matchers']): Selector => ({
  metric: selector.metric,
  matchers: [...selector.matchers, ...matchers],
})

/** Prometheus 3 writes whole bucket bounds as "1.0", older versions as "1": accept both. */
export const bucketBound = (seconds: Seconds): Selector['matchers'][number] =>
  Number.isInteger(seconds)
    ? { label: 'le', op: '=~', value: `${seconds}|${seconds}\\.0` }
    : { label: 'le', op: '=', value: String(seconds) }

/** The selector without what is nobody's request. */
const counted = (selector: Selector, excluded: { label: string; values: string[] } | undefined): Selector =>
  excluded
    ? narrowed(selector, [{ label: excluded.label, op: '!~', value: excluded.values.map(escapedRegex).join('|') }])
    : selector

export function planOf(indicator: Indicator): MeasurementPlan {
  switch (indicator.kind) {
    case 'availability':
    case 'error-rate':
      return badOf(counted(indicator.requests, indicator.excluded), indicator.failed)
    case 'quality':
      return badOf(counted(indicator.responses, indicator.excluded), indicator.degraded)
    case 'freshness-batches':
      return badOf(indicator.batches, indicator.late)
    case 'latency': {
      const selector = counted(indicator.histogram, indicator.excluded)
      if (indicator.native)
        return {
          shape: 'good-total',
          part: [{ fn: 'native-under', selector, bound: indicator.thresholdSeconds }],
          total: [{ fn: 'native-count', selector }],
        }
      const { metric, matchers } = selector
      const bucket = { metric: `${metric}_bucket`, matchers: [...matchers, bucketBound(indicator.thresholdSeconds)] }
      const all = { metric: `${metric}_count`, matchers }
      return { shape: 'good-total', part: [{ ...increase(bucket, all), renamed: 'le' }], total: [increase(all)] }
    }
    case 'throughput':
      return {
        ...{ shape: 'rate-at-least', value: increase(indicator.events), threshold: indicator.floorPerSecond },
        samples: { fn: 'count-over-time', selector: indicator.events },
      }
    case 'freshness-age':
      return { shape: 'at-most', value: { fn: 'age', selector: indicator.timestamp }, threshold: indicator.limitSeconds }
    case 'completeness':
      return {
        shape: 'good-total',
        part: [increase(indicator.processed, indicator.expected)],
        total: [increase(indicator.expected)],
      }
    case 'good-total':
      return {
        shape: 'good-total',
        part: partsOf(indicator.good, indicator.total),
        total: indicator.total.map((one) => increase(one)),
      }
    case 'bad-total':
      return {
        shape: 'bad-total',
        part: partsOf(indicator.bad, indicator.total),
        total: indicator.total.map((one) => increase(one)),
      }
    case 'ratio':
      return { shape: 'share', part: { fn: 'expression', expression: indicator.expression }, whole: null }
    case 'boolean':
      return {
        shape: 'share',
        part: { fn: 'sum-over-time', selector: indicator.series },
        whole: { fn: 'count-over-time', selector: indicator.series },
      }
    case 'composite':
      return { shape: 'members', rule: indicator.rule, late: indicator.late, members: indicator.members }
  }
}

/** Of several sums of all events the first stands for the size of them. */
const partsOf = (parts: Selector[], [all]: Selector[]): Signal[] => parts.map((part) => increase(part, all))

const badOf = (all: Selector, failed: Selector['matchers']): SourcePlan => ({
  shape: 'bad-total',
  part: [increase(narrowed(all, failed), all)],
  total: [increase(all)],
})

export function signalsOf(plan: SourcePlan): Signal[] {
  switch (plan.shape) {
    case 'good-total':
    case 'bad-total':
      return [...plan.part, ...plan.total]
    case 'share':
      return plan.whole ? [plan.part, plan.whole] : [plan.part]
    case 'rate-at-least':
      return [plan.value, plan.samples]
    default:
      return [plan.value]
  }
}

export type Accounting = { method: BudgetingMethod; sliceTarget: Ratio | null }
export type SlotReading = { good: number; total: number; goodOverTotal: boolean }

export const MINUTE_SLOT = 60

/**
 * Turns the signals of one step into what the ledger counts, `null` when the series were absent.
 * Occurrences count events. Time slices count minutes: one is good when its ratio reaches the slice target; ratio time
 * slices add the ratio itself. A minute in which nothing happened is a good minute.
 */
export function readSlot(
  plan: SourcePlan,
  accounting: Accounting,
  read: (signal: Signal) => number | null,
  step: Seconds,
): SlotReading | null {
  const slots = step / MINUTE_SLOT
  const events = readEvents(plan, read, step)
  if (!events) return null
  const { ratio, total } = events
  const goodOverTotal = total === null ? ratio > 1 : events.good > total
  const share = Math.min(1, Math.max(0, ratio))
  if (total === null) return inSlices(share, slots, accounting, goodOverTotal)
  if (accounting.method === 'occurrences') return { good: Math.min(events.good, total), total, goodOverTotal }
  return inSlices(total > 0 ? share : 1, slots, accounting, goodOverTotal)
}

/** A share of a step as good and total slots; time slices are good or bad as a whole. */
export function inSlices(share: Ratio, slots: number, { method, sliceTarget }: Accounting, goodOverTotal = false): SlotReading {
  const good = method === 'time_slices' && sliceTarget !== null ? (share >= sliceTarget ? 1 : 0) : share
  return { good: good * slots, total: slots, goodOverTotal }
}

/** `total: null` means the indicator has no events, only a share of the slot. */
function readEvents(
  plan: SourcePlan,
  read: (signal: Signal) => number | null,
  step: Seconds,
): { ratio: number; good: number; total: number | null } | null {
  if (plan.shape === 'rate-at-least' || plan.shape === 'at-most') {
    const value = read(plan.value)
    if (value === null || (plan.shape === 'rate-at-least' && !read(plan.samples))) return null
    const passes = plan.shape === 'at-most' ? value <= plan.threshold : value / step >= plan.threshold
    return { ratio: passes ? 1 : 0, good: passes ? 1 : 0, total: null }
  }
  if (plan.shape === 'share') {
    const part = read(plan.part)
    const whole = plan.whole ? read(plan.whole) : 1
    if (part === null || !whole) return null
    return { ratio: part / whole, good: part, total: null }
  }
  const total = sum(plan.total, read)
  if (total === null) return null
  // A service that has never failed exposes no failed series: absent beside a present total is zero.
  const part = sum(plan.part, read) ?? 0
  const good = plan.shape === 'bad-total' ? total - part : part
  return { ratio: total > 0 ? good / total : 1, good: Math.max(0, good), total }
}

function sum(signals: Signal[], read: (signal: Signal) => number | null): number | null {
  let result: number | null = null
  for (const signal of signals) {
    const value = read(signal)
    if (value !== null) result = (result ?? 0) + value
  }
  return result
}
