import { describe, expect, it } from 'vitest'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import type { Counts } from './counts'
import { stateSince } from './state-since'
import type { StatusRules } from './status'
import { DEFAULT_STATUS_POLICY } from './status-policy'

const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000
const FROM = NOW - (NOW % HOUR) - 60 * DAY
const RULES: StatusRules = {
  target: 0.99,
  window: { kind: 'rolling', days: 7 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy: DEFAULT_STATUS_POLICY,
}

/** Counters of a hundred events an hour, all of them bad from `badFrom` for `hours`. */
function past(badFrom: UnixSeconds, hours: number) {
  return (hour: UnixSeconds): Counts | undefined => {
    if (hour < FROM || hour > NOW) return undefined
    const age = (hour - FROM) / HOUR
    const bad = Math.max(0, Math.min(hours, (hour - badFrom) / HOUR))
    return { good: (age - bad) * 100, total: age * 100, measured: age * 60 }
  }
}
const hoursAgo = (hours: number) => NOW - (NOW % HOUR) - hours * HOUR

describe('stateSince', () => {
  it('finds the hour in which a budget went', () => {
    // 1 % of 168 hours is 1.68 hours of full outage: gone in the second hour.
    expect(stateSince(RULES, 'exhausted', { now: NOW, historyFrom: FROM, at: past(hoursAgo(50), 5) })).toBe(hoursAgo(48))
  })
  it('looks past a short loss of data, and not past a long one', () => {
    const lost = (hours: number) => (hour: UnixSeconds) => {
      const [from, to] = [hoursAgo(40), hoursAgo(40 - hours)]
      const at = past(hoursAgo(160), 20)(hour <= from ? hour : Math.max(from, hour - (to - from)))
      return at && hour <= NOW ? at : undefined
    }
    expect(stateSince(RULES, 'exhausted', { now: NOW, historyFrom: FROM, at: lost(3) })).toBeLessThan(hoursAgo(100))
    expect(stateSince({ ...RULES, coverageFloor: 0.5 }, 'exhausted', { now: NOW, historyFrom: FROM, at: lost(30) })).toBe(
      hoursAgo(9),
    )
  })
  it('reaches to the beginning when nothing ever changed', () => {
    const since = stateSince(RULES, 'healthy', { now: NOW, historyFrom: FROM, at: past(NOW + DAY, 0) })
    expect(since - FROM).toBeLessThanOrEqual(73 * HOUR)
  })
  it('is now when the hour before was something else', () =>
    expect(stateSince(RULES, 'critical', { now: NOW, historyFrom: FROM, at: past(NOW + DAY, 0) })).toBe(NOW))
})
