import type pg from 'pg'
import type { Stretch } from '../measurement/measure'
import { coarseUntil, FIVES, HOURS, MINUTES, type Tier } from '../measurement/tiers'
import { ceilTo, DAY, floorTo, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

/** A new SLO begins with this much of the past. */
export const HISTORY = 90 * DAY
/** One question reaches over at most this many steps: far below the 11,000 a source allows, and few megabytes of answer. */
const STEPS = 2_880
const FINE_CHUNK = 12 * HOUR

/**
 * The next stretch to ask a source for. Slices are minutes, however long ago. Events are counted in five-minute steps as
 * long as minutes are no longer kept there: that costs a quarter, and `increment` loses nothing by it worth mentioning.
 */
export function nextStretch(
  { from, sliced }: { from: UnixSeconds; sliced: boolean },
  until: UnixSeconds,
  now: UnixSeconds,
): Stretch {
  const to = (step: Seconds, end: UnixSeconds) => Math.min(from + STEPS * step, end)
  if (sliced) return { from, to: to(MINUTE, until), step: MINUTE }
  const coarseEnd = Math.min(floorTo(coarseUntil(now), 5 * MINUTE), floorTo(until, 5 * MINUTE))
  const aligned = ceilTo(from, 5 * MINUTE)
  if (from !== aligned && aligned <= until) return { from, to: aligned, step: MINUTE }
  if (from < coarseEnd) return { from, to: to(5 * MINUTE, coarseEnd), step: 5 * MINUTE }
  return { from, to: to(MINUTE, until), step: MINUTE }
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
    return { stretch: { from, to: Math.min(from + tier.step * STEPS, end), step: tier.step }, tier }
  }
  return { stretch: { from, to: Math.min(from + FINE_CHUNK, until), step: MINUTE }, tier: MINUTES }
}

export const begin = (pool: pg.Pool, ids: number[], from: UnixSeconds, until: UnixSeconds) =>
  pool.query(
    `UPDATE slo_evaluation SET backfill = CASE WHEN backfill = 'failed' THEN backfill ELSE 'running' END,
       backfill_from = COALESCE(backfill_from, $2), backfill_to = $3
     WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`,
    [ids, from, until],
  )

/** A history that the source refuses is not being read: that is said, until a later attempt succeeds. */
export const refuse = (pool: pg.Pool, refused: Map<number, string>) =>
  pool.query(
    `UPDATE slo_evaluation e SET backfill = 'failed', backfill_error = 'The source refuses this query: ' || n.message
     FROM unnest($1::int[], $2::text[]) AS n (id, message) WHERE e.slo_id = n.id AND e.backfill <> 'done'`,
    [[...refused.keys()], [...refused.values()]],
  )

export const progress = (pool: pg.Pool, ids: number[], cursor: UnixSeconds, done: boolean) =>
  pool.query(
    `UPDATE slo_evaluation SET backfill_cursor = $2, backfill_error = NULL,
       backfill = CASE WHEN $3 THEN 'done' ELSE 'running' END::backfill_state
     WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`,
    [ids, cursor, done],
  )
