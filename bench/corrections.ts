import type pg from 'pg'
import { applyCorrections } from '../lib/correction/commands-apply'
import { DAY, HOUR, type UnixSeconds } from '../lib/time-series/units'

export type CorrectionFigures = { slos: number; spans: number; milliseconds: number }

/** A nightly exclusion over 90 days of some SLOs: spans and statuses made anew. */
export async function measureCorrections(pool: pg.Pool, at: UnixSeconds, count = 100): Promise<CorrectionFigures> {
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM slo ORDER BY id LIMIT $1', [count])
  const ids = rows.map(({ id }) => id)
  const start = at - 90 * DAY
  const fill = (table: string, from: UnixSeconds, step: number) =>
    pool.query(
      `INSERT INTO ${table} (slo_id, ts, good, total, measured)
       SELECT id, t, (t - $3::int) * 9.995, (t - $3::int) * 10.0, (t - $3::int) / 60
       FROM generate_series($1::int, $2::int, ${step}) t, unnest($4::int[]) id ON CONFLICT DO NOTHING`,
      [from, at, start, ids],
    )
  await fill('sample_1h', start, HOUR)
  await fill('sample_5m', at - 34 * DAY, 300)
  await pool.query('UPDATE slo_evaluation SET history_from = $2 WHERE slo_id = ANY($1::int[])', [ids, start])
  const schedule = { from: '2020-01-01T01:00', to: '2020-01-01T04:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=DAILY' }
  await pool.query(
    `WITH c AS (INSERT INTO correction (kind, cause, reason, schedule, status, requested_by, requested_by_name, decided_by)
       VALUES ('exclusion', 'maintenance', 'bench', $2, 'approved', 'one', 'one', 'two') RETURNING id)
     INSERT INTO correction_slo (correction_id, slo_id) SELECT c.id, s.id FROM c, unnest($1::int[]) AS s (id)`,
    [ids, schedule],
  )
  const began = performance.now()
  const judged = await applyCorrections(pool, { ids }, at)
  const milliseconds = Math.round(performance.now() - began)
  const { rows: spans } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM excluded_span')
  return { slos: judged, spans: spans[0]?.count ?? 0, milliseconds }
}
