import { badOf, between, type Counts } from '../slo/counts'
import { budgetInEvents } from '../slo/error-budget'
import { DAY, HOUR, type Ratio, type Seconds, type UnixSeconds } from '../time-series/units'

/** What a release does to a budget is read twice: soon, and when a day has shown it. */
export const HORIZONS: Seconds[] = [HOUR, DAY]

export type ReleaseCost = {
  bad: number
  total: number
  /** bad ÷ total before the release; null: nothing happened then */
  baseline: Ratio | null
  /** shares of the budget: all that went, and what went beyond the baseline */
  spent: Ratio
  excess: Ratio
}

type Readings = {
  /** cumulative counters at both ends of the stretch before, and of the one after */
  before: { start: Counts; end: Counts }
  after: { start: Counts; end: Counts }
  target: Ratio
  /** events of the whole window; the budget is a share of them */
  windowTotal: number
}

/**
 * The share of the budget that went after a release, and how much of it the ratio before would not have brought. The excess
 * is never negative: a release that made things better has cost nothing.
 */
export function costOf({ before, after, target, windowTotal }: Readings): ReleaseCost {
  const [was, is] = [between(before.start, before.end), between(after.start, after.end)]
  const { allowed } = budgetInEvents({ good: 0, total: windowTotal, measured: 0 }, target)
  const baseline = was.total > 0 ? badOf(was) / was.total : null
  const bad = badOf(is)
  const share = (events: number): Ratio => (allowed > 0 ? events / allowed : 0)
  return {
    ...{ bad, total: is.total, baseline },
    ...{ spent: share(bad), excess: share(Math.max(0, bad - (baseline ?? 0) * is.total)) },
  }
}

/** The end of a horizon: the next release begins a stretch of its own. */
export const closesWithin = (at: UnixSeconds, horizon: Seconds, next: UnixSeconds | null): UnixSeconds =>
  Math.min(at + horizon, next ?? Number.POSITIVE_INFINITY)

/**
 * What releases have cost: the median, and what one in ten cost or more (nearest rank, as in the NIST handbook 7.2.6.2 without
 * interpolation: a cost that really happened). `null` without any.
 */
export function typicalCost(costs: Ratio[]): { typical: Ratio; costly: Ratio } | null {
  if (costs.length === 0) return null
  const sorted = [...costs].sort((a, b) => a - b)
  const rank = (share: number): Ratio => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as Ratio
  return { typical: rank(0.5), costly: rank(0.9) }
}
