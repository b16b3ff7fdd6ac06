import type pg from 'pg'
import type { Stretch } from '../measurement/measure'
import { coarseUntil, FIVES, HOURS, MINUTES, type Tier } from '../measurement/tiers'
import { ceilTo, DAY, floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'

/** A new SLO begins with this much of the past. */
export const HISTORY = 90 * DAY
/** One question reaches over at most this much at five-minute steps, and a tenth of it at minutes. */
const CHUNK = 10 * DAY
const FINE_CHUNK = 12 * HOUR

/** The next stretch to ask a source for: five-minute steps as long as minutes are no longer kept there, then minutes. */
export function nextStretch(from: UnixSeconds, until: UnixSeconds, now: UnixSeconds): Stretch {
  const coarseEnd = Math.min(floorTo(coarseUntil(now), 5 * MINUTE), floorTo(until, 5 * MINUTE))
  const aligned = ceilTo(from, 5 * MINUTE)
  if (from !== aligned && aligned <= until) return { from, to: aligned, step: MINUTE }
  if (from < coarseEnd) return { from, to: Math.min(from + CHUNK, coarseEnd), step: 5 * MINUTE }
  return { from, to: Math.min(from + FINE_CHUNK, until), step: MINUTE }
}

/**
 * The next stretch that counters of other SLOs are kept for, in the finest tier that still has all of it: hours, five
 * minutes, minutes. From between two readings of a tier it goes in one short step to the next.
 */
export function nextKept(from: UnixSeconds, until: UnixSeconds, now: UnixSeconds): { stretch: Stretch; tier: Tier } {
  for (const [tier, finer] of [
    [HOURS, FIVES],
    [FIVES, MINUTES],
  ] as const) {
    const end = floorTo(Math.min(now - finer.keep + HOUR, until), tier.step)
    if (from >= end) continue
    const aligned = ceilTo(from, tier.step)
    if (aligned !== from) return { stretch: { from, to: aligned, step: aligned - from }, tier }
    return { stretch: { from, to: Math.min(from + tier.step * KEPT_STEPS, end), step: tier.step }, tier }
  }
  return { stretch: { from, to: Math.min(from + FINE_CHUNK, until), step: MINUTE }, tier: MINUTES }
}
const KEPT_STEPS = 2_880

export const begin = (pool: pg.Pool, ids: number[], from: UnixSeconds, until: UnixSeconds) =>
  pool.query(
    `UPDATE slo_evaluation SET backfill = 'running', backfill_from = COALESCE(backfill_from, $2), backfill_to = $3
     WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`,
    [ids, from, until],
  )

export const progress = (pool: pg.Pool, ids: number[], cursor: UnixSeconds, done: boolean) =>
  pool.query(
    `UPDATE slo_evaluation SET backfill_cursor = $2, backfill_error = NULL,
       backfill = CASE WHEN $3 THEN 'done'::backfill_state ELSE backfill END
     WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`,
    [ids, cursor, done],
  )
