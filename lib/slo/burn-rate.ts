import type { Ratio } from '../time-series/units'
import { badOf, type Counts } from './counts'
import { budgetOf } from './objective'

/** (bad ÷ total) ÷ (1 − target) over one lookback; 1 spends exactly the budget. `null` when nothing happened. */
export const burnRateOf = (counts: Counts, target: Ratio): number | null =>
  counts.total > 0 ? badOf(counts) / counts.total / budgetOf(target) : null

/** The fastest burn there is: everything fails. A threshold above it can never be reached. */
export const highestBurnRate = (target: Ratio): number => 1 / budgetOf(target)
