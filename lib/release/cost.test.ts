import { describe, expect, it } from 'vitest'
import { HOUR } from '../time-series/units'
import { closesWithin, costOf, typicalCost } from './cost'

const at = (good: number, total: number) => ({ good, total, measured: 0 })

describe('what a release costs', () => {
  it('is what went beyond the ratio before, as a share of the budget of the window', () => {
    // 1 000 events at 1 % before; 2 000 at 4 % after. A window of 100 000 at 99 % allows 1 000: 80 went, 20 were to be expected.
    const cost = costOf({
      before: { start: at(0, 0), end: at(990, 1_000) },
      after: { start: at(990, 1_000), end: at(2_910, 3_000) },
      ...{ target: 0.99, windowTotal: 100_000 },
    })
    expect(cost).toEqual({
      bad: 80,
      total: 2_000,
      baseline: 0.01,
      spent: expect.closeTo(0.08, 12),
      excess: expect.closeTo(0.06, 12),
    })
  })
  it('is nothing when things got better', () => {
    const cost = costOf({
      before: { start: at(0, 0), end: at(900, 1_000) },
      after: { start: at(900, 1_000), end: at(1_890, 2_000) },
      ...{ target: 0.99, windowTotal: 100_000 },
    })
    expect([cost.spent, cost.excess]).toEqual([expect.closeTo(0.01, 12), 0])
  })
  it('is all of it when nothing happened before', () => {
    const zero = at(0, 0)
    const cost = costOf({
      before: { start: zero, end: zero },
      after: { start: zero, end: at(90, 100) },
      target: 0.9,
      windowTotal: 1_000,
    })
    expect([cost.baseline, cost.spent, cost.excess]).toEqual([null, expect.closeTo(0.1, 12), expect.closeTo(0.1, 12)])
  })
  it('without a budget is nothing, not infinity', () => {
    const zero = at(0, 0)
    expect(
      costOf({ before: { start: zero, end: zero }, after: { start: zero, end: zero }, target: 0.99, windowTotal: 0 }).excess,
    ).toBe(0)
  })
  it('ends with the next release', () => {
    expect(closesWithin(0, HOUR, null)).toBe(HOUR)
    expect(closesWithin(0, HOUR, 600)).toBe(600)
  })
})

describe('what releases cost', () => {
  it.each([
    [[], null],
    [[0.02], { typical: 0.02, costly: 0.02 }],
    [[0.03, 0.01, 0.02], { typical: 0.02, costly: 0.03 }],
    [[0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09], { typical: 0.04, costly: 0.08 }],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5], { typical: 0, costly: 0 }],
  ])('%j: %j', (costs, expected) => expect(typicalCost(costs)).toEqual(expected))
})
