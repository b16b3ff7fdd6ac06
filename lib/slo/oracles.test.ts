import { describe, expect, it } from 'vitest'
import { alertPairs } from '../alert/alert-policy'
import { WORKBOOK } from '../alert/presets'
import { canFire, thresholdOf, timeToFire, timeToReset } from './alert-pair'
import { between, type Counts, NO_COUNTS, ratioOf } from './counts'
import { budgetInMinutes, consumedOf } from './error-budget'
import { readSlot, type Signal, type SourcePlan } from './measurement-plan'
import { budgetOf } from './objective'

/** Figures published in the semantics page and the SRE workbook; none of them was computed by this code. */
const GOOD = [2, 10, 12, 13, 13, 12, 13, 13, 12, 11]
const TOTAL = [4, 10, 12, 13, 14, 15, 14, 13, 12, 11]
const TARGET = 0.95

const series = (metric: string): Signal => ({ fn: 'increase', selector: { metric, matchers: [] } })
const goodSeries = series('good')
const plan: SourcePlan = { shape: 'good-total', part: [goodSeries], total: [series('total')] }

function countedBy(method: 'occurrences' | 'time_slices' | 'ratio_time_slices'): Counts {
  return GOOD.reduce<Counts>((sum, good, i) => {
    const read = (signal: Signal) => (signal === goodSeries ? good : (TOTAL[i] ?? null))
    const slot = readSlot(plan, { method, sliceTarget: 0.95 }, read, 60)
    return { good: sum.good + (slot?.good ?? 0), total: sum.total + (slot?.total ?? 0), measured: sum.measured + 1 }
  }, NO_COUNTS)
}

describe('ten points, three budgeting methods', () => {
  it.each([
    ['occurrences', 94.0678, 118.644],
    ['time_slices', 60, 800],
    ['ratio_time_slices', 91.5714, 168.571],
  ] as const)('%s', (method, sli, consumed) => {
    const counts = countedBy(method)
    expect((ratioOf(counts) ?? 0) * 100).toBeCloseTo(sli, 3)
    expect(consumedOf(counts, TARGET) * 100).toBeCloseTo(consumed, 2)
  })

  it('a week at 99.95 % is 5 min 2.4 s', () => {
    expect(budgetInMinutes(0.9995, 7 * 86_400) * 60).toBeCloseTo(302.4, 6)
  })
})

describe('weighting', () => {
  it('adds events and never averages ratios', () => {
    const night: Counts = { good: 1, total: 2, measured: 1 }
    const day: Counts = { good: 9_998, total: 9_998, measured: 1 }
    const both = { good: night.good + day.good, total: night.total + day.total, measured: 2 }
    expect(ratioOf(both)).toBeCloseTo(0.9999, 10)
    expect(between(night, both)).toEqual(day)
  })
})

describe('burn-rate pairs at 30 days', () => {
  const pairs = alertPairs(WORKBOOK.settings, 30 * 86_400)

  it('has the thresholds of the workbook', () => {
    expect(pairs.map(({ threshold }) => Number(threshold.toFixed(6)))).toEqual([14.4, 6, 3, 1])
    expect(pairs.map(({ short }) => short)).toEqual([300, 1800, 7200, 21_600])
    expect(thresholdOf(0.05, 30 * 86_400, 6 * 3600)).toBeCloseTo(6, 10)
  })

  it.each([
    [15, [300, 1_800, 7_200, 21_600]],
    [75, [300, 1_800, 7_200, 21_600]],
    // Four scrapes of two minutes are 480 s, which is not measured; half an hour is.
    [120, [1_800, 1_800, 7_200, 21_600]],
    [600, [3_600, 3_600, 7_200, 21_600]],
  ])('looks back over four scrapes of %i s at least, and only over what is measured', (scrape, shorts) =>
    expect(alertPairs(WORKBOOK.settings, 30 * 86_400, { scrape }).map(({ short }) => short)).toEqual(shorts),
  )

  it.each([
    [0, 51.84, 4.93],
    [1, 129.6, 29.82],
    [2, 259.2, 119.64],
    [3, 259.2, 359.64],
  ])('pair %i: a full outage fires after %f s and resets after %f min', (index, fires, resets) => {
    const pair = pairs[index]
    if (!pair) throw new Error('missing pair')
    expect(timeToFire(pair, 0.999, 1)).toBeCloseTo(fires, 6)
    expect(timeToReset(pair, 0.999, 1) / 60).toBeCloseTo(resets, 1)
  })

  it('knows which pairs can never fire', () => {
    expect(pairs.map((pair) => canFire(pair, 0.9))).toEqual([false, true, true, true])
  })
})

describe('budget of a target', () => {
  it('is what was written, not what floating point makes of it', () => expect(budgetOf(0.999)).toBe(0.001))
})
