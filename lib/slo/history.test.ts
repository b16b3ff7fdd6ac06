import { describe, expect, it } from 'vitest'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import type { Counts } from './counts'
import { historyOf } from './history'
import type { StatusRules } from './status'
import { DEFAULT_STATUS_POLICY } from './status-policy'

const TO = Date.UTC(2026, 6, 15, 12) / 1000
const RULES: StatusRules = {
  target: 0.99,
  window: { kind: 'rolling', days: 7 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy: DEFAULT_STATUS_POLICY,
}

/** A hundred events an hour since `from`, a tenth of them bad in the two hours after `badFrom`, nothing between `gap`. */
function history(from: UnixSeconds, badFrom: UnixSeconds, gap = { from: TO + DAY, to: TO + 2 * DAY }) {
  const at = (ts: UnixSeconds): Counts | undefined => {
    if (ts < from) return undefined
    const missing = Math.max(0, Math.min(ts, gap.to) - gap.from)
    const hours = (ts - from - missing) / HOUR
    const bad = Math.max(0, Math.min(2, (ts - badFrom) / HOUR)) * 50
    return { good: hours * 100 - bad, total: hours * 100, measured: hours * 60 }
  }
  return historyOf({ sloId: 1, rules: RULES, historyFrom: from, to: TO, range: '30d', at, windowStart: at })
}

describe('historyOf', () => {
  it('has one point an hour for 30 days', () => {
    const { ts, from, to } = history(TO - 90 * DAY, TO + DAY)
    expect(ts).toHaveLength(720)
    expect([ts[0], ts.at(-1)]).toEqual([from + HOUR, to])
  })

  it('drops when something fails, and rises a window later, saying why', () => {
    const failed = TO - 20 * DAY
    const { remaining, ts, rises, burn1h } = history(TO - 90 * DAY, failed)
    const valueAt = (at: UnixSeconds) => remaining[ts.indexOf(at)]
    expect(valueAt(failed)).toBe(1)
    // 100 of 16,800 events: 59.5 % of the budget of 1 %.
    expect(valueAt(failed + 2 * HOUR)).toBeCloseTo(1 - 100 / 16_800 / 0.01, 6)
    expect(burn1h[ts.indexOf(failed + HOUR)]).toBeCloseTo(50, 6)
    expect(rises).toHaveLength(1)
    expect(rises[0]?.points).toBeCloseTo(59.5, 0)
    expect(rises[0]?.burnedAt).toBeGreaterThan(failed)
    expect(rises[0]?.burnedAt).toBeLessThanOrEqual(failed + 2 * HOUR)
  })

  it('leaves a gap where nothing was measured', () => {
    const gap = { from: TO - 10 * DAY, to: TO - 10 * DAY + 6 * HOUR }
    const { gaps, sli } = history(TO - 90 * DAY, TO + DAY, gap)
    expect(gaps).toEqual([gap])
    expect(sli.filter((value) => value === null)).toHaveLength(6)
  })

  it('does not judge the first three days, unless there is no more', () => {
    const young = history(TO - 10 * DAY, TO - 10 * DAY + HOUR)
    const first = young.remaining.findIndex((value) => value !== null)
    expect(young.ts[first]).toBe(TO - 7 * DAY)
    expect(young.rises.every(({ at }) => at > TO - 4 * DAY)).toBe(true)
    const fresh = history(TO - DAY, TO + DAY)
    expect(fresh.remaining.filter((value) => value !== null)).toHaveLength(24)
  })
})
