import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { DAY, type UnixSeconds } from '../lib/time-series/units'
import { Processes } from '../scripts/world/processes'
import { percentile, round } from './numbers'
import { startWeb } from './web'

export type GateFigures = { slos: number; gating: number; p95Milliseconds: number; medianMilliseconds: number }

const CALLS = 200
const SERVICES = 50
const GATING = 8
const RELEASES = 30

/** Some services with many gating SLOs, every other of them overspent, so that the way back is looked for as well; and a past. */
async function letGate(pool: pg.Pool, at: UnixSeconds): Promise<string[]> {
  await pool.query(
    `UPDATE slo SET gating = true, target = CASE WHEN id % 2 = 0 THEN 0.9998 ELSE target END, slug = 'gate-' || id,
       service_id = (SELECT min(service_id) FROM slo) + (n.rank - 1) / $2
     FROM (SELECT id AS slo, row_number() OVER (ORDER BY id) AS rank FROM slo ORDER BY id LIMIT $1) n WHERE id = n.slo`,
    [SERVICES * GATING, GATING],
  )
  await pool.query(
    `WITH r AS (INSERT INTO release (service_id, version, released_at, created_by_name)
       SELECT v.id, 'v' || t, $2::int - t * ${DAY}, 'bench' FROM (SELECT DISTINCT service_id AS id FROM slo WHERE gating) v, generate_series(2, $1::int + 1) t
       RETURNING id, service_id, released_at)
     INSERT INTO release_cost (release_id, slo_id, horizon, to_ts, bad, total, spent, excess)
     SELECT r.id, s.id, ${DAY}, r.released_at + ${DAY}, 1, 1000, 0.01, 0.01 FROM r JOIN slo s ON s.service_id = r.service_id AND s.gating`,
    [RELEASES, at],
  )
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM service WHERE id IN (SELECT service_id FROM slo WHERE gating)',
  )
  // Evaluations of a moment ago, as a poller leaves them.
  await pool.query('UPDATE slo_status SET ts = $1 WHERE slo_id IN (SELECT id FROM slo WHERE gating)', [at])
  return rows.map(({ slug }) => slug)
}

/** The gate over HTTP, as pipelines ask it: one call after the other, each for a new version. */
export async function measureGate(pool: pg.Pool, logs: string, databaseUrl: string, at: UnixSeconds): Promise<GateFigures> {
  const services = await letGate(pool, at)
  const secret = `hr_${randomBytes(24).toString('base64url')}`
  await pool.query(
    `INSERT INTO api_token (id, name, prefix, hash, role, created_by) VALUES (gen_random_uuid(), 'bench', 'hr_', $1, 'engineer', 'bench')`,
    [createHash('sha256').update(secret).digest('hex')],
  )
  const processes = new Processes(logs)
  const address = await startWeb(processes, databaseUrl)
  const times: number[] = []
  for (let call = -20; call < CALLS; call += 1) {
    const began = performance.now()
    const response = await fetch(`${address}/api/v1/gate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': `bench ${call}` },
      body: JSON.stringify({
        service: services[Math.abs(call) % services.length],
        changeType: 'feature',
        risk: 'medium',
        version: `1.${call}`,
      }),
    })
    const answer = (await response.json()) as { outcome?: string }
    if (!answer.outcome) throw new Error(`The gate answered ${response.status}: ${JSON.stringify(answer)}`)
    if (call >= 0) times.push(performance.now() - began)
  }
  await processes.stopAll()
  const { rows } = await pool.query<{ slos: number }>('SELECT count(*)::int AS slos FROM slo')
  return {
    ...{ slos: rows[0]?.slos ?? 0, gating: GATING },
    ...{ p95Milliseconds: round(percentile(times, 0.95), 1), medianMilliseconds: round(percentile(times, 0.5), 1) },
  }
}
