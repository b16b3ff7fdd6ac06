import type pg from 'pg'
import { sloLedger } from '../lib/ledger/reads'
import { DAY, HOUR, type UnixSeconds } from '../lib/time-series/units'
import { percentile } from './numbers'

export type CausesFigures = { lines: number; buckets: number; p95Milliseconds: number }

const CALLS = 40

/**
 * The ledger of one SLO over 90 days, with sixty incidents and thirty releases of its own, the exclusions of the run before,
 * and sixty incidents of what it needs.
 */
export async function measureCauses(pool: pg.Pool, at: UnixSeconds): Promise<CausesFigures> {
  const { rows } = await pool.query<{ id: number; service: number }>(
    'SELECT s.id, s.service_id AS service FROM slo s JOIN slo_status t ON t.slo_id = s.id ORDER BY s.id LIMIT 1',
  )
  const { id, service } = rows[0] ?? { id: 0, service: 0 }
  await pool.query('UPDATE slo SET "window" = $2 WHERE id = $1', [id, { kind: 'rolling', days: 90 }])
  const needed = await pool.query<{ id: number }>(
    `INSERT INTO service (slug, name, tier, kind, team_id) SELECT 'needed', 'Needed', 'critical', 'api', team_id FROM service WHERE id = $1 RETURNING id`,
    [service],
  )
  await pool.query('INSERT INTO service_dependency VALUES ($1, $2)', [service, needed.rows[0]?.id])
  const incidents = (shift: number) =>
    pool.query<{ id: number; at: number }>(
      `INSERT INTO incident (title, severity, status, origin, started_at, detected_at, mitigated_at, opened_by, opened_by_name)
       SELECT 'bench', 'sev2', 'resolved', 'person', t, t, t + 3000, 'bench', 'Bench'
       FROM generate_series($1::int, $2::int, $3::int) t RETURNING id, started_at AS at`,
      [at - 89 * DAY + shift, at - DAY, Math.round(1.5 * DAY)],
    )
  const own = await incidents(0)
  await pool.query(
    `INSERT INTO incident_impact (incident_id, slo_id, from_ts, to_ts) SELECT n.id, $1, n.at, n.at + 3000
     FROM unnest($2::int[], $3::int[]) AS n (id, at)`,
    [id, own.rows.map((one) => one.id), own.rows.map((one) => one.at)],
  )
  const others = await incidents(9 * HOUR)
  await pool.query('INSERT INTO incident_service SELECT unnest($1::int[]), $2', [
    others.rows.map((one) => one.id),
    needed.rows[0]?.id,
  ])
  await pool.query(
    `WITH r AS (INSERT INTO release (service_id, version, released_at, created_by_name)
       SELECT $2, 'v' || t, t, 'bench' FROM generate_series($3::int, $4::int, ${3 * DAY}) t RETURNING id, released_at)
     INSERT INTO release_attribution (release_id, slo_id, from_ts, to_ts, baseline, status, evidence)
     SELECT r.id, $1, r.released_at, r.released_at + 7200, 0.0001, 'confirmed', '{}' FROM r`,
    [id, service, at - 88 * DAY, at - DAY],
  )
  const actor = { type: 'system', job: 'cli' } as const
  const times: number[] = []
  let found = await sloLedger(actor, id, { period: 'window', by: 'day' })
  for (let call = 0; call < CALLS; call += 1) {
    const began = performance.now()
    found = await sloLedger(actor, id, { period: 'window', by: 'day' })
    times.push(performance.now() - began)
  }
  return { lines: found.lines.length, buckets: found.buckets.length, p95Milliseconds: percentile(times, 0.95) }
}
