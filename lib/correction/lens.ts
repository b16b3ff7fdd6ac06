import { type Counts, NO_COUNTS } from '../slo/counts'
import type { UnixSeconds } from '../time-series/units'

/**
 * Corrections never touch samples: they are a lens that cumulative counters are read through (semantics §7). Adjusted
 * counters are cumulative again, so every window, chart and countdown goes on by subtraction.
 */

/** A stretch taken out, whole minutes, with the raw counters at its ends; `null` until the counters have got there. */
export type ExcludedSpan = { from: UnixSeconds; to: UnixSeconds; start: Counts | null; end: Counts | null }

/** Events inside an exclusion never happened; slices inside it count as up, so that an allowance in minutes stays. */
export type LedgerUnit = 'events' | 'slices'

/** Raw counters at an instant become adjusted ones. */
export type Lens = (ts: UnixSeconds, reading: Counts) => Counts

const AS_MEASURED: Lens = (_, reading) => reading
const MINUTE = 60

/** The lens of merged spans, oldest first and apart from each other. What was not measured inside a span is nobody's gap. */
export function lensOf(spans: ExcludedSpan[], unit: LedgerUnit): Lens {
  const known = spans.filter(({ start }) => start !== null)
  if (known.length === 0) return AS_MEASURED
  const before = [NO_COUNTS]
  for (const { from, to, start, end } of known)
    before.push(plus(before.at(-1) as Counts, end ? changeOf(start as Counts, end, to - from, unit) : NO_COUNTS))
  return (ts, reading) => {
    const index = lastStartedBefore(known, ts)
    if (index < 0) return reading
    const { from, to, start } = known[index] as ExcludedSpan
    const change =
      ts >= to
        ? (before[index + 1] as Counts)
        : plus(before[index] as Counts, changeOf(start as Counts, reading, ts - from, unit))
    return plus(reading, change)
  }
}

/** What a span of this many seconds adds to counters that went from `start` to `end` in it. */
function changeOf(start: Counts, end: Counts, seconds: number, unit: LedgerUnit): Counts {
  const good = end.good - start.good
  const total = end.total - start.total
  const minutes = seconds / MINUTE
  const measured = minutes - (end.measured - start.measured)
  return unit === 'events' ? { good: -good, total: -total, measured } : { good: minutes - good, total: minutes - total, measured }
}

const plus = (a: Counts, b: Counts): Counts => ({
  good: a.good + b.good,
  total: a.total + b.total,
  measured: a.measured + b.measured,
})

/** Index of the newest span that began before `ts`, −1 when none did. */
function lastStartedBefore(spans: ExcludedSpan[], ts: UnixSeconds): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle] as ExcludedSpan).from < ts) low = middle + 1
    else high = middle
  }
  return low - 1
}
