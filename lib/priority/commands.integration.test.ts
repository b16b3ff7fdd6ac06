import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect } from '../db/client'
import { EMIL, type IncidentWorld, incidentWorld, SOFIA, VERA } from '../incident/incident-world-fixture'
import { estimatePriority, savePlan, setTeamSize } from './commands'

const PABLO: Actor = { ...VERA, id: '00000000-0000-4000-8000-000000000004', name: 'Pablo', role: 'product_owner' }
const ADA: Actor = { ...PABLO, name: 'Ada', role: 'administrator' }
const POLLER: Actor = { type: 'system', job: 'poller' }

let world: IncidentWorld
beforeAll(async () => {
  world = await incidentWorld()
}, 120_000)
afterAll(async () => {
  await disconnect()
  await world.drop()
})

const plan = { team: 'payments', quarter: '2026-Q4', reliability: 0.35, note: 'Queue first.' }
const commands: [string, (actor: Actor, version: number) => Promise<{ version: number }>, number][] = [
  ['an estimate', (actor, version) => estimatePriority(actor, { slo: world.orders, version, effort: 'S' }), 0],
  ['the size of a team', (actor, version) => setTeamSize(actor, { team: 'payments', version, size: 4 }), 1],
  ['a plan', (actor, version) => savePlan(actor, { ...plan, version }), 0],
]

describe.each(commands)('%s', (_, run, first) => {
  it.each([VERA, POLLER])('is refused to those who only look', async (actor) => {
    await expect(run(actor, first)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
  it.each([EMIL, SOFIA, PABLO, ADA])('is taken from $name', async (actor) => {
    const known = [await db().reliabilityPriority.findFirst(), await db().team.findFirst(), await db().capacityPlan.findFirst()]
    const version = known[commands.findIndex(([name]) => name === _)]?.version ?? 0
    expect(await run(actor, version)).toMatchObject({ version: version + 1 })
  })
  it('is refused when somebody else saved since, and nothing is written', async () => {
    const before = await db().auditEntry.count()
    await expect(run(EMIL, first)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(run(EMIL, 99)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await db().auditEntry.count()).toBe(before)
  })
})

describe('what is kept', () => {
  it('has an audit row for each change, with what was before', async () => {
    const rows = await db().auditEntry.findMany({ where: { action: 'priority.estimate' }, orderBy: { id: 'asc' } })
    expect(rows.map(({ actorName }) => actorName)).toEqual(['Emil', 'Sofia', 'Pablo', 'Ada'])
    expect(rows[1]).toMatchObject({ before: { effort: 'S', version: 1 }, after: { effort: 'S', version: 2 } })
    expect(await db().auditEntry.count({ where: { action: { in: ['team.size', 'capacity_plan.save'] } } })).toBe(8)
  })
  it('stays as it is where nothing is said', async () => {
    const { orders: slo } = world
    await estimatePriority(EMIL, { slo, version: 4, owner: SOFIA.id, link: 'https://tracker.example.org/7', note: 'Mine.' })
    await estimatePriority(EMIL, { slo, version: 5, effort: 'XL' })
    expect(await db().reliabilityPriority.findUnique({ where: { sloId: slo } })).toMatchObject({
      ...{ effort: 'XL', ownerId: SOFIA.id, link: 'https://tracker.example.org/7', note: 'Mine.', version: 6 },
    })
    await estimatePriority(EMIL, { slo, version: 6, owner: null })
    expect(await db().reliabilityPriority.findUnique({ where: { sloId: slo } })).toMatchObject({ ownerId: null, effort: 'XL' })
  })
  it('has no owner whom nobody knows, and no SLO that is not there', async () => {
    const owner = '00000000-0000-4000-8000-00000000dead'
    await expect(estimatePriority(EMIL, { slo: world.pages, version: 0, owner })).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', issues: [{ path: 'owner' }] },
    })
    await expect(estimatePriority(EMIL, { slo: 4711, version: 0, effort: 'S' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(setTeamSize(EMIL, { team: 'nobody', version: 1, size: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(savePlan(EMIL, { ...plan, team: 'nobody', version: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('of ten who estimate first at once, one does', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, () => estimatePriority(EMIL, { slo: world.cards, version: 0, effort: 'L' })),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONFLICT' })
    expect((await db().reliabilityPriority.findUnique({ where: { sloId: world.cards } }))?.version).toBe(1)
  })
})
