import type { Ratio, UnixSeconds } from '../time-series/units'
import { badOf, type Counts } from './counts'
import { budgetOf } from './objective'

type PeriodSoFar = { windowFrom: UnixSeconds; now: UnixSeconds; to: UnixSeconds }

/**
 * What will be left of the whole period's budget when nothing more goes wrong: 1 − bad ÷ ((1 − target) × expected events),
 * with the events still to come expected at the mean rate of the period so far. Semantics §5: early in a period the figure
 * to date divides few bad events by few events; this one says what they weigh in the end. `null` before anything happened.
 */
export function projectedRemaining(counts: Counts, target: Ratio, { windowFrom, now, to }: PeriodSoFar): number | null {
  if (counts.total <= 0 || now <= windowFrom) return null
  const expected = (counts.total * (to - windowFrom)) / (now - windowFrom)
  return 1 - badOf(counts) / (budgetOf(target) * expected)
}
