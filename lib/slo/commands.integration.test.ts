import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { metricsText } from '../metrics/reads'
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

  it('commits the counters and who asked for them together, or neither', async () => {
    await pool().query("ALTER TABLE audit_entry ADD CONSTRAINT broken CHECK (action <> 'slo.refresh') NOT VALID")
    const before = await pool().query('SELECT max(ts), count(*) FROM sample_1m')
    await expect(refreshSlo(ENGINEER, { sloId }, STOPPED + 22 * 60 + 31)).rejects.toThrow('broken')
    expect((await pool().query('SELECT max(ts), count(*) FROM sample_1m')).rows).toEqual(before.rows)
    await pool().query('ALTER TABLE audit_entry DROP CONSTRAINT broken')
  })

  it('waits as long as the source needs for its newest scrape', async () => {
    await pool().query('UPDATE data_source SET offset_seconds = 90')
    // Ninety seconds after 21:31 past is 20 minutes past: there is nothing newer.
    expect(await refreshSlo(ENGINEER, { sloId }, STOPPED + 21 * 60 + 31)).toEqual({ ok: true, at: STOPPED + 20 * 60 })
    await pool().query('UPDATE data_source SET offset_seconds = 30')
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
  it('go on beside a row that nobody can read, which says so', async () => {
    const [twin] = (
      await pool().query<{ id: number }>(
        `INSERT INTO slo (service_id, data_source_id, slug, name, indicator, target, "window")
         SELECT service_id, data_source_id, 'broken', 'Broken', '{"kind": "nonsense"}', target, "window" FROM slo RETURNING id`,
      )
    ).rows
    const id = twin?.id ?? 0
    const { columns } = await overviewTable(VIEWER)
    const row = columns.id.indexOf(id)
    expect(columns.id).toEqual(expect.arrayContaining([sloId, id]))
    expect(columns.state[row]).toBe('no-data')
    expect(columns.outlook[row]).toMatchObject({ kind: 'unmeasured', why: expect.stringContaining('cannot be read: indicator') })
    expect(columns.remaining[columns.id.indexOf(sloId)]).toBe((await sloDetail(VIEWER, sloId)).status?.remaining)
    expect(await metricsText({ type: 'system', job: 'metrics' })).toContain(`slo="${sloId}"`)
    await expect(sloDetail(VIEWER, id)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('cannot be read'),
    })
    await pool().query('DELETE FROM slo WHERE id = $1', [id])
  })
  it.each(['target = 1', 'target = 0', 'coverage_floor = 1.2', 'slice_target = 0', 'min_events = -1'])(
    'never meet %s: the table refuses it',
    async (change) => {
      await expect(pool().query(`UPDATE slo SET ${change} WHERE id = $1`, [sloId])).rejects.toThrow('violates check constraint')
    },
  )
  it('know what is not there', async () => expect(sloDetail(VIEWER, 999)).rejects.toMatchObject({ code: 'NOT_FOUND' }))
})
