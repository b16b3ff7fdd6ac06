import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { testPrometheus } from '../prometheus/test-server'
import { refreshSlo, verifySlo } from './commands'
import { overviewTable, sloDetail, sloHistory } from './reads'

const FROM = Date.UTC(2026, 0, 5) / 1000
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 3, seed: 7 })
const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }
const ENGINEER: Actor = { ...VIEWER, name: 'Emil', role: 'engineer' }
const STOPPED = FROM + 5 * 3600

let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>
let sloId = 0

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
  database = await testDatabase()
  const slos = await testSlos(pool(), prometheus.url)
  sloId = await slos.addSlo({
    slug: 'availability',
    indicator: {
      kind: 'availability',
      requests: { metric: 'requests_total', matchers: [] },
      failed: [{ label: 'status', op: '=~', value: '5..' }],
    },
  })
  const now = STOPPED + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  while (await catchUp({ pool: pool(), shard: 0, fence: UNFENCED, now }, STOPPED));
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('refreshSlo', () => {
  it('is refused to viewers, and nothing is written', async () => {
    await expect(refreshSlo(VIEWER, { sloId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await db().auditEntry.count()).toBe(0)
  })

  it('measures what is new, evaluates, and writes who did it', async () => {
    const now = STOPPED + 20 * 60 + 31
    expect(await refreshSlo(ENGINEER, { sloId }, now)).toEqual({ ok: true, at: STOPPED + 20 * 60 })
    expect((await sloDetail(VIEWER, sloId)).status?.ts).toBe(STOPPED + 20 * 60)
    expect(await db().auditEntry.findMany()).toMatchObject([
      { action: 'slo.refresh', actorName: 'Emil', entityId: String(sloId) },
    ])
    // Again at once there is nothing to measure: the counters stay as they are.
    const before = await pool().query('SELECT count(*), max(total) FROM sample_1m')
    await refreshSlo(ENGINEER, { sloId }, now)
    expect((await pool().query('SELECT count(*), max(total) FROM sample_1m')).rows).toEqual(before.rows)
  })

  it.each(['slo_owner', 'product_owner', 'administrator'] as const)('is for the %s as well, like verifying', async (role) => {
    const actor: Actor = { ...VIEWER, name: role, role }
    const now = STOPPED + 20 * 60 + 31
    expect(await refreshSlo(actor, { sloId }, now)).toMatchObject({ ok: true })
    expect((await verifySlo(actor, { sloId })).sloId).toBe(sloId)
    expect(await db().auditEntry.count({ where: { actorName: role, action: 'slo.refresh' } })).toBe(1)
  })

  it('leaves long gaps to the poller', async () =>
    expect(await refreshSlo(ENGINEER, { sloId }, STOPPED + 12 * 3600)).toMatchObject({
      ok: false,
      message: expect.stringContaining('poller'),
    }))

  it('says what the source said when it does not answer', async () => {
    await prometheus.stop()
    expect(await refreshSlo(ENGINEER, { sloId }, STOPPED + 25 * 60 + 31)).toMatchObject({
      ok: false,
      message: expect.stringContaining('127.0.0.1'),
    })
    await expect(verifySlo(ENGINEER, { sloId })).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    expect((await sloDetail(VIEWER, sloId)).status?.ts).toBe(STOPPED + 20 * 60)
  })
})

describe('reads', () => {
  it('list, detail and history agree', async () => {
    const { columns } = await overviewTable(VIEWER)
    const detail = await sloDetail(VIEWER, sloId)
    expect(columns.remaining[0]).toBe(detail.status?.remaining)
    const history = await sloHistory(VIEWER, sloId, '24h')
    expect(history.ts.length).toBeLessThanOrEqual(720)
    expect(history.ts.length).toBe(history.remaining.length)
  })
  it('know what is not there', async () => expect(sloDetail(VIEWER, 999)).rejects.toMatchObject({ code: 'NOT_FOUND' }))
})
