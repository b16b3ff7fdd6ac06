import { describe, expect, it } from 'vitest'
import { proposeSplit, type QuarterState } from './capacity'
import { periodOf, quarterOf, quarterSchema, quartersFrom, quarterText } from './quarter'

const at = (text: string) => Date.parse(text) / 1000

describe('quarters are those of UTC', () => {
  it.each([
    ['2026-Q1', '2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['2026-Q4', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2028-Q1', '2028-01-01T00:00:00Z', '2028-04-01T00:00:00Z'],
  ])('%s', (quarter, from, to) => {
    expect(periodOf(quarter)).toEqual({ from: at(from), to: at(to) })
    expect(quarterOf(at(from) + 60)).toBe(quarter)
    // The end belongs to the quarter, the start to the one before.
    expect(quarterOf(at(to))).toBe(quarter)
    expect(quarterOf(at(from))).toBe(quartersFrom(quarter, -1))
  })
  it.each([
    ['2026-Q4', 1, '2027-Q1'],
    ['2026-Q1', -1, '2025-Q4'],
    ['2026-Q2', -6, '2024-Q4'],
    ['2026-Q2', 0, '2026-Q2'],
  ])('%s and %s more is %s', (quarter, count, result) => expect(quartersFrom(quarter, count)).toBe(result))
  it('are written one way', () => {
    expect(quarterText('2026-Q4')).toBe('Q4 2026')
    for (const wrong of ['2026-Q5', '2026Q4', 'Q4-2026', '26-Q4', '']) expect(quarterSchema.safeParse(wrong).success).toBe(false)
  })
})

describe('the proposal', () => {
  const state = (change: Partial<QuarterState>): QuarterState => ({
    ...{ judged: 10, overspent: 0, waivers: 0, exhaustedCritical: [], ...change },
  })
  it.each<[string, Partial<QuarterState>, number, number[]]>([
    ['nothing wrong', {}, 0.2, [20]],
    ['nothing judged', { judged: 0 }, 0.2, [20]],
    ['3 of 10: 20 + 12, up to 35', { overspent: 3 }, 0.35, [20, 12]],
    ['1 of 8: 20 + 5, as it is', { judged: 8, overspent: 1 }, 0.25, [20, 5]],
    ['1 of 3: 20 + 13.33, up to 35', { judged: 3, overspent: 1 }, 0.35, [20, 40 / 3]],
    ['two waivers', { waivers: 2 }, 0.3, [20, 10]],
    ['nine waivers count as three', { waivers: 9 }, 0.35, [20, 15]],
    ['a critical service, 5 of 10', { overspent: 5, exhaustedCritical: ['Checkout'] }, 0.5, [20, 20, 10]],
    ['three critical ones count as two', { overspent: 5, exhaustedCritical: ['a', 'b', 'c'] }, 0.6, [20, 20, 20]],
    ['everything: 95, but 80 at most', { overspent: 10, waivers: 4, exhaustedCritical: ['a', 'b'] }, 0.8, [20, 40, 15, 20]],
  ])('%s', (_, change, reliability, points) => {
    const proposal = proposeSplit(state(change))
    expect(proposal.reliability).toBeCloseTo(reliability, 12)
    expect(proposal.reasons.map((reason) => reason.points)).toEqual(points)
  })
  it('says why', () => {
    expect(
      proposeSplit(state({ overspent: 3, waivers: 1, exhaustedCritical: ['Checkout'] })).reasons.map(({ text }) => text),
    ).toEqual([
      'Upkeep that every team has.',
      '3 of 10 judged SLOs spent more than the budget: 40 points if all had.',
      '1 waiver was used: 5 points each, 15 at most.',
      'Critical and overspent: Checkout. 10 points each, 20 at most.',
    ])
  })
})
