import type pg from 'pg'
import { budgetLines } from '../measurement/budget-lines'
import { loadDefinitions } from '../measurement/definitions'
import { floorTo, HOUR, type UnixSeconds } from '../time-series/units'

/** Sixty points, twelve hours apart: the 30-day line of a list. */
const POINTS = 60
const APART = 12 * HOUR
const TOGETHER = 200

/** Computes the lines that lack their newest point. */
export async function refreshTrends(pool: pg.Pool, shard: number, now: UnixSeconds): Promise<void> {
  const newest = floorTo(now, APART)
  const { rows } = await pool.query<{ id: number; history: number | null }>(
    `SELECT st.slo_id AS id, e.history_from AS history FROM slo_status st
     JOIN slo s ON s.id = st.slo_id JOIN slo_evaluation e ON e.slo_id = s.id LEFT JOIN slo_trend t ON t.slo_id = s.id
     WHERE s.shard = $1 AND e.backfill = 'done' AND (t.ts IS NULL OR t.ts < $2) LIMIT ${TOGETHER}`,
    [shard, newest],
  )
  if (rows.length === 0) return
  const history = new Map(rows.map(({ id, history: from }) => [id, from]))
  const { definitions } = await loadDefinitions(pool, { shard })
  const wanted = definitions.filter(({ id }) => history.has(id))
  const ends = Array.from({ length: POINTS }, (_, i) => newest - (POINTS - 1 - i) * APART)
  const lines = await budgetLines(
    pool,
    wanted.map((definition) => ({ definition, historyFrom: history.get(definition.id) ?? null })),
    ends,
  )
  await pool.query(
    `INSERT INTO slo_trend (slo_id, ts, points) SELECT id, $2, points::float8[] FROM unnest($1::int[], $3::text[]) AS n (id, points)
     ON CONFLICT (slo_id) DO UPDATE SET ts = EXCLUDED.ts, points = EXCLUDED.points`,
    [[...lines.keys()], newest, [...lines.values()].map((points) => `{${points.join()}}`)],
  )
}
