import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlos, testSlos } from '../db/test-slos'
import { ensurePartitions } from '../measurement/partitions'
import { type Sample, writeSamples } from '../measurement/samples'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { reportRelease } from './commands'
import { listReleases } from './reads'
import { newReleaseSchema, releaseFilterSchema } from './schema'

export const ENGINEER: Actor = {
  type: 'user',
  id: '6f9b1c1e-8f1a-4c57-9a25-000000000001',
  name: 'Emil',
  email: 'e@example.org',
  role: 'engineer',
}
export const OWNER: Actor = { ...ENGINEER, id: '6f9b1c1e-8f1a-4c57-9a25-000000000002', name: 'Sofia', role: 'slo_owner' }
export const VIEWER: Actor = { ...ENGINEER, name: 'Vera', role: 'viewer' }
export const NOW = Date.UTC(2026, 6, 16, 20) / 1000
export const FROM = NOW - 8 * DAY
export const AT = NOW - 7 * HOUR

export let database: Awaited<ReturnType<typeof testDatabase>>
export let slos: TestSlos
export let sloId = 0
export let otherId = 0

/** Counts of every minute: a hundred events, one failure in ten minutes, and what a test adds. */
export const failures = { extra: (_minute: number): number => 0 }
export async function fill(id: number, until = NOW): Promise<void> {
  for (const table of ['sample_1m', 'sample_5m', 'sample_1h', 'sample_1d'])
    await pool().query(`DELETE FROM ${table} WHERE slo_id = $1`, [id])
  const sum = { good: 0, total: 0, measured: 0 }
  const samples: Sample[] = []
  for (let ts = FROM + MINUTE; ts <= until; ts += MINUTE) {
    const bad = (ts / MINUTE) % 10 === 0 ? 1 : 0
    const more = Math.min(99, failures.extra((ts - MINUTE - AT) / MINUTE))
    sum.total += 100
    sum.good += 100 - Math.max(bad, more)
    sum.measured += 1
    samples.push({ sloId: id, ts, ...sum })
  }
  await writeSamples(pool(), samples, NOW)
  await pool().query(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [id, FROM])
  await pool().query(
    `INSERT INTO slo_status (slo_id, ts, state, since, remaining, inputs) VALUES ($1, $2, 'healthy', 0, 1, '{}')
     ON CONFLICT (slo_id) DO UPDATE SET ts = EXCLUDED.ts`,
    [id, until],
  )
}

/** To be called by each file of tests that uses it. */
export function releaseWorld(): void {
  beforeAll(async () => {
    database = await testDatabase()
    await ensurePartitions(pool(), FROM, NOW)
    slos = await testSlos(pool(), 'http://127.0.0.1:9')
    const requests = { metric: 'requests_total', matchers: [] }
    const indicator = { kind: 'availability' as const, requests, failed: [{ label: 'status', op: '=~' as const, value: '5..' }] }
    sloId = await slos.addSlo({ slug: 'availability', indicator, target: 0.999 })
    otherId = await slos.addSlo({ slug: 'elsewhere', indicator, target: 0.999 })
    await pool().query(
      `INSERT INTO service (slug, name, tier, kind, team_id) VALUES ('search-api', 'Search', 'standard', 'api', 1), ('checkout-web', 'Shop', 'standard', 'web', 1)`,
    )
    await pool().query(`UPDATE slo SET service_id = (SELECT id FROM service WHERE slug = 'search-api') WHERE id = $1`, [otherId])
  })
  afterAll(async () => database.drop())
  beforeEach(async () => {
    await pool().query('TRUNCATE release, audit_entry RESTART IDENTITY CASCADE')
    failures.extra = () => 0
  })
}

export const told = (input: Record<string, unknown>) =>
  newReleaseSchema.parse({ service: 'checkout', version: '1.42.0', ...input })
export const iso = (at: number) => new Date(at * 1000).toISOString()
export const report = (input: Record<string, unknown> = {}, now = NOW, actor: Actor = ENGINEER) =>
  reportRelease(actor, told(input), now)
export const list = () => listReleases(VIEWER, releaseFilterSchema.parse({}), NOW)
export const count = async () => (await pool().query('SELECT count(*)::int AS n FROM release')).rows[0].n
