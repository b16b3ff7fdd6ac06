import type pg from 'pg'
import { ensurePartitions } from '../measurement/partitions'
import { DAY, type UnixSeconds } from '../time-series/units'

/**
 * As if every SLO there is had been measured up to `at`, and nothing had happened: they go on from there. Reading ninety days
 * without data takes a second for each, and is what tests of the first fill are for.
 */
export async function measuredUntil(pool: pg.Pool, at: UnixSeconds): Promise<void> {
  await ensurePartitions(pool, at - DAY, at + DAY)
  await pool.query('INSERT INTO sample_1m (ts, slo_id, good, total, measured) SELECT $1, id, 0, 0, 0 FROM slo', [at])
}
