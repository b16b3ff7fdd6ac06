import type pg from 'pg'
import { keepMarks } from '../measurement/marks'
import { DAY, type UnixSeconds } from '../time-series/units'

/**
 * Writes down the counters at the edges of what releases did while they are still kept by the minute: also at those that lay
 * ahead of the counters, or whose readings went with a query that was measured again. Incidents see to theirs (refreshCosts).
 */
export async function refreshMarks(pool: pg.Pool, shard: number, at: UnixSeconds): Promise<void> {
  const { rows } = await pool.query<{ sloId: number; ts: UnixSeconds }>(
    `SELECT edge.slo_id AS "sloId", edge.ts FROM (
       SELECT slo_id, from_ts AS ts FROM release_attribution WHERE from_ts > $2
       UNION SELECT slo_id, to_ts FROM release_attribution WHERE to_ts > $2) edge
     JOIN slo s ON s.id = edge.slo_id AND s.shard = $1
     WHERE edge.ts <= $3 AND NOT EXISTS (SELECT 1 FROM counter_mark m WHERE m.slo_id = edge.slo_id AND m.ts = edge.ts)`,
    [shard, at - 2 * DAY, at],
  )
  await keepMarks(pool, rows, at)
}
