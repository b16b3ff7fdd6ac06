import { type Alerting, pairsInForce } from '../alert/in-force'
import { HOUR, type Ratio, type Seconds, type UnixSeconds } from '../time-series/units'
import { type AlertPair, type AlertSeverity, canFire, holds } from './alert-pair'
import { burnRateOf } from './burn-rate'
import { type Counts, ratioOf } from './counts'
import { budgetInMinutes, consumedOf } from './error-budget'
import { LOOKBACKS, type Lookback, lookbackOf } from './lookback'
import type { NoDataPolicy } from './objective'
import { projectedRemaining } from './projection'
import { type JudgedState, type SloState, worseOf } from './state'
import type { StatusPolicy } from './status-policy'
import { type SloWindow, windowAt } from './window'

export { LOOKBACKS, type Lookback } from './lookback'

/** What the definition says about judging. */
export type StatusRules = {
  target: Ratio
  window: SloWindow
  noDataPolicy: NoDataPolicy
  coverageFloor: Ratio
  /** fewer events in the window are not judged */
  minEvents: number
  policy: StatusPolicy
  /** of the source; 15 s when it does not say */
  scrapeSeconds?: Seconds
  /** when it alerts; the workbook's pairs when nothing is assigned */
  alerting?: Alerting
  /** its counters are of slices, not of events */
  sliced?: boolean
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
  /** long windows of the alerts that fired when the SLO was last judged: those stand still while it cannot be judged */
  firing?: Seconds[]
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

export type FiringPair = { long: Seconds; severity: AlertSeverity }

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
  /** length of the whole period */
  windowLength: Seconds
  paceLookback: Seconds
  sli: Ratio | null
  /** of the budget, after `credited` */
  consumed: number
  /** share of the budget that was granted on top */
  credited: number
  remaining: number
  /** calendar windows: what will be left of the whole period's budget when nothing more goes wrong; else `null` */
  projected: number | null
  pace: number | null
  coverage: Ratio
  counts: Counts
  paceCounts: Counts
  burn: Record<Lookback, number | null>
  lookbacks: Record<Lookback, Counts>
  /**
   * Pairs whose condition holds; while the state is `no-data`, those of the last judgement. In a status that is read back,
   * the alerts that fire: they have a memory (lib/alert/lifecycle.ts).
   */
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
 * `ignore` leaves the counts as they are. Where nothing at all was measured, `elsewhere` is the rate, events per slot.
 */
export function withNoDataPolicy(counts: Counts, expectedSlots: number, policy: NoDataPolicy, elsewhere = 0): Counts {
  const missing = Math.max(0, expectedSlots - counts.measured)
  const rate = counts.measured > 0 ? counts.total / counts.measured : elsewhere
  if (policy === 'ignore' || missing === 0 || rate === 0) return counts
  const events = rate * missing
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
  const meanRate = input.window.measured > 0 ? input.window.total / input.window.measured : 1
  const filled = (measured: Counts, length: Seconds): Counts => {
    const slots = Math.min(length, now - (historyFrom ?? now)) / SLOT
    return withNoDataPolicy(measured, slots, rules.noDataPolicy, meanRate)
  }
  const counts = filled(input.window, now - windowFrom)
  const paceLookback = paceLookbackOf(rules.window, rules.policy, now)
  const paceCounts = filled(input.pace, paceLookback)
  const lookbacks = eachLookback((key) => filled(input.lookbacks[key], LOOKBACKS[key]))

  const credited = input.credit / budgetInMinutes(rules.target, period.to - period.from)
  const consumed = consumedOf(counts, rules.target) - credited
  const remaining = 1 - consumed
  const recentPace = burnRateOf(paceCounts, rules.target)
  const elapsed = (now - period.from) / (period.to - period.from)
  const pace = rules.window.kind === 'calendar' && elapsed > 0 ? Math.max(recentPace ?? 0, consumed / elapsed) : recentPace
  const coverage = expected > 0 ? Math.min(1, input.window.measured / expected) : 0
  const burn = eachLookback((key) => burnRateOf(lookbacks[key], rules.target))

  const judged = judge(remaining, pace, rules.policy)
  const pairs = pairsInForce(rules, period.to - period.from)
  const unknown = ignorance(rules, input, { counts, coverage, pairs })
  return {
    ts: now,
    state: unknown?.state ?? judged.state,
    judged: judged.state,
    reason: unknown?.reason ?? judged.reason,
    windowFrom,
    windowTo: period.to,
    windowLength: period.to - period.from,
    paceLookback,
    sli: ratioOf(counts),
    consumed,
    credited,
    remaining,
    projected: rules.window.kind === 'calendar' ? projectedRemaining(counts, rules.target, { ...period, windowFrom, now }) : null,
    pace,
    coverage,
    counts,
    paceCounts,
    burn,
    lookbacks,
    alerts: unknown ? frozen(unknown.state, pairs, input.firing) : conditions(pairs, { burn, lookbacks }, rules.target),
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
  const needed = seen.pairs.length > 0 ? Math.max(...seen.pairs.map((pair) => pair.long)) : HOUR
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

const eachLookback = <T>(of: (key: Lookback) => T): Record<Lookback, T> =>
  Object.fromEntries(Object.keys(LOOKBACKS).map((key) => [key, of(key as Lookback)])) as Record<Lookback, T>

/** Without data nothing is known of an alert: it stays as it was. A history too short to judge never had one. */
const frozen = (state: SloState, pairs: AlertPair[], last: Seconds[] = []): FiringPair[] =>
  state === 'no-data' ? pairs.filter(({ long }) => last.includes(long)).map(({ long, severity }) => ({ long, severity })) : []

function conditions(pairs: AlertPair[], seen: Pick<Status, 'burn' | 'lookbacks'>, target: Ratio): FiringPair[] {
  return pairs
    .filter((pair) => canFire(pair, target))
    .filter((pair) => {
      const [long, short] = [lookbackOf(pair.long), lookbackOf(pair.short)]
      const { good, total } = seen.lookbacks[long]
      const enough = total >= pair.minEvents && total - good >= pair.minFailures
      return enough && holds(pair, seen.burn[long], seen.burn[short])
    })
    .map(({ long, severity }) => ({ long, severity }))
}

/** As it is read back: what fires is what the alerts of the last judgement say. */
export const withFiring = (status: Status, rules: StatusRules, firing: Seconds[]): Status => ({
  ...status,
  alerts: pairsInForce(rules, status.windowLength)
    .filter(({ long }) => firing.includes(long))
    .map(({ long, severity }) => ({ long, severity })),
})
