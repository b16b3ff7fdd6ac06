import { DAY, HOUR, type Seconds, type UnixSeconds } from '../time-series/units'
import { type AlertPair, alertPairs, canFire, holds } from './alert-pair'
import { burnRateOf } from './burn-rate'
import { between, type Counts, NO_COUNTS } from './counts'
import { budgetInMinutes, remainingOf } from './error-budget'
import { type StatusRules, withNoDataPolicy } from './status'
import { type Period, windowAt } from './window'

/** Cumulative counters at from, from + step, … : `counts[i]` stands at `from + i · step`. */
export type CounterSeries = { from: UnixSeconds; step: Seconds; counts: Counts[] }

export type AlertEpisode = { from: UnixSeconds; to: UnixSeconds; severity: AlertPair['severity']; long: Seconds }

export type Simulation = {
  /** ends of the drawn steps, at most ~720 of them */
  ts: UnixSeconds[]
  /** over the window that ended then; `null` before there was data */
  remaining: (number | null)[]
  /** bad events ÷ all events of the drawn step; `null` where nothing happened */
  bad: (number | null)[]
  alerts: AlertEpisode[]
  end: { counts: Counts; remaining: number | null; measuredFrom: UnixSeconds | null }
}

const POINTS = 720
/** An alert that pauses for less than this goes on as the same one. Seconds. */
const SAME = HOUR

/**
 * What rules would have said about counters that were really measured: the budget over time, and the alerts of the
 * default pairs. Windows that begin before the series are judged over what there is of them; `shownFrom` leaves a first
 * stretch to the windows alone, `creditIn` says how many minutes were granted within a window.
 */
export function simulate(
  rules: StatusRules,
  series: CounterSeries,
  { shownFrom = series.from, creditIn = () => 0 }: { shownFrom?: UnixSeconds; creditIn?: (window: Period) => number } = {},
): Simulation {
  const { from, step, counts } = series
  const measuredFrom = firstMeasured(series)
  const end = from + (counts.length - 1) * step
  const at = (ts: UnixSeconds): Counts => counts[Math.max(0, Math.floor((ts - from) / step))] ?? NO_COUNTS
  const budgetAt = (ts: UnixSeconds): { counts: Counts; remaining: number | null } => {
    if (measuredFrom === null || ts <= measuredFrom) return { counts: NO_COUNTS, remaining: null }
    const { from: opens, to: closes } = windowAt(rules.window, ts)
    const start = Math.max(opens, measuredFrom)
    const credited = creditIn({ from: opens, to: ts }) / budgetInMinutes(rules.target, closes - opens)
    const filled = withNoDataPolicy(between(at(start), at(ts)), (ts - start) / 60, rules.noDataPolicy)
    return { counts: filled, remaining: remainingOf(filled, rules.target) + credited }
  }
  const first = Math.max(0, Math.ceil((shownFrom - from) / step))
  const stride = Math.max(1, Math.ceil((counts.length - 1 - first) / POINTS))
  const result: Simulation = { ts: [], remaining: [], bad: [], alerts: [], end: { ...budgetAt(end), measuredFrom } }
  for (let i = first + stride; i < counts.length; i += stride) {
    const ts = from + i * step
    const drawn = between(at(ts - stride * step), at(ts))
    result.ts.push(ts)
    result.remaining.push(isOldEnough(ts, measuredFrom, end) ? budgetAt(ts).remaining : null)
    result.bad.push(drawn.total > 0 ? Math.max(0, 1 - drawn.good / drawn.total) : null)
  }
  result.alerts = episodes(rules, series, at, shownFrom)
  return result
}

/** The first hours of a history say nothing about a budget, and would dwarf the rest. */
const YOUNG = 3 * DAY
const isOldEnough = (ts: UnixSeconds, measuredFrom: UnixSeconds | null, end: UnixSeconds): boolean =>
  measuredFrom !== null && (ts - measuredFrom >= YOUNG || end - measuredFrom < YOUNG)

function firstMeasured({ from, step, counts }: CounterSeries): UnixSeconds | null {
  const start = counts[0]?.measured ?? 0
  const index = counts.findIndex(({ measured }) => measured > start)
  return index < 0 ? null : from + (index - 1) * step
}

function episodes(
  rules: StatusRules,
  { from, step, counts }: CounterSeries,
  at: (ts: UnixSeconds) => Counts,
  shownFrom: UnixSeconds,
): AlertEpisode[] {
  const end = from + (counts.length - 1) * step
  const { from: start, to } = windowAt(rules.window, end)
  const pairs = alertPairs(to - start, rules.scrapeSeconds).filter((pair) => canFire(pair, rules.target))
  const found: AlertEpisode[] = []
  for (const { long, short, severity, ...pair } of pairs) {
    let open: AlertEpisode | null = null
    for (let ts = Math.max(from + long, shownFrom); ts <= end; ts += step) {
      const burn = (length: Seconds) => burnRateOf(between(at(ts - length), at(ts)), rules.target)
      if (!holds({ ...pair, long, short, severity }, burn(long), burn(short))) continue
      if (open && ts - open.to <= SAME) open.to = ts
      else {
        open = { from: ts, to: ts, severity, long }
        found.push(open)
      }
    }
  }
  return found.sort((a, b) => a.from - b.from)
}
