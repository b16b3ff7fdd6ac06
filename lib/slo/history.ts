import { floorTo, HOUR, type Seconds, type UnixSeconds } from '../time-series/units'
import { burnRateOf } from './burn-rate'
import { between, type Counts, NO_COUNTS, ratioOf } from './counts'
import type { HistoryRange, SloHistory } from './detail'
import { budgetInMinutes, remainingOf } from './error-budget'
import { type StatusRules, withNoDataPolicy } from './status'
import { type Period, windowAt } from './window'

/** Length and step of each range: at most 720 points, each step a multiple of what is kept that long. */
export const RANGE_STEPS: Record<HistoryRange, { length: Seconds; step: Seconds }> = {
  '24h': { length: 24 * HOUR, step: 120 },
  '7d': { length: 7 * 24 * HOUR, step: 900 },
  '30d': { length: 30 * 24 * HOUR, step: HOUR },
  '90d': { length: 90 * 24 * HOUR, step: 3 * HOUR },
}

/** A rise of the remaining budget worth a mark: more than ten points between two neighbours. */
const RISE = 0.1

export type HistoryInput = {
  sloId: number
  rules: StatusRules
  /** the rules in force at an instant: the past is judged by the target of its time */
  rulesAt?: (ts: UnixSeconds) => StatusRules
  historyFrom: UnixSeconds | null
  to: UnixSeconds
  range: HistoryRange
  /** cumulative counters at an instant, at the newest reading not after it; `undefined` before there are any */
  at: (ts: UnixSeconds) => Counts | undefined
  /** the same for window starts, which may be far older */
  windowStart: (ts: UnixSeconds) => Counts | undefined
  /** minutes of budget granted within a window */
  creditIn?: (window: Period) => number
}

/** The series of one SLO's charts, each value over the window that ended at its own time. Semantics §3–§5. */
export function historyOf(input: HistoryInput): SloHistory {
  const { sloId, rules, historyFrom, range, at, windowStart, rulesAt = () => rules, creditIn = () => 0 } = input
  const { length, step } = RANGE_STEPS[range]
  const to = floorTo(input.to, step)
  const from = to - length
  const history: SloHistory = {
    ...{
      sloId,
      from,
      to,
      step,
      ts: [],
      remaining: [],
      burn1h: [],
      burn6h: [],
      burn24h: [],
      sli: [],
      total: [],
      gaps: [],
      rises: [],
      exclusions: [],
      credits: [],
      measuredRemaining: null,
    },
  }
  for (let ts = from + step; ts <= to; ts += step) {
    const end = at(ts)
    history.ts.push(ts)
    const known = end && historyFrom !== null && ts > historyFrom
    const then = rulesAt(ts)
    const since = (length: Seconds) => (known ? between(at(ts - length) ?? NO_COUNTS, end) : NO_COUNTS)
    const slot = since(step)
    const gap = !known || slot.measured <= 0
    history.sli.push(gap ? null : ratioOf(slot))
    history.total.push(gap ? null : slot.total)
    history.burn1h.push(burnRateOf(since(HOUR), then.target))
    history.burn6h.push(burnRateOf(since(6 * HOUR), then.target))
    history.burn24h.push(burnRateOf(since(24 * HOUR), then.target))
    history.remaining.push(
      known && isJudgeable(ts, historyFrom, to)
        ? remainingAt(then, ts, historyFrom, between(windowStart(windowAt(then.window, ts).from) ?? NO_COUNTS, end)) +
            creditShare(then, ts, creditIn)
        : null,
    )
    if (gap) markGap(history, ts - step, ts)
  }
  markRises(history, rules, historyFrom)
  return history
}

/** A budget over its first hours says nothing, and would dwarf the rest; where there is no rest, it is what there is. */
const YOUNG = 72 * HOUR
const isJudgeable = (ts: UnixSeconds, historyFrom: UnixSeconds, to: UnixSeconds): boolean =>
  ts - historyFrom >= YOUNG || to - historyFrom < YOUNG

function remainingAt(rules: StatusRules, ts: UnixSeconds, historyFrom: UnixSeconds, counts: Counts): number {
  const start = Math.max(windowAt(rules.window, ts).from, historyFrom)
  return remainingOf(withNoDataPolicy(counts, (ts - start) / 60, rules.noDataPolicy), rules.target)
}

function creditShare({ window, target }: StatusRules, ts: UnixSeconds, creditIn: (window: Period) => number): number {
  const { from, to } = windowAt(window, ts)
  return creditIn({ from, to: ts }) / budgetInMinutes(target, to - from)
}

function markGap({ gaps }: SloHistory, from: UnixSeconds, to: UnixSeconds): void {
  const last = gaps.at(-1)
  if (last?.to === from) last.to = to
  else gaps.push({ from, to })
}

/** Burn leaves a rolling window one window after it happened; a new calendar period is no surprise. */
function markRises(history: SloHistory, { window }: StatusRules, historyFrom: UnixSeconds | null): void {
  if (window.kind !== 'rolling' || historyFrom === null) return
  history.remaining.forEach((value, i) => {
    const before = history.remaining[i - 1]
    const at = history.ts[i]
    if (value == null || before == null || at === undefined || value - before <= RISE) return
    // Before that nothing can have left: the window still grew.
    if (windowAt(window, at).from < historyFrom) return
    const last = history.rises.at(-1)
    if (last && at - last.at <= 6 * history.step) {
      last.points += (value - before) * 100
      last.at = at
    } else history.rises.push({ at, points: (value - before) * 100, burnedAt: windowAt(window, at).from })
  })
}
