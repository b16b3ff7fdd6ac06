import { describe, expect, it } from 'vitest'
import { boundariesOf } from '../slo/boundaries'
import { between, type Counts, NO_COUNTS } from '../slo/counts'
import { evaluateStatus, type Lookback, type StatusRules } from '../slo/status'
import { DEFAULT_STATUS_POLICY } from '../slo/status-policy'
import { DAY, floorTo, HOUR } from '../time-series/units'
import { easesAt } from './ease'
import { NOON } from './world-fixture'

/** 99 % over seven days, 6 000 events an hour, ten days of history; `bad` says how many of an hour's events fail. */
const HISTORY = NOON - 10 * DAY
const RULES: StatusRules = {
  ...{ target: 0.99, window: { kind: 'rolling', days: 7 }, noDataPolicy: 'ignore', coverageFloor: 0.9, minEvents: 0 },
  policy: DEFAULT_STATUS_POLICY,
}

function past(bad: (hour: number) => number) {
  const counters = new Map<number, Counts>([[HISTORY, NO_COUNTS]])
  let sum = NO_COUNTS
  for (let hour = HISTORY + HOUR; hour <= NOON; hour += HOUR) {
    sum = { good: sum.good + 6_000 - bad(hour), total: sum.total + 6_000, measured: sum.measured + 60 }
    counters.set(hour, sum)
  }
  return (hour: number) => counters.get(hour)
}

function statusOf(at: ReturnType<typeof past>, rules = RULES) {
  const bounds = boundariesOf(rules, NOON)
  const from = (instant: number) => between(at(floorTo(instant, HOUR)) ?? NO_COUNTS, at(NOON) ?? NO_COUNTS)
  const lookbacks = Object.fromEntries(Object.entries(bounds.lookbacks).map(([key, instant]) => [key, from(instant)]))
  return evaluateStatus(rules, {
    ...{ now: NOON, historyFrom: HISTORY, lastDataTs: NOON, staleSince: null, credit: 0 },
    ...{ window: from(bounds.window), pace: from(bounds.pace), lookbacks: lookbacks as Record<Lookback, Counts> },
  })
}

const when = (at: ReturnType<typeof past>, rules = RULES) => easesAt(rules, statusOf(at, rules), { historyFrom: HISTORY, at })

describe('when a state may be better', () => {
  it('is nothing to ask of a healthy one', () => expect(when(past(() => 6))).toBeNull())
  it('is when a burst has left the lookback of pace, as hand and clock say', () => {
    // One hour, two hours ago, with 3 000 failures: 29.8 % of a budget of 10 080. Pace looks back over a tenth of the window,
    // 60 480 s or 16.8 h: 3 000 of 100 800 events are 2.98 times the budget's 1 008. The burst ended at 10:00, so no full
    // hour counts any of it 16.8 h later: from 03:00 on, whose lookback begins at 10:12, rounded down to 10:00.
    const at = past((hour) => (hour === NOON - 2 * HOUR ? 3_000 : 0))
    expect(statusOf(at).judged).toBe('critical')
    expect(when(at)).toBe(NOON + 15 * HOUR)
  })
  it('is when old burn leaves the window of a budget that is gone', () => {
    // 12 000 failures in one hour six days ago, none since: overspent until that hour is seven days old.
    const at = past((hour) => (hour === NOON - 6 * DAY ? 6_000 : hour === NOON - 6 * DAY + HOUR ? 6_000 : 0))
    expect(statusOf(at).judged).toBe('exhausted')
    expect(when(at)).toBe(NOON + DAY)
  })
  it('is the end of the period of a calendar window', () => {
    const rules: StatusRules = { ...RULES, window: { kind: 'calendar', unit: 'week', timeZone: 'UTC' } }
    // A Wednesday; the week began on Monday. A quarter of Tuesday failed.
    const at = past((hour) => (hour > NOON - 36 * HOUR && hour <= NOON - 12 * HOUR ? 1_500 : 0))
    expect(statusOf(at, rules).judged).toBe('exhausted')
    const better = when(at, rules) ?? 0
    expect(better).toBeGreaterThanOrEqual(Date.UTC(2026, 6, 20) / 1000)
    expect(better).toBeLessThanOrEqual(Date.UTC(2026, 6, 20) / 1000 + HOUR)
  })
})
