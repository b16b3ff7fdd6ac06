import { z } from 'zod'
import type { LedgerUnit } from '../correction/lens'
import { badOf, between, type Counts } from '../slo/counts'
import { budgetInMinutes } from '../slo/error-budget'
import { budgetOf } from '../slo/objective'
import type { Ratio, UnixSeconds } from '../time-series/units'

/** What one stretch of an incident spent, unrounded. */
const figuresSchema = z.object({
  /** unix seconds: how far the counters had come */
  at: z.number().int(),
  /** bad events, or bad minutes of a sliced SLO */
  bad: z.number(),
  /** share of the SLO's whole budget, 0..1 and beyond */
  share: z.number(),
  /** bad minutes of a sliced SLO; of events the minutes of full outage that cost as much */
  minutes: z.number(),
})
export type CostFigures = z.infer<typeof figuresSchema>

/** The figures when the incident was resolved, what they were computed with, and what they came to since. */
export const costSchema = figuresSchema.extend({
  target: z.number(),
  /** the SLO's window then, and what happened in it */
  window: z.object({ from: z.number().int(), to: z.number().int(), total: z.number() }),
  unit: z.enum(['events', 'slices']),
  /** a correction was approved or withdrawn afterwards; `because`: their numbers */
  now: figuresSchema.extend({ because: z.array(z.number().int()) }).nullable(),
  /** unix seconds: the newest decision about a correction that these figures contain; absent when none was looked at */
  seen: z.number().int().optional(),
})
export type FrozenCost = z.infer<typeof costSchema>

/** Readings of the cumulative counters, all through the lens of what is approved. */
export type CostReadings = { start: Counts; end: Counts; windowStart: Counts; windowEnd: Counts }
export type CostRules = { target: Ratio; unit: LedgerUnit; window: { from: UnixSeconds; to: UnixSeconds } }

/**
 * bad ÷ ((1 − target) × total of the window): the share of the budget that a stretch spent (semantics §1). A window in which
 * nothing happened has no budget, and nothing is spent of it.
 */
export function costOf(
  { start, end, windowStart, windowEnd }: CostReadings,
  { target, unit, window }: CostRules,
): CostFigures & {
  total: number
} {
  const bad = badOf(between(start, end))
  const { total } = between(windowStart, windowEnd)
  const share = total > 0 ? bad / (budgetOf(target) * total) : 0
  const minutes = unit === 'slices' ? bad : share * budgetInMinutes(target, window.to - window.from)
  return { at: window.to, bad, share, minutes, total }
}

/** The figures that hold: the newest that were computed. */
export const currentOf = ({ now, ...frozen }: FrozenCost): CostFigures => now ?? frozen

/** Below this a share did not change: readings of old counters are evened out between two that are kept. */
const SAME: Ratio = 1e-6
export const differs = (a: Ratio, b: Ratio): boolean => Math.abs(a - b) > SAME

/** The SLO that was hit hardest, over all stretches of an incident; `null` when no cost is known. */
export function worstOf<S extends { sloId: number; share: number | null }>(
  stretches: S[],
): { sloId: number; share: number } | null {
  const sums = new Map<number, number>()
  for (const { sloId, share } of stretches) if (share !== null) sums.set(sloId, (sums.get(sloId) ?? 0) + share)
  let worst: { sloId: number; share: number } | null = null
  for (const [sloId, share] of sums) if (worst === null || share > worst.share) worst = { sloId, share }
  return worst
}
