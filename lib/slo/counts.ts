import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'

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

/** Cumulative counters at from, from + step, … : `counts[i]` stands at `from + i · step`. */
export type CounterSeries = { from: UnixSeconds; step: Seconds; counts: Counts[] }

export const endOf = ({ from, step, counts }: CounterSeries): UnixSeconds => from + (counts.length - 1) * step

/** The reading of an instant, or of the step before it. */
export const readingAt = ({ from, step, counts }: CounterSeries, ts: UnixSeconds): Counts =>
  counts[Math.max(0, Math.floor((ts - from) / step))] ?? NO_COUNTS

/** End of the last step before anything was measured; `null` when nothing was. */
export function firstMeasured({ from, step, counts }: CounterSeries): UnixSeconds | null {
  const start = counts[0]?.measured ?? 0
  const index = counts.findIndex(({ measured }) => measured > start)
  return index < 0 ? null : from + (index - 1) * step
}
