import { wouldBeAlerts } from '../alert/would-be'
import { DAY, type Seconds, type UnixSeconds } from '../time-series/units'
import type { AlertSeverity } from './alert-pair'
import { between, type CounterSeries, type Counts, endOf, firstMeasured, NO_COUNTS, readingAt } from './counts'
import { budgetInMinutes, remainingOf } from './error-budget'
import { type StatusRules, withNoDataPolicy } from './status'
import { type Period, windowAt } from './window'

export type { CounterSeries } from './counts'

/** From when it would have fired until its condition last held. */
export type AlertEpisode = { from: UnixSeconds; to: UnixSeconds; severity: AlertSeverity; long: Seconds }

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

/**
 * What rules would have said about counters that were really measured: the budget over time, and the alerts of
 * their policy. Windows that begin before the series are judged over what there is of them; `shownFrom` leaves a first
 * stretch to the windows alone, `creditIn` says how many minutes were granted within a window.
 */
export function simulate(
  rules: StatusRules,
  series: CounterSeries,
  { shownFrom = series.from, creditIn = () => 0 }: { shownFrom?: UnixSeconds; creditIn?: (window: Period) => number } = {},
): Simulation {
  const { from, step, counts } = series
  const measuredFrom = firstMeasured(series)
  const end = endOf(series)
  const at = (ts: UnixSeconds): Counts => readingAt(series, ts)
  const budgetAt = budgetOver(rules, series, measuredFrom, creditIn)
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
  result.alerts = wouldBeAlerts(rules, series, shownFrom).map(({ severity, long, firedAt, heldAt }) => ({
    ...{ from: firedAt, to: heldAt, severity, long },
  }))
  return result
}

type BudgetRules = Pick<StatusRules, 'target' | 'window' | 'noDataPolicy'>
type BudgetThen = { counts: Counts; remaining: number | null }

const budgetOver =
  (
    { target, window, noDataPolicy }: BudgetRules,
    series: CounterSeries,
    measuredFrom: UnixSeconds | null,
    creditIn: (window: Period) => number = () => 0,
  ) =>
  (ts: UnixSeconds): BudgetThen => {
    if (measuredFrom === null || ts <= measuredFrom) return { counts: NO_COUNTS, remaining: null }
    const { from: opens, to: closes } = windowAt(window, ts)
    const start = Math.max(opens, measuredFrom)
    const credited = creditIn({ from: opens, to: ts }) / budgetInMinutes(target, closes - opens)
    const filled = withNoDataPolicy(between(readingAt(series, start), readingAt(series, ts)), (ts - start) / 60, noDataPolicy)
    return { counts: filled, remaining: remainingOf(filled, target) + credited }
  }

/** What is left at the end of a series, and since when it is measured, without all that a drawing needs. */
export function budgetAtEnd(
  rules: BudgetRules,
  series: CounterSeries,
): Pick<BudgetThen, 'remaining'> & { measuredFrom: UnixSeconds | null } {
  const measuredFrom = firstMeasured(series)
  return { remaining: budgetOver(rules, series, measuredFrom)(endOf(series)).remaining, measuredFrom }
}

/** The first hours of a history say nothing about a budget, and would dwarf the rest. */
const YOUNG = 3 * DAY
const isOldEnough = (ts: UnixSeconds, measuredFrom: UnixSeconds | null, end: UnixSeconds): boolean =>
  measuredFrom !== null && (ts - measuredFrom >= YOUNG || end - measuredFrom < YOUNG)
