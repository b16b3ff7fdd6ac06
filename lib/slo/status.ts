import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import { type AlertPair, alertPairs, canFire, holds } from './alert-pair'
import { burnRateOf } from './burn-rate'
import { type Counts, ratioOf } from './counts'
import { budgetInMinutes, consumedOf } from './error-budget'
import type { NoDataPolicy } from './objective'
import { type JudgedState, type SloState, worseOf } from './state'
import type { StatusPolicy } from './status-policy'
import { type SloWindow, windowAt } from './window'

/** The lookbacks every SLO is measured over, beside its own window. Seconds. */
export const LOOKBACKS = { m5: 300, m30: 1800, h1: 3600, h2: 7200, h6: 21_600, h24: 86_400, h72: 259_200 } as const
export type Lookback = keyof typeof LOOKBACKS

/** What the definition says about judging. */
export type StatusRules = {
  target: Ratio
  window: SloWindow
  noDataPolicy: NoDataPolicy
  coverageFloor: Ratio
  /** fewer events in the window are not judged */
  minEvents: number
  policy: StatusPolicy
}

/** Readings at one instant, taken from the portal's own counters. */
export type StatusInput = {
  now: UnixSeconds
  /** first instant with data; `null` when there never was any */
  historyFrom: UnixSeconds | null
  lastDataTs: UnixSeconds | null
  /** over the SLO window, from its start (or the start of history) to now */
  window: Counts
  pace: Counts
  lookbacks: Record<Lookback, Counts>
  /** since when the source has not answered, if it does not */
  staleSince: UnixSeconds | null
  /** minutes of budget granted within the window (semantics §7) */
  credit: number
}

/** Why the state is what it is: the one rule that decided. */
export type StateReason =
  | { rule: 'no-history' }
  | { rule: 'coverage'; coverage: Ratio; floor: Ratio }
  | { rule: 'source'; since: UnixSeconds }
  | { rule: 'absent'; since: UnixSeconds }
  | { rule: 'too-young'; age: Seconds; needed: Seconds }
  | { rule: 'too-few-events'; events: number; needed: number }
  | { rule: 'remaining'; remaining: number }
  | { rule: 'pace'; pace: number; threshold: number }
  | { rule: 'floor'; remaining: number; floor: Ratio }
  | { rule: 'within-budget' }

export type FiringPair = { long: Seconds; severity: 'page' | 'ticket' }

/** One evaluation, unrounded. Stored in `slo_status.detail` and shown by "explain". */
export type Status = {
  ts: UnixSeconds
  state: SloState
  /** the judgement the numbers alone would give; differs from `state` only when data is missing */
  judged: JudgedState
  reason: StateReason
  /** start of the judged window, after clipping to the start of history */
  windowFrom: UnixSeconds
  /** end of the period; after `ts` for calendar windows */
  windowTo: UnixSeconds
  paceLookback: Seconds
  sli: Ratio | null
  /** of the budget, after `credited` */
  consumed: number
  /** share of the budget that was granted on top */
  credited: number
  remaining: number
  pace: number | null
  coverage: Ratio
  counts: Counts
  paceCounts: Counts
  burn: Record<Lookback, number | null>
  lookbacks: Record<Lookback, Counts>
  alerts: FiringPair[]
  historyFrom: UnixSeconds | null
  lastDataTs: UnixSeconds | null
  staleSince: UnixSeconds | null
}

const SLOT = 60
/** Without a measured slot for this long, the series counts as gone. Seconds. */
const ABSENT_AFTER = 600

/**
 * Fills unmeasured slots as the no-data policy says: with events at the measured mean rate, all good or all bad.
 * `ignore` leaves the counts as they are.
 */
export function withNoDataPolicy(counts: Counts, expectedSlots: number, policy: NoDataPolicy): Counts {
  const missing = Math.max(0, expectedSlots - counts.measured)
  if (policy === 'ignore' || missing === 0 || counts.measured === 0) return counts
  const events = (counts.total / counts.measured) * missing
  return {
    good: counts.good + (policy === 'count_as_good' ? events : 0),
    total: counts.total + events,
    measured: counts.measured + missing,
  }
}

/** The state the budget alone gives (semantics §5). */
export function judge(remaining: number, pace: number | null, policy: StatusPolicy): { state: JudgedState; reason: StateReason } {
  if (remaining <= 0) return { state: 'exhausted', reason: { rule: 'remaining', remaining } }
  const speed = pace ?? 0
  const byPace: JudgedState =
    speed > policy.pace.critical
      ? 'critical'
      : speed > policy.pace.warning
        ? 'warning'
        : speed > policy.pace.attention
          ? 'attention'
          : 'healthy'
  const byFloor: JudgedState =
    remaining < policy.floor.critical
      ? 'critical'
      : remaining < policy.floor.warning
        ? 'warning'
        : remaining < policy.floor.attention
          ? 'attention'
          : 'healthy'
  const state = worseOf(byPace, byFloor)
  if (state === 'healthy') return { state, reason: { rule: 'within-budget' } }
  return byPace === state
    ? { state, reason: { rule: 'pace', pace: speed, threshold: policy.pace[state as keyof StatusPolicy['pace']] } }
    : { state, reason: { rule: 'floor', remaining, floor: policy.floor[state as keyof StatusPolicy['floor']] } }
}

