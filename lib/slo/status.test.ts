import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import type { Counts } from './counts'
import { evaluateStatus, judge, LOOKBACKS, type Lookback, type StatusInput, type StatusRules, withNoDataPolicy } from './status'
import { DEFAULT_STATUS_POLICY as POLICY } from './status-policy'

const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000

const RULES: StatusRules = {
  target: 0.999,
  window: { kind: 'rolling', days: 30 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy: POLICY,
}

const clean = (seconds: number): Counts => ({ good: seconds * 10, total: seconds * 10, measured: seconds / 60 })
const withBad = (counts: Counts, share: number): Counts => ({ ...counts, good: counts.total * (1 - share) })

/** A month of ten events a second, of which these shares were bad in the window and over the pace. */
function input({ window = 0, pace = 0, ...facts }: Partial<StatusInput> | { window?: number; pace?: number } = {}): StatusInput {
  const lookbacks = Object.fromEntries(
    Object.entries(LOOKBACKS).map(([key, length]) => [key, withBad(clean(length), pace as number)]),
  )
  return {
    now: NOW,
    historyFrom: NOW - 90 * DAY,
    lastDataTs: NOW - 30,
    staleSince: null,
    credit: 0,
    window: withBad(clean(30 * DAY), window as number),
    pace: withBad(clean(3 * DAY), pace as number),
    lookbacks: lookbacks as Record<Lookback, Counts>,
    ...(facts as Partial<StatusInput>),
  }
}

describe('judge', () => {
  it.each([
    [1, 0, 'healthy'],
    [0.5, 1, 'healthy'],
    [0.5, 1.0001, 'attention'],
    [0.5, 1.5, 'attention'],
    [0.5, 1.5001, 'warning'],
    [0.5, 2, 'warning'],
    [0.5, 2.0001, 'critical'],
    [0.25, 0, 'healthy'],
    [0.2499, 0, 'attention'],
    [0.1, 0, 'attention'],
    [0.0999, 0, 'warning'],
    [0.05, 0, 'warning'],
    [0.0499, 0, 'critical'],
    [0.0001, 0, 'critical'],
    [0, 0, 'exhausted'],
    [-1.428, 0, 'exhausted'],
    [0.2, 1.7, 'warning'],
  ] as const)('%d left at pace %d is %s', (remaining, pace, state) => expect(judge(remaining, pace, POLICY).state).toBe(state))

  it('never gets better when less is left or more is burnt', () => {
    const rank = { healthy: 0, attention: 1, warning: 2, critical: 3, exhausted: 4 } as Record<string, number>
    const number = fc.double({ min: -2, max: 3, noNaN: true })
    fc.assert(
      fc.property(number, number, number, number, (left, lost, pace, faster) => {
        const before = judge(left, pace, POLICY).state
        const after = judge(left - Math.abs(lost), pace + Math.abs(faster), POLICY).state
        return (rank[after] as number) >= (rank[before] as number)
      }),
    )
  })
})

describe('evaluateStatus', () => {
  it('spends a tenth of the budget on a tenth of the allowed errors', () => {
    const status = evaluateStatus(RULES, input({ window: 0.0001 }))
    expect(status.consumed).toBeCloseTo(0.1, 9)
    expect(status.remaining).toBeCloseTo(0.9, 9)
    expect(status.sli).toBeCloseTo(0.9999, 9)
    expect(status.state).toBe('healthy')
  })

  it('shows overspending as it is', () => expect(evaluateStatus(RULES, input({ window: 0.0035 })).remaining).toBeCloseTo(-2.5, 9))

  const unknown: [string, Partial<StatusInput>, Partial<StatusRules>, string, string][] = [
    ['no history', { historyFrom: null }, {}, 'no-data', 'no-history'],
    ['a silent source', { staleSince: NOW - 300 }, {}, 'no-data', 'source'],
    ['data that ended', { lastDataTs: NOW - 601 }, {}, 'no-data', 'absent'],
    ['data that may end', { lastDataTs: NOW - 7_200 }, { noDataPolicy: 'count_as_good' }, 'healthy', 'within-budget'],
    ['a young history', { historyFrom: NOW - 71 * HOUR }, {}, 'not-enough-data', 'too-young'],
    ['holes', { window: { ...clean(30 * DAY), measured: 0.899 * 43_200 } }, {}, 'no-data', 'coverage'],
    ['few events', {}, { minEvents: 30_000_000 }, 'not-enough-data', 'too-few-events'],
  ]
  it.each(unknown)('%s', (_name, facts, rules, state, rule) => {
    const status = evaluateStatus({ ...RULES, ...rules }, { ...input(), ...facts })
    expect([status.state, status.reason.rule]).toEqual([state, rule])
    if (state !== 'healthy') expect(status.alerts).toEqual([])
  })

  it('claims no alert for what it does not know, and keeps what the numbers alone would say', () => {
    const status = evaluateStatus(RULES, { ...input({ window: 0.002, pace: 0.5 }), staleSince: NOW - 300 })
    expect(status.alerts).toEqual([])
    expect(status.judged).toBe('exhausted')
  })

  it('fires the pages of an outage and not of a moment', () => {
    const outage = evaluateStatus(RULES, input({ window: 0.0001, pace: 0.02 }))
    expect(outage.alerts.map(({ long }) => long)).toEqual([3_600, 21_600, 86_400, 259_200])
    const over = { ...input({ window: 0.0001, pace: 0.02 }) }
    over.lookbacks = { ...over.lookbacks, m5: clean(300) }
    expect(evaluateStatus(RULES, over).alerts.map(({ long }) => long)).not.toContain(3_600)
  })

  it('depends on shares, not on traffic', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        fc.double({ min: 0.01, max: 1_000, noNaN: true }),
        (bad, times) => {
          const one = evaluateStatus(RULES, input({ window: bad, pace: bad }))
          const scaled = input({ window: bad, pace: bad })
          const scale = (counts: Counts): Counts => ({
            good: counts.good * times,
            total: counts.total * times,
            measured: counts.measured,
          })
          const many = evaluateStatus(RULES, {
            ...scaled,
            window: scale(scaled.window),
            pace: scale(scaled.pace),
            lookbacks: Object.fromEntries(
              Object.entries(scaled.lookbacks).map(([key, counts]) => [key, scale(counts)]),
            ) as Record<Lookback, Counts>,
          })
          expect(many.remaining).toBeCloseTo(one.remaining, 6)
          expect(one.remaining + one.consumed).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  it('weighs events: an hour of few failing requests is 0.7 % of the budget, not 69.4 %', () => {
    const quiet = { good: 18_000, total: 36_000, measured: 60 }
    const busy = clean(719 * HOUR)
    const month = { good: quiet.good + busy.good * 100, total: quiet.total + busy.total * 100, measured: 43_200 }
    expect(evaluateStatus(RULES, { ...input(), window: month }).consumed).toBeCloseTo(0.00695, 4)
  })
})

describe('withNoDataPolicy', () => {
  const half: Counts = { good: 900, total: 1_000, measured: 100 }
  it('leaves out, fills with good, fills with bad at the measured rate', () => {
    expect(withNoDataPolicy(half, 200, 'ignore')).toEqual(half)
    expect(withNoDataPolicy(half, 200, 'count_as_good')).toEqual({ good: 1_900, total: 2_000, measured: 200 })
    expect(withNoDataPolicy(half, 200, 'count_as_bad')).toEqual({ good: 900, total: 2_000, measured: 200 })
  })
  it('never lowers a count', () => {
    const count = fc.integer({ min: 0, max: 1_000 })
    fc.assert(
      fc.property(count, count, count, count, (good, bad, measured, expected) => {
        const counts = { good, total: good + bad, measured }
        for (const policy of ['ignore', 'count_as_good', 'count_as_bad'] as const) {
          const filled = withNoDataPolicy(counts, expected, policy)
          if (filled.good < good || filled.total < counts.total || filled.good > filled.total + 1e-9) return false
        }
        return true
      }),
    )
  })
})

describe('calendar windows', () => {
  it('take the larger of the recent pace and the share of the month', () => {
    const window = { kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const
    const from: UnixSeconds = Date.UTC(2026, 6, 1) / 1000
    const spent = withBad(clean(NOW - from), 0.001)
    const status = evaluateStatus({ ...RULES, window }, { ...input(), window: spent })
    expect(status.windowFrom).toBe(from)
    expect(status.windowTo).toBe(Date.UTC(2026, 7, 1) / 1000)
    expect(status.pace).toBeCloseTo(1 / ((NOW - from) / (31 * DAY)), 6)
  })
})
