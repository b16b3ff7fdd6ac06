import type pg from 'pg'
import { ensurePartitions } from '../lib/measurement/partitions'
import { SHARDS } from '../lib/measurement/shards'
import type { Indicator } from '../lib/slo/indicator'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../lib/time-series/units'

/** Many SLOs with stored history, as a poller finds them after a month. */

export const availability = (service: string): Indicator => ({
  kind: 'availability',
  requests: { metric: 'http_requests_total', matchers: [{ label: 'service', op: '=', value: service }] },
  failed: [{ label: 'status', op: '=~', value: '5..' }],
})

/** What no other SLO shares: a query of its own shape, that can only be packed. */
export const alone = (service: string): Indicator => ({
  kind: 'ratio',
  expression: `sum(rate(http_requests_total{service="${service}",status="200"}[5m])) / sum(rate(http_requests_total{service="${service}"}[5m]))`,
})

/** As teams write them: most alike, every fifth in its own way. */
export const mixed = (service: string, index: number): Indicator => (index % 5 === 4 ? alone(service) : availability(service))

export const serviceName = (index: number): string => `service-${index}`

type Fleet = { sourceUrl: string; count: number; at: UnixSeconds; indicatorOf: (service: string, index: number) => Indicator }

/** Replaces all SLOs. Their counters stand at `at`: every minute of two days, and what the starts of longer windows need. */
export async function makeFleet(pool: pg.Pool, { sourceUrl, count, at, indicatorOf }: Fleet): Promise<void> {
  await pool.query(
    'TRUNCATE slo, service, team, data_source, slo_status, slo_trend, slo_evaluation, sample_1m, sample_5m, sample_1h, shard CASCADE',
  )
  await ensurePartitions(pool, at - 40 * DAY, at + 2 * DAY)
  const one = async (text: string, values: unknown[]) => (await pool.query<{ id: number }>(text, values)).rows[0]?.id ?? 0
  const team = await one(`INSERT INTO team (slug, name) VALUES ('bench', 'Bench') RETURNING id`, [])
  const source = await one(`INSERT INTO data_source (name, url) VALUES ('bench', $1) RETURNING id`, [sourceUrl])
  const names = Array.from({ length: count }, (_, i) => serviceName(i))
  await pool.query(
    `WITH made AS (INSERT INTO service (slug, name, tier, kind, team_id)
       SELECT n, n, 'standard', 'api', $2 FROM unnest($1::text[]) n RETURNING id, slug)
     INSERT INTO slo (service_id, data_source_id, slug, name, indicator, target, "window")
     SELECT made.id, $3, 'served', 'Requests served', i.indicator, 0.999, '{"kind":"rolling","days":30}'
     FROM made JOIN unnest($1::text[], $4::jsonb[]) AS i (slug, indicator) ON i.slug = made.slug`,
    [names, team, source, names.map((name, index) => JSON.stringify(indicatorOf(name, index)))],
  )
  await pool.query(`UPDATE slo SET shard = id % ${SHARDS}`)
  const start = at - 31 * DAY
  await pool.query(`INSERT INTO slo_evaluation (slo_id, backfill, history_from) SELECT id, 'done', $1 FROM slo`, [start])
  const fill = (table: string, from: UnixSeconds, to: UnixSeconds, step: number) =>
    pool.query(
      `INSERT INTO ${table} (slo_id, ts, good, total, measured)
       SELECT s.id, t, (t - $3::int) * 9.995, (t - $3::int) * 10.0, (t - $3::int) / 60 FROM generate_series($1::int, $2::int, ${step}) t, slo s`,
      [from, to, start],
    )
  // Millions of rows: an index over them is made in one go, not row by row.
  await pool.query('DROP INDEX IF EXISTS sample_1m_slo')
  await fill('sample_1m', at - 2 * DAY, at, MINUTE)
  await pool.query('CREATE INDEX sample_1m_slo ON sample_1m (slo_id, ts)')
  const fives = at - (at % 300)
  await fill('sample_5m', fives - 30 * DAY - HOUR, fives - 30 * DAY + HOUR, 300)
  await fill('sample_5m', fives - 3 * DAY - HOUR, fives - 3 * DAY + HOUR, 300)
  await fill('sample_5m', fives - 3 * HOUR, fives, 300)
  const hours = at - (at % HOUR)
  await fill('sample_1h', hours - 30 * DAY, hours, 12 * HOUR)
  await pool.query('ANALYZE')
}
