import { expect, it } from 'vitest'
import { DAY } from '../time-series/units'
import { remainingOf } from './error-budget'
import { projectedRemaining } from './projection'

it('shows what one bad event of ten on the first of thirty days weighs in the end', () => {
  // 99 % of 300 expected events allow 3 bad ones: two thirds are left, where the first day alone is 900 % over.
  const counts = { good: 9, total: 10, measured: 1_440 }
  expect(remainingOf(counts, 0.99)).toBeCloseTo(-9, 9)
  expect(projectedRemaining(counts, 0.99, { windowFrom: 0, now: DAY, to: 30 * DAY })).toBeCloseTo(2 / 3, 9)
})

it('is what is left when the period has ended, and nothing before anything happened', () => {
  const counts = { good: 999, total: 1_000, measured: 1_440 }
  const period = { windowFrom: 0, now: 30 * DAY, to: 30 * DAY }
  expect(projectedRemaining(counts, 0.99, period)).toBeCloseTo(remainingOf(counts, 0.99), 12)
  expect(projectedRemaining({ good: 0, total: 0, measured: 10 }, 0.99, period)).toBeNull()
})
