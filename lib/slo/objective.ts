import { z } from 'zod'
import type { Ratio } from '../time-series/units'

export const BUDGETING_METHODS = ['occurrences', 'time_slices', 'ratio_time_slices'] as const
export type BudgetingMethod = (typeof BUDGETING_METHODS)[number]

export const NO_DATA_POLICIES = ['ignore', 'count_as_good', 'count_as_bad'] as const
export type NoDataPolicy = (typeof NO_DATA_POLICIES)[number]

/** A target strictly between 0 and 1: 100 % leaves no budget, 0 % promises nothing. */
export const targetSchema = z
  .number({ error: 'Write the target as a number between 0 and 1, for example 0.999.' })
  .gt(0, { error: '0 % promises nothing. Use more than 0.' })
  .lt(1, { error: '100 % leaves no budget. Use less than 100.' })

/** The share of events (or slices) that may be bad. Ratio 0..1. */
export const budgetOf = (target: Ratio): Ratio => {
  // 1 - 0.999 is 0.0010000000000000009 in floating point; the target was written in decimal.
  return Number((1 - target).toPrecision(12))
}
