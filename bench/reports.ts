import type pg from 'pg'
import { UNFENCED } from '../lib/measurement/advance'
import { BoundaryCache } from '../lib/measurement/inputs'
import { SHARDS } from '../lib/measurement/shards'
import { nextBatch } from '../lib/poller/reports'
import { tick } from '../lib/poller/tick'
import { buildDue } from '../lib/report/commands-schedule'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../lib/time-series/units'
import { percentile, round } from './numbers'

export type ReportFigures = {
  services: number
  slos: number
  /** of all service reports and the organisation's, one after the other */
  seconds: number
  /** the longest a tick that falls due in the middle of one would meet building */
  longestStepMilliseconds: number
  organisationSeconds: number
  /** a tick of all shards alone, and one that begins together with a step; p95 */
  tickAloneMilliseconds: number
  tickBesideMilliseconds: number
}

/** Of each service; the fleet has one. */
const SLOS = 10
/** A service in ten had an incident, one in twenty an exclusion. */
const INCIDENTS = 10

/** Ten SLOs to a service, counters at the edges of days for two months, and what happens in a month. */
async function furnish(pool: pg.Pool, at: UnixSeconds): Promise<{ services: number; slos: number }> {
  const start = at - (at % DAY) - 75 * DAY
  await pool.query(
    `WITH kept AS (SELECT id, (row_number() OVER (ORDER BY id) - 1) / ${SLOS} AS nth FROM service),
       first AS (SELECT nth, min(id) AS id FROM kept GROUP BY nth)
     UPDATE slo s SET service_id = first.id, slug = 'served-' || s.id, name = 'Requests served ' || s.id
     FROM kept JOIN first ON first.nth = kept.nth WHERE s.service_id = kept.id`,
  )
  await pool.query('DELETE FROM service v WHERE NOT EXISTS (SELECT 1 FROM slo s WHERE s.service_id = v.id)')
  for (const table of ['sample_1h', 'sample_1d'])
    await pool.query(
      `INSERT INTO ${table} (slo_id, ts, good, total, measured)
       SELECT s.id, t, (t - $1::int) * 9.995, (t - $1::int) * 10.0, (t - $1::int) / 60 FROM generate_series($1::int, $2::int, ${DAY}) t, slo s
       ON CONFLICT (ts, slo_id) DO UPDATE SET good = EXCLUDED.good, total = EXCLUDED.total, measured = EXCLUDED.measured`,
      [start, at],
    )
  await pool.query('UPDATE slo_evaluation SET history_from = $1', [start])
  await pool.query(
    `WITH hit AS (SELECT v.id AS service, min(s.id) AS slo, row_number() OVER (ORDER BY v.id) AS n FROM service v JOIN slo s ON s.service_id = v.id GROUP BY v.id),
       made AS (INSERT INTO incident (title, severity, status, origin, started_at, detected_at, mitigated_at, resolved_at, opened_by, opened_by_name)
         SELECT 'bench ' || service, 'sev2', 'resolved', 'person', $1, $1, $1 + ${HOUR}, $1 + ${HOUR}, 'bench', 'Bench' FROM hit WHERE n % ${INCIDENTS} = 0
         RETURNING id, title),
       services AS (INSERT INTO incident_service SELECT made.id, hit.service FROM made JOIN hit ON made.title = 'bench ' || hit.service)
     INSERT INTO incident_impact (incident_id, slo_id, from_ts, to_ts)
       SELECT made.id, hit.slo, $1, $1 + ${HOUR} FROM made JOIN hit ON made.title = 'bench ' || hit.service`,
    [at - (at % DAY) - 35 * DAY],
  )
  await pool.query('ANALYZE')
  const { rows } = await pool.query<{ services: number; slos: number }>(
    'SELECT (SELECT count(*) FROM service)::int AS services, (SELECT count(*) FROM slo)::int AS slos',
  )
  return rows[0] ?? { services: 0, slos: 0 }
}

/** Builds what is due as the poller does, with ticks in between; `turns` of them alone, as many beside a step. */
export async function measureReports(
  pool: pg.Pool,
  at: UnixSeconds,
  ticksFrom: UnixSeconds,
  turns: number,
): Promise<ReportFigures> {
  const furnished = await furnish(pool, at)
  const caches = Array.from({ length: SHARDS }, () => new BoundaryCache())
  let minute = ticksFrom
  const ticked = async (): Promise<number> => {
    const began = performance.now()
    for (const [shard, cache] of caches.entries()) await tick({ pool, shard, fence: UNFENCED, now: minute + 30, cache }, minute)
    minute += MINUTE
    return performance.now() - began
  }
  await ticked()
  const [alone, beside, steps]: number[][] = [[], [], []]
  for (let turn = 0; turn < turns; turn += 1) alone?.push(await ticked())
  let size = 5
  let seconds = 0
  let organisation = 0
  for (let more = true; more; ) {
    const began = performance.now()
    const step = buildDue(at, size)
    if ((beside?.length ?? 0) < turns) beside?.push(await ticked())
    const { built, more: on } = await step
    const took = performance.now() - began
    more = on
    seconds += took / 1_000
    if ((beside?.length ?? 0) >= turns) {
      steps?.push(took)
      size = nextBatch(size, took)
    }
    if (built === 1) organisation = took / 1_000
  }
  return {
    ...furnished,
    seconds: round(seconds, 1),
    longestStepMilliseconds: round(Math.max(0, ...(steps ?? []).filter((took) => took !== organisation * 1_000)), 0),
    organisationSeconds: round(organisation, 1),
    tickAloneMilliseconds: round(percentile(alone ?? [], 0.95), 0),
    tickBesideMilliseconds: round(percentile(beside ?? [], 0.95), 0),
  }
}
