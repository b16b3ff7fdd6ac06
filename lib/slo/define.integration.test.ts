import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { type Ask, advance, UNFENCED } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { countsOf } from '../measurement/inputs'
import { knownTruth } from '../measurement/known-truth'
import { askSource } from '../measurement/measure'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples } from '../measurement/samples'
import { catchUp } from '../poller/catch-up'
import { prometheusClient } from '../prometheus/client'
import { testPrometheus } from '../prometheus/test-server'
import { createSlos, deleteSlo, restoreVersion, type SloUpdate, undeleteSlo, updateSlo } from './commands-define'
import { previewSlo } from './commands-preview'
import { asksSource, type SourceDefinition } from './definition'
import { type SloDefinitionRecord, sloDefinitionSchema } from './definition-input'
import { overviewTable, sloDetail, sloHistory } from './reads'
import { sloDefinition, sloVersions } from './reads-versions'

const FROM = Date.UTC(2026, 0, 5) / 1000
const NOW = FROM + 6 * 3600
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 2, seed: 11 })
const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }
const OWNER: Actor = { ...VIEWER, id: '2', name: 'Sofia', role: 'slo_owner' }
const TOKEN: Actor = { type: 'token', id: '3', name: 'read only', role: 'viewer', ownerId: null }

let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>

const definition = (change: Record<string, unknown> = {}): SloDefinitionRecord =>
  sloDefinitionSchema.parse({
    ...{ name: 'Requests served', slug: 'served', service: 'checkout', dataSource: 'prometheus', target: 0.99 },
    window: { kind: 'rolling', days: 7 },
    indicator: { kind: 'availability', requests: 'requests_total{pod=~"pod-.*"}', failed: 'status=~"5.."' },
    ...change,
  })

async function poll(): Promise<void> {
  const now = NOW + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  for (const shard of [0, 1, 2, 3]) while (await catchUp({ pool: pool(), shard, fence: UNFENCED, now }, NOW));
}
const create = async (change = {}, lifecycle: 'draft' | 'active' = 'active') =>
  (await createSlos(OWNER, { definitions: [definition(change)], lifecycle }, NOW)).ids[0] as number
const update = async (id: number, version: number, change: Record<string, unknown>, more: Partial<SloUpdate> = {}) =>
  updateSlo(OWNER, { id, version, definition: definition(change), lifecycle: 'active', past: 'measure-again', ...more }, NOW)

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
  database = await testDatabase()
  await testSlos(pool(), prometheus.url)
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('defining an SLO', () => {
  it.each([VIEWER, TOKEN])('is refused to $name, and nothing is written', async (actor) => {
    const attempt = createSlos(actor, { definitions: [definition()], lifecycle: 'draft' }, NOW)
    await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect([await db().slo.count(), await db().auditEntry.count()]).toEqual([0, 0])
  })

  it('writes it with its version and audit row, and the poller reads its history', async () => {
    const id = await create()
    await poll()
    const { status, version, versionAuthor } = await sloDetail(VIEWER, id)
    const counted = truth.countBetween(FROM + 60, NOW)
    expect(status?.counts.total).toBeGreaterThan(counted.total * 0.99)
    expect([version, versionAuthor]).toEqual([1, 'Sofia'])
    expect(await db().auditEntry.findFirst({ where: { action: 'slo.create' } })).toMatchObject({
      actorName: 'Sofia',
      entityId: String(id),
    })
  })

  it('writes all objectives or none', async () => {
    const before = await db().slo.count()
    const definitions = [definition({ slug: 'one' }), definition({ slug: 'served' })]
    await expect(createSlos(OWNER, { definitions, lifecycle: 'draft' }, NOW)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: 'slug', message: expect.stringContaining('already') }],
    })
    expect(await db().slo.count()).toBe(before)
  })

  it.each([
    [
      { indicator: { kind: 'availability', requests: 'request_total{pod="pod-0"}', failed: 'status="500"' } },
      'Did you mean requests_total',
    ],
    [
      { indicator: { kind: 'availability', requests: 'requests_total{pod="nope"}', failed: 'status="500"' } },
      'pod has pod-0, pod-1',
    ],
    [{ indicator: { kind: 'availability', requests: 'requests_total{pod="pod-0"}', failed: 'code="500"' } }, 'has no label code'],
    [{ indicator: { kind: 'ratio', expression: 'requests_total{pod="pod-0"}' } }, 'returns 2 series'],
    [{ indicator: { kind: 'ratio', expression: 'sum(requests_total{pod="pod-0"})' } }, 'between 0 and 1'],
    [{ service: 'nowhere' }, 'There is no service'],
    [{ dataSource: 'nowhere' }, 'There is no source'],
  ])('%j cannot be activated', async (change, words) => {
    const before = await db().slo.count()
    await expect(create({ slug: 'refused', ...change })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(words),
    })
    expect(await db().slo.count()).toBe(before)
  })

  it('a draft is kept and not measured until it is activated', async () => {
    const id = await create({ slug: 'later', name: 'Later' }, 'draft')
    await poll()
    expect((await sloDetail(VIEWER, id)).status).toBeNull()
    expect((await overviewTable(VIEWER)).columns.id).not.toContain(id)
    expect(await update(id, 1, { slug: 'later', name: 'Later' })).toMatchObject({ changes: ['Activated'] })
    await poll()
    expect((await overviewTable(VIEWER)).columns.id).toContain(id)
  })
})

