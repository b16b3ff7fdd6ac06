import type { Ratio } from '../time-series/units'

/** Events (or slices) over one stretch of time, and how many one-minute slots of it were measured. */
export type Counts = { good: number; total: number; measured: number }

export const NO_COUNTS: Counts = { good: 0, total: 0, measured: 0 }

/** What happened between two readings of the cumulative counters. */
export const between = (start: Counts, end: Counts): Counts => ({
  good: end.good - start.good,
  total: end.total - start.total,
  measured: end.measured - start.measured,
})

/** The counters between two readings, as if events came evenly. `share` of the way from `start` to `end`. */
export const interpolated = (start: Counts, end: Counts, share: Ratio): Counts => ({
  good: start.good + (end.good - start.good) * share,
  total: start.total + (end.total - start.total) * share,
  measured: start.measured + (end.measured - start.measured) * share,
})

export const badOf = (counts: Counts): number => Math.max(0, counts.total - counts.good)

/** good ÷ total, `null` when nothing happened. Ratios are never averaged (semantics §3). */
export const ratioOf = (counts: Counts): Ratio | null =>
  counts.total > 0 ? Math.min(1, Math.max(0, counts.good / counts.total)) : null
