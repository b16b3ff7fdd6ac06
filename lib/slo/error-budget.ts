import type { Ratio, Seconds } from '../time-series/units'
import { badOf, type Counts } from './counts'
import { budgetOf } from './objective'

/**
 * Share of the budget that is spent: (1 − SLI) ÷ (1 − target). 0 is untouched, 1 is gone, more is overspent.
 * Nothing happened: nothing spent.
 */
export const consumedOf = (counts: Counts, target: Ratio): number =>
  counts.total > 0 ? badOf(counts) / counts.total / budgetOf(target) : 0

/** 1 − consumed, signed and never clamped: −0.35 means 35 % more than the budget was spent. */
export const remainingOf = (counts: Counts, target: Ratio): number => 1 - consumedOf(counts, target)

/** How many events of this window may be bad, and how many still may. Events (or slices). */
export function budgetInEvents(counts: Counts, target: Ratio): { allowed: number; left: number } {
  const allowed = budgetOf(target) * counts.total
  return { allowed, left: allowed - badOf(counts) }
}

/** The whole budget as minutes of full outage: 43.2 for 99.9 % over 30 d. An equivalent for event SLIs. */
export const budgetInMinutes = (target: Ratio, length: Seconds): number => (budgetOf(target) * length) / 60