describe('changing an SLO', () => {
  it('judges the past by the target of its time, and leaves every sample alone', async () => {
    const id = await create({ slug: 'judged' })
    await poll()
    const samples = async () => (await pool().query('SELECT * FROM sample_1m WHERE slo_id = $1 ORDER BY ts', [id])).rows
    const before = await samples()
    const then = await sloHistory(VIEWER, id, '24h')
    const saved = await update(id, 1, { slug: 'judged', target: 0.999 })
    expect(saved).toMatchObject({ kind: 'saved', version: 2, changes: ['Target 99.00 % → 99.90 %'] })
    expect(await samples()).toEqual(before)
    // The change came after everything that was measured.
    expect((await sloHistory(VIEWER, id, '24h')).remaining).toEqual(then.remaining)
    await pool().query('UPDATE slo_version SET valid_from = to_timestamp($2) WHERE slo_id = $1', [id, FROM])
    const now = await sloHistory(VIEWER, id, '24h')
    const [old, fresh] = [then.remaining.at(-1) as number, now.remaining.at(-1) as number]
    expect(1 - fresh).toBeCloseTo((1 - old) * 10, 6)
    const [version] = await sloVersions(VIEWER, id)
    expect(version?.effect?.before).toBeCloseTo(old, 9)
    expect(version?.effect?.after).toBeCloseTo(fresh, 9)
  })

  it('shows the second of two savers what the first changed, and writes nothing', async () => {
    const id = await create({ slug: 'two' })
    await update(id, 1, { slug: 'two', window: { kind: 'rolling', days: 28 } })
    const second = await update(id, 1, { slug: 'two', target: 0.95 })
    expect(second).toMatchObject({
      kind: 'conflict',
      version: 2,
      author: 'Sofia',
      changes: ['Window 7 d rolling → 28 d rolling'],
    })
    expect((await sloDefinition(VIEWER, id)).definition.target).toBe(0.99)
  })

  it('of ten at once, one is saved', async () => {
    const id = await create({ slug: 'ten' })
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => update(id, 1, { slug: 'ten', target: 0.9 + i / 1000 })))
    expect(all.filter(({ kind }) => kind === 'saved')).toHaveLength(1)
    expect(await db().sloVersion.count({ where: { sloId: id } })).toBe(2)
  })

  it('measures the past again when the measuring changes, or keeps it', async () => {
    const id = await create({ slug: 'again' })
    await poll()
    const total = async () => (await sloDetail(VIEWER, id)).status?.counts.total ?? 0
    const both = await total()
    const indicator = { kind: 'availability', requests: 'requests_total{pod="pod-0"}', failed: 'status=~"5.."' }
    await update(id, 1, { slug: 'again', indicator }, { past: 'keep' })
    expect(await total()).toBe(both)
    await update(id, 2, { slug: 'again' })
    await update(id, 3, { slug: 'again', indicator })
    await poll()
    expect(await total()).toBeGreaterThan(both * 0.4)
    expect(await total()).toBeLessThan(both * 0.6)
    const slices = { slug: 'again', indicator, method: 'time_slices', sliceTarget: 0.95 }
    await expect(update(id, 4, slices, { past: 'keep' })).rejects.toMatchObject({ issues: [{ path: 'past' }] })
  })

  it('an answer that comes after the past was forgotten is not written into the new ledger', async () => {
    const id = await create({ slug: 'race' })
    await poll()
    const { definitions } = await loadDefinitions(pool(), { ids: [id] })
    const start = countsOf((await newestSamples(pool(), [id])).values())
    const source = { client: prometheusClient({ url: prometheus.url }), dialect: 'prometheus' as const }
    const indicator = { kind: 'availability', requests: 'requests_total{pod="pod-0"}', failed: 'status=~"5.."' }
    const lateAnswer: Ask<SourceDefinition> = async (asked, stretch) => {
      const answer = await askSource(source)(asked, stretch)
      await update(id, 1, { slug: 'race', indicator })
      return answer
    }
    const stretch = { from: NOW, to: NOW + 60, step: 60 }
    const work = { definitions: definitions.filter(asksSource), start, stretch, now: NOW + 90, judge: true, fence: UNFENCED }
    expect((await advance(pool(), lateAnswer, work)).advanced).toEqual([])
    for (const table of ['sample_1m', 'sample_5m', 'slo_status'])
      expect((await pool().query(`SELECT count(*)::int AS left FROM ${table} WHERE slo_id = $1`, [id])).rows).toEqual([
        { left: 0 },
      ])
  })

  it('an old version is restored as a new one', async () => {
    const id = await create({ slug: 'restored' })
    await update(id, 1, { slug: 'restored', target: 0.5 })
    expect(await restoreVersion(OWNER, { id, version: 2, restore: 1 })).toMatchObject({ kind: 'saved', version: 3 })
    expect((await sloDefinition(VIEWER, id)).definition.target).toBe(0.99)
  })

  it('deleting keeps everything, and can be undone', async () => {
    const id = await create({ slug: 'gone' })
    await expect(deleteSlo(OWNER, { id, version: 7 })).rejects.toMatchObject({ code: 'CONFLICT' })
    await deleteSlo(OWNER, { id, version: 1 })
    await expect(sloDetail(VIEWER, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(create({ slug: 'gone' })).rejects.toMatchObject({ message: expect.stringContaining('Bring it back') })
    await undeleteSlo(OWNER, { sloId: id })
    expect((await sloDetail(VIEWER, id)).version).toBe(1)
  })
})

describe('the preview', () => {
  it('agrees with what really happened, and writes nothing', async () => {
    const before = await pool().query('SELECT (SELECT count(*) FROM sample_5m) AS samples, (SELECT count(*) FROM slo) AS slos')
    const { measured, meaning, findings } = await previewSlo(OWNER, definition(), NOW + 60)
    const counted = truth.countBetween(FROM + 300, NOW)
    expect(findings).toEqual([])
    // In steps of five minutes a restart costs what came before it in its step.
    expect(measured?.counts.total).toBeGreaterThan(counted.total * 0.98)
    const sli = 1 - counted.failed / counted.total
    expect(Math.abs((measured?.sli ?? 0) - sli)).toBeLessThan(0.0005)
    expect(meaning).toMatchObject({ minutes: expect.closeTo(100.8, 6), windowSeconds: 7 * 86_400 })
    const after = await pool().query('SELECT (SELECT count(*) FROM sample_5m) AS samples, (SELECT count(*) FROM slo) AS slos')
    expect(after.rows).toEqual(before.rows)
  })
  it('is refused to viewers', async () =>
    await expect(previewSlo(VIEWER, definition(), NOW)).rejects.toMatchObject({ code: 'FORBIDDEN' }))
})
