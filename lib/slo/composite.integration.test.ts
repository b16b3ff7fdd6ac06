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
import { createSlos, deleteSlo, updateSlo } from './commands-define'
import { previewSlo } from './commands-preview'
import { type SloDefinitionRecord, sloDefinitionSchema } from './definition-input'
import { sloDetail } from './reads'

const FROM = Date.UTC(2026, 0, 5) / 1000
const NOW = FROM + 4 * 3600
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 2, seed: 11 })
const OWNER: Actor = { type: 'user', id: '2', name: 'Sofia', email: 's@example.org', role: 'slo_owner' }

let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>
let ids: Record<string, number> = {}

const member = (slug: string, change: Record<string, unknown> = {}): SloDefinitionRecord =>
  sloDefinitionSchema.parse({
    ...{ name: slug, slug, service: 'checkout', dataSource: 'prometheus', target: 0.99, window: { kind: 'rolling', days: 7 } },
    indicator: { kind: 'availability', requests: `requests_total{pod="${slug}"}`, failed: 'status=~"5.."' },
    ...change,
  })
const composite = (slug: string, members: string[], change: Record<string, unknown> = {}): SloDefinitionRecord =>
  member(slug, {
    indicator: {
      ...{ kind: 'composite', rule: 'worst-of', late: 'leave-out' },
      members: members.map((slo) => ({ service: 'checkout', slo, weight: 1 })),
    },
    ...change,
  })
const create = async (definition: SloDefinitionRecord, lifecycle: 'draft' | 'active' = 'active') =>
  (await createSlos(OWNER, { definitions: [definition], lifecycle }, NOW)).ids[0] as number

async function poll(until = NOW): Promise<void> {
  const now = until + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  for (let round = 0; round < 2; round += 1)
    for (const shard of [0, 1, 2, 3]) while (await catchUp({ pool: pool(), shard, fence: UNFENCED, now }, until));
}

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
  database = await testDatabase()
  await testSlos(pool(), prometheus.url)
  for (const slug of ['pod-0', 'pod-1']) ids[slug] = await create(member(slug))
  ids = { ...ids, way: await create(composite('way', ['pod-0', 'pod-1'])) }
  await poll()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('members of a composite', () => {
  it.each<[string, () => Promise<SloDefinitionRecord>, string]>([
    ['nobody knows', async () => composite('a', ['pod-0', 'pod-9']), 'There is no SLO checkout/pod-9'],
    ['the composite itself', async () => composite('a', ['pod-0', 'a']), 'cannot be a member of itself'],
    [
      'drafts',
      async () => {
        await create(member('unfinished'), 'draft')
        return composite('a', ['pod-0', 'unfinished'])
      },
      '“unfinished” is a draft',
    ],
    [
      'deleted ones',
      async () => {
        const id = await create(member('gone', { indicator: member('pod-0').indicator }))
        await deleteSlo(OWNER, { id, version: 1 })
        return composite('a', ['pod-0', 'gone'])
      },
      '“gone” was deleted',
    ],
    [
      'those with another window',
      async () => {
        await create(member('month', { indicator: member('pod-0').indicator, window: { kind: 'rolling', days: 30 } }))
        return composite('a', ['pod-0', 'month'])
      },
      '“month” has a window of 30 d rolling, this one 7 d rolling',
    ],
  ])('are refused: %s', async (_, make, words) => {
    const definition = await make()
    await expect(create(definition, 'draft')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(words),
      issues: [{ path: 'indicator.members.1.slo' }],
    })
    expect(await db().slo.count({ where: { slug: 'a' } })).toBe(0)
  })

  it('close no circle through others', async () => {
    await create(composite('outer', ['way', 'pod-0']))
    const circle = updateSlo(
      OWNER,
      {
        ...{ id: ids.way as number, version: 1, lifecycle: 'active', past: 'keep' },
        definition: composite('way', ['pod-0', 'outer']),
      },
      NOW,
    )
    await expect(circle).rejects.toMatchObject({ message: expect.stringContaining('is itself made of this composite') })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['short name', { slug: 'pod-zero' }, 'slug'],
    ['window', { window: { kind: 'rolling', days: 30 } }, 'window'],
  ])('keep their %s while they are members', async (_, change, path) => {
    const definition = member('pod-0', { indicator: member('pod-0').indicator, ...change })
    const attempt = updateSlo(
      OWNER,
      { id: ids['pod-0'] as number, version: 1, definition, lifecycle: 'active', past: 'keep' },
      NOW,
    )
    await expect(attempt).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
  })
})

describe('what can be done with a composite', () => {
  it('says its rule and its members in place of queries', async () => {
    const { composite: parts, queries, status } = await sloDetail(OWNER, ids.way as number)
    expect(queries).toEqual([])
    expect(parts).toMatchObject({ rule: 'worst-of', members: [{ name: 'pod-0' }, { name: 'pod-1' }] })
    expect(status?.counts.total).toBeGreaterThan(200)
  })

  it('is previewed from what its members counted, and nothing is written', async () => {
    const before = await db().slo.count()
    const { measured, findings, queries } = await previewSlo(OWNER, composite('preview', ['pod-0', 'pod-1']), NOW + 60)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(measured?.counts.total).toBeGreaterThan(200)
    expect(measured?.sli).toBeGreaterThan(0.9)
    expect([queries, await db().slo.count()]).toEqual([[], before])
  })

  it('is refreshed with its members, and verified against them', async () => {
    const to = NOW + 20 * 60
    expect(await refreshSlo(OWNER, { sloId: ids.way as number }, to + 31)).toEqual({ ok: true, at: to })
    const { ledger, oneShot, difference, queries } = await verifySlo(OWNER, { sloId: ids.way as number })
    expect(queries).toEqual([])
    expect(oneShot.total).toBeGreaterThan(200)
    expect(difference.total).toBe(0)
    expect(difference.good).toBeCloseTo(0, 6)
    expect(ledger.total).toBe(oneShot.total)
  })

  it('is counted again when the past of a member is, and that is written down', async () => {
    const definition = member('pod-0', { indicator: { ...member('pod-0').indicator, failed: 'status=~"2.."' } })
    const before = (await sloDetail(OWNER, ids.way as number)).status?.sli ?? 0
    const saved = await updateSlo(
      OWNER,
      { id: ids['pod-0'] as number, version: 1, definition, lifecycle: 'active', past: 'measure-again' },
      NOW,
    )
    expect(saved.kind).toBe('saved')
    expect((await sloDetail(OWNER, ids.way as number)).status).toBeNull()
    const written = await db().auditEntry.findMany({ where: { action: 'slo.recount' } })
    expect(written.map(({ entityId }) => entityId)).toContain(String(ids.way))
    await poll()
    const after = (await sloDetail(OWNER, ids.way as number)).status?.sli ?? 1
    expect([before > 0.9, after < 0.1]).toEqual([true, true])
  })

  it('goes on without a deleted member, by its policy', async () => {
    await deleteSlo(OWNER, { id: ids['pod-1'] as number, version: 1 })
    await poll(NOW + 3600)
    const { status, composite: parts } = await sloDetail(OWNER, ids.way as number)
    expect(status?.ts).toBe(NOW + 3600)
    expect(parts?.members[1]).toMatchObject({ gone: 'deleted', state: null })
  })
})
