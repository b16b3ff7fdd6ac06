import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantileOf } from './quantile'

const INF = Number.POSITIVE_INFINITY
const BUCKETS = [
  { le: 0.1, count: 50 },
  { le: 0.3, count: 90 },
  { le: 1, count: 98 },
  { le: INF, count: 100 },
]

describe('a quantile of a histogram', () => {
  it.each([
    // by hand: half of 50 in the first bucket; 70 = 50 + half of 40; 95 = 90 + 5 of 8
    [0.25, 0.05],
    [0.5, 0.1],
    [0.7, 0.2],
    [0.95, 0.3 + 0.7 * (5 / 8)],
    [0.99, 1],
  ])('%f is %f s', (q, seconds) => {
    expect(quantileOf(q, BUCKETS)).toBeCloseTo(seconds, 12)
  })

  it('is nothing where nothing happened, or where the last bound is missing', () => {
    expect(quantileOf(0.5, [])).toBeNull()
    expect(
      quantileOf(
        0.5,
        BUCKETS.map(({ le }) => ({ le, count: 0 })),
      ),
    ).toBeNull()
    expect(quantileOf(0.5, BUCKETS.slice(0, 3))).toBeNull()
  })

  it('never falls as q rises, and stays within the bounds', () => {
    const counts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(
        counts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (grown, a, b) => {
          const sum = (to: number) => grown.slice(0, to + 1).reduce((total, one) => total + one, 0)
          const buckets = grown.map((_, i) => ({ le: i === grown.length - 1 ? INF : (i + 1) / 10, count: sum(i) }))
          const [low, high] = [quantileOf(Math.min(a, b), buckets), quantileOf(Math.max(a, b), buckets)]
          if (low === null || high === null) return
          expect(low).toBeLessThanOrEqual(high + 1e-12)
          expect(high).toBeLessThanOrEqual((grown.length - 1) / 10)
          expect(low).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})
