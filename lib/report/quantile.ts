import type { Ratio, Seconds } from '../time-series/units'

/** Observations at or under a bound, over one stretch. */
export type Bucket = { le: number; count: number }

/**
 * A quantile of a classic histogram as `histogram_quantile` of Prometheus reads it: evenly within the bucket that holds it, from
 * nothing in the first one; what lies above the last bound is the last bound. null without observations or without a bound.
 */
export function quantileOf(q: Ratio, unsorted: Bucket[]): Seconds | null {
  const buckets = rising(unsorted)
  const total = buckets.at(-1)?.count ?? 0
  if (buckets.length < 2 || buckets.at(-1)?.le !== Number.POSITIVE_INFINITY || !(total > 0)) return null
  const rank = q * total
  const index = buckets.findIndex(({ count }) => count >= rank)
  if (index < 0 || index === buckets.length - 1) return buckets.at(-2)?.le ?? null
  const { le, count } = buckets[index] as Bucket
  if (index === 0 && le <= 0) return le
  const before = index === 0 ? { le: 0, count: 0 } : (buckets[index - 1] as Bucket)
  const inside = count - before.count
  return inside > 0 ? before.le + (le - before.le) * ((rank - before.count) / inside) : le
}

/** By bound, with counts that never fall: increases are extrapolated bucket by bucket. */
function rising(buckets: Bucket[]): Bucket[] {
  let most = 0
  return [...buckets]
    .sort((a, b) => a.le - b.le)
    .map(({ le, count }) => {
      most = Math.max(most, count)
      return { le, count: most }
    })
}
