import { describe, expect, it } from 'vitest'
import { DAY } from '../time-series/units'
import { rulesOverTime, windowsWithin } from './rules-over-time'
import type { StatusRules } from './status'
import { DEFAULT_STATUS_POLICY } from './status-policy'

const NOW: StatusRules = {
  target: 0.99,
  window: { kind: 'rolling', days: 28 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy: DEFAULT_STATUS_POLICY,
}
const VERSIONS = [
  { from: 100 * DAY, definition: { target: 0.999, window: { kind: 'rolling' as const, days: 30 } } },
  { from: 120 * DAY, definition: { target: 0.99 } },
  { from: 130 * DAY, definition: { target: 0.99, window: { kind: 'rolling' as const, days: 28 } } },
]

describe('the rules in force', () => {
  it.each([
    [10, 0.999],
    [100, 0.999],
    [119, 0.999],
    [120, 0.99],
    [400, 0.99],
  ])('on day %i the target is %d', (day, target) => expect(rulesOverTime(NOW, VERSIONS)(day * DAY).target).toBe(target))
  it('without versions are the present ones', () => expect(rulesOverTime(NOW, [])(0)).toBe(NOW))
  it('name every window of a stretch once', () =>
    expect(windowsWithin(NOW, VERSIONS, 90 * DAY, 140 * DAY)).toEqual([
      { kind: 'rolling', days: 30 },
      { kind: 'rolling', days: 28 },
    ]))
})
