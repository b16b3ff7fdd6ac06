import type { CounterSeries, Counts } from '../slo/counts'
import type { StatusRules } from '../slo/status'
import { DEFAULT_STATUS_POLICY } from '../slo/status-policy'
import { DAY, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import type { Alert, AlertEvent, Reading } from './alert'
import { type AlertPolicy, alertPairs } from './alert-policy'
import { nextAlerts } from './lifecycle'

/** Simulated time for tests: traffic and failures as functions of the second, and the engine run over them. */
export const START = Date.UTC(2026, 6, 15) / 1000
export const RULES: StatusRules = {
  target: 0.999,
  window: { kind: 'rolling', days: 30 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy: DEFAULT_STATUS_POLICY,
}

/** `bad` of the `total` events of a second; from 0, long clean before. `null`: not measured */
export type Traffic = (second: number) => { total: number; bad: number } | null

/** Cumulative counters of traffic from `before` seconds before `START`: up to then every minute is like the last one. */
export function ledgerOf(traffic: Traffic, seconds: Seconds, before = 4 * DAY): CounterSeries {
  const counts: Counts[] = [{ good: 0, total: 0, measured: 0 }]
  const usual = minuteOf(traffic, -MINUTE)
  for (let at = -before; at < seconds; at += MINUTE) {
    const last = counts.at(-1) as Counts
    const { good, total, measured } = at < 0 ? usual : minuteOf(traffic, at)
    counts.push({ good: last.good + good, total: last.total + total, measured: last.measured + measured })
  }
  return { from: START - before, step: MINUTE, counts }
}

function minuteOf(traffic: Traffic, from: number): Counts {
  const sum = { good: 0, total: 0, measured: 0 }
  for (let second = from; second < from + MINUTE; second += 1) {
    const seen = traffic(second)
    if (!seen) continue
    sum.good += seen.total - seen.bad
    sum.total += seen.total
    sum.measured = 1
  }
  return sum
}

export type Constant = {
  policy: AlertPolicy
  /** share of bad events, for how long, and how many events a second there are */
  share: number
  outage?: Seconds
  perSecond?: number
  target?: number
  window?: Seconds
}

/** What the rules read `after` seconds from the start of an outage behind a long clean history: worked out, not counted. */
export function readingAfter(after: Seconds, { policy, share, outage = 400 * DAY, perSecond = 10, ...slo }: Constant): Reading {
  const { target = 0.999, window = 30 * DAY } = slo
  return {
    ...{ sloId: 1, at: START + after, target, policy: { name: 'Test', version: 1, ...policy } },
    pairs: alertPairs(policy, window),
    over: (length) => {
      const seconds = Math.max(0, Math.min(after, outage) - Math.max(0, after - length))
      const total = length * perSecond
      return { good: total - seconds * share * perSecond, total, measured: length / 60 }
    },
    ...{ historyFrom: START - 400 * DAY, unknown: null, sparse: false, remaining: 1 },
  }
}

export type Told = AlertEvent & { long: Seconds; severity: Alert['severity'] }

/** Runs the engine over an outage in steps, and says what it said. `at` is seconds from the start. */
export function runEngine(outage: Constant, until: Seconds, step: Seconds): { told: Told[]; open: Alert[] } {
  const told: Told[] = []
  let open: Alert[] = []
  for (let after = step; after <= until; after += step) {
    const steps = nextAlerts(open, readingAfter(after, outage))
    for (const { alert, events } of steps)
      told.push(...events.map((event) => ({ ...event, at: event.at - START, long: alert.long, severity: alert.severity })))
    open = steps.map(({ alert }) => alert).filter(({ state }) => state !== 'resolved')
  }
  return { told, open }
}

export const firesAt = (told: Told[], long: Seconds): UnixSeconds | null =>
  told.find((event) => event.kind === 'fired' && event.long === long)?.at ?? null