/** Seconds of `paceLookback` for a window of this length. */
export const paceLookbackOf = (window: SloWindow, policy: StatusPolicy, now: UnixSeconds): Seconds => {
  const { from, to } = windowAt(window, now)
  return Math.max(SLOT * 5, Math.round(((to - from) * policy.lookbackShare) / 300) * 300)
}

/**
 * Evaluates one SLO at one instant.
 *
 * Pace is the burn rate over `lookbackShare` of the window; for calendar windows the larger of that and consumed ÷
 * elapsed share of the period. Missing data never improves a state: below the coverage floor, or with a source that
 * does not answer, the state is `no-data` and the judgement of the numbers is kept beside it.
 */
export function evaluateStatus(rules: StatusRules, input: StatusInput): Status {
  const { now, historyFrom } = input
  const period = windowAt(rules.window, now)
  const windowFrom = Math.min(now, Math.max(period.from, historyFrom ?? now))
  const expected = Math.max(0, (now - windowFrom) / SLOT)
  const counts = withNoDataPolicy(input.window, expected, rules.noDataPolicy)
  const paceLookback = paceLookbackOf(rules.window, rules.policy, now)

  const credited = input.credit / budgetInMinutes(rules.target, period.to - period.from)
  const consumed = consumedOf(counts, rules.target) - credited
  const remaining = 1 - consumed
  const recentPace = burnRateOf(input.pace, rules.target)
  const elapsed = (now - period.from) / (period.to - period.from)
  const pace = rules.window.kind === 'calendar' && elapsed > 0 ? Math.max(recentPace ?? 0, consumed / elapsed) : recentPace
  const coverage = expected > 0 ? Math.min(1, input.window.measured / expected) : 0
  const burn = Object.fromEntries(
    Object.keys(LOOKBACKS).map((key) => [key, burnRateOf(input.lookbacks[key as Lookback], rules.target)]),
  ) as Record<Lookback, number | null>

  const judged = judge(remaining, pace, rules.policy)
  const pairs = alertPairs(period.to - period.from)
  const unknown = ignorance(rules, input, { counts, coverage, pairs })
  return {
    ts: now,
    state: unknown?.state ?? judged.state,
    judged: judged.state,
    reason: unknown?.reason ?? judged.reason,
    windowFrom,
    windowTo: period.to,
    paceLookback,
    sli: ratioOf(counts),
    consumed,
    credited,
    remaining,
    pace,
    coverage,
    counts,
    paceCounts: input.pace,
    burn,
    lookbacks: input.lookbacks,
    alerts: unknown ? [] : firing(pairs, burn, rules.target),
    historyFrom,
    lastDataTs: input.lastDataTs,
    staleSince: input.staleSince,
  }
}

function ignorance(
  rules: StatusRules,
  input: StatusInput,
  seen: { counts: Counts; coverage: Ratio; pairs: AlertPair[] },
): { state: 'no-data' | 'not-enough-data'; reason: StateReason } | null {
  if (input.historyFrom === null) return { state: 'no-data', reason: { rule: 'no-history' } }
  if (input.staleSince !== null) return { state: 'no-data', reason: { rule: 'source', since: input.staleSince } }
  if (rules.noDataPolicy === 'ignore' && input.lastDataTs !== null && input.now - input.lastDataTs > ABSENT_AFTER)
    return { state: 'no-data', reason: { rule: 'absent', since: input.lastDataTs } }
  const age = input.now - input.historyFrom
  const needed = Math.max(...seen.pairs.map((pair) => pair.long))
  if (age < needed) return { state: 'not-enough-data', reason: { rule: 'too-young', age, needed } }
  if (rules.noDataPolicy === 'ignore' && seen.coverage < rules.coverageFloor)
    return { state: 'no-data', reason: { rule: 'coverage', coverage: seen.coverage, floor: rules.coverageFloor } }
  if (seen.counts.total < rules.minEvents)
    return {
      state: 'not-enough-data',
      reason: { rule: 'too-few-events', events: seen.counts.total, needed: rules.minEvents },
    }
  return null
}

function firing(pairs: AlertPair[], burn: Record<Lookback, number | null>, target: Ratio): FiringPair[] {
  const byLength = new Map<Seconds, number | null>(
    Object.entries(LOOKBACKS).map(([key, length]) => [length, burn[key as Lookback]]),
  )
  return pairs
    .filter((pair) => canFire(pair, target))
    .filter((pair) => holds(pair, byLength.get(pair.long) ?? null, byLength.get(pair.short) ?? null))
    .map(({ long, severity }) => ({ long, severity }))
}
