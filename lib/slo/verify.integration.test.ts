import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { testPrometheus } from '../prometheus/test-server'
import { verifySlo } from './commands'

const FROM = Date.UTC(2026, 0, 5) / 1000
const UNTIL = FROM + 5 * 3600
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 3, seed: 11 })
const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }

let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
  database = await testDatabase()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

it('sets the ledger beside one query over the whole window', async () => {
  const slos = await testSlos(pool(), prometheus.url)
  const requests = { metric: 'requests_total', matchers: [] }
  const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]
  const sloId = await slos.addSlo({ slug: 'availability', indicator: { kind: 'availability', requests, failed } })
  const now = UNTIL + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  while (await catchUp({ pool: pool(), shard: 0, fence: UNFENCED, now }, UNTIL));
  await expect(verifySlo(VIEWER, { sloId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const result = await verifySlo({ ...VIEWER, role: 'slo_owner' }, { sloId })
  expect(result.at).toBe(UNTIL)
  expect(Math.abs(result.ledger.total / result.oneShot.total - 1)).toBeLessThan(0.005)
  expect(Math.abs(result.difference.sli ?? 1)).toBeLessThan(0.0005)
  expect(result.queries.join()).toContain('increase(requests_total')
})

it('compares slices over the whole window, a day at a time', async () => {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO slo (service_id, data_source_id, slug, name, indicator, target, "window", method, slice_target)
     SELECT service_id, data_source_id, 'slices', 'Slices', indicator, target, "window", 'time_slices', 0.99 FROM slo RETURNING id`,
  )
  const sloId = rows[0]?.id ?? 0
  await pool().query('INSERT INTO slo_evaluation (slo_id) VALUES ($1)', [sloId])
  // Two days later: the window begins with the history, and reaches over two ends of a day.
  const until = FROM + 2 * 86_400 + 3600
  const now = until + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  while (await catchUp({ pool: pool(), shard: 0, fence: UNFENCED, now }, until));
  const result = await verifySlo({ ...VIEWER, role: 'slo_owner' }, { sloId })
  expect(result).toMatchObject({ at: until, parts: 3, windowFrom: result.wholeFrom })
  expect(result.ledger.total).toBeGreaterThan(300)
  expect(result.oneShot.total).toBeCloseTo(result.ledger.total, 6)
  expect(result.oneShot.good).toBeCloseTo(result.ledger.good, 6)
  expect(result.ledger.good).toBeLessThan(result.ledger.total)
})
