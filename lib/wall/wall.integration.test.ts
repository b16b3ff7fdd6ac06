import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { HOUR } from '../time-series/units'
import { createWallLink } from './commands'
import { wall } from './reads'
import { passOf } from './reads-links'
import { newWallLinkSchema } from './schema'

const NOW = new Date(NOON * 1000)

let world: IncidentWorld
beforeAll(async () => {
  world = await incidentWorld()
  await world.measure(world.orders, NOON, () => 0)
}, 120_000)
afterAll(async () => {
  await disconnect()
  await world.drop()
})

describe('the wall', () => {
  it('shows what a person may see, by team and tier', async () => {
    const { view } = await wall({ actor: VERA }, {}, NOON)
    expect(view.total).toBe(4)
    expect(view.of).toEqual([])
    expect((await wall({ actor: VERA }, { tier: 'best_effort' }, NOON)).view).toMatchObject({
      total: 0,
      of: ['best effort services'],
    })
    await expect(wall({ actor: VERA }, { team: 'nobody' }, NOON)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('shows the holder of a link only what the link is limited to, whatever the address asks for', async () => {
    const team = await db().team.create({ data: { slug: 'other', name: 'Other' } })
    const { path } = await createWallLink(SOFIA, newWallLinkSchema.parse({ name: 'Here', team: team.slug }), NOW)
    const pass = await passOf(path.replace('/wall/', ''), NOW)
    const everything = (await db().team.findFirstOrThrow({ where: { id: { not: team.id } } })).slug
    expect((await wall({ pass }, { team: everything }, NOON)).view).toMatchObject({ total: 0, of: ['Other'] })
  })
  it('asks the database once for all who ask within three seconds', async () => {
    const [first, ...others] = await Promise.all([NOON + 100, NOON + 100, NOON + 102].map((at) => wall({ actor: VERA }, {}, at)))
    expect(others.every((one) => one === first)).toBe(true)
    expect(await wall({ actor: VERA }, {}, NOON + 103)).not.toBe(first)
  })
  it('has another version when what it shows changes, and only then', async () => {
    const first = await wall({ actor: VERA }, {}, NOON)
    expect((await wall({ actor: VERA }, {}, NOON + 30)).version).toBe(first.version)
    await db().sloStatus.updateMany({ data: { staleSince: NOON - HOUR } })
    const second = await wall({ actor: VERA }, {}, NOON)
    expect(second.version).not.toBe(first.version)
    expect(second.view.stale).toEqual([{ source: expect.any(String), since: NOON - HOUR, slos: 1 }])
  })
  it('names the newest losses, and counts the other sources', async () => {
    for (const n of [1, 2, 3, 4]) {
      const sourceId = (await db().dataSource.create({ data: { name: `source ${n}`, url: `http://127.0.0.1:${n}` } })).id
      const slo = [world.orders, world.pages, world.minutes, world.cards][n - 1]
      await db().slo.update({ where: { id: slo }, data: { dataSourceId: sourceId } })
      if (n > 1) await world.measure(slo ?? 0, NOON, () => 0)
      await db().sloStatus.update({ where: { sloId: slo }, data: { staleSince: NOON - n * HOUR } })
    }
    const { view } = await wall({ actor: VERA }, {}, NOON + 500)
    expect(view.stale.map(({ source }) => source)).toEqual(['source 1', 'source 2', 'source 3'])
    expect(view.moreStale).toBe(1)
  })
  it('counts what is not evaluated any more although its source answers', async () => {
    await db().sloStatus.updateMany({ data: { staleSince: null } })
    await db().sloStatus.update({ where: { sloId: world.cards }, data: { ts: NOON - 241 } })
    expect((await wall({ actor: VERA }, {}, NOON + 600)).view.behind).toEqual({ count: 1, since: NOON - 241 })
    expect((await wall({ actor: VERA }, { tier: 'critical' }, NOON + 600)).view.behind.count).toBe(0)
    await db().sloStatus.update({ where: { sloId: world.cards }, data: { ts: NOON - 240 } })
    expect((await wall({ actor: VERA }, {}, NOON + 700)).view.behind).toEqual({ count: 0, since: null })
  })
  it('knows of freezes of a policy that holds for a single SLO, nearest first, and counts the others', async () => {
    const { rows } = await pool().query<{ id: number }>(
      `SELECT id FROM error_budget_policy WHERE slug <> 'standard' AND preset ORDER BY id LIMIT 1`,
    )
    const policyId = rows[0]?.id ?? 0
    const { settings } = await db().errorBudgetPolicy.findUniqueOrThrow({ where: { id: policyId } })
    const at = (day: number, hour: number) => `2026-07-${15 + day}T${hour}:00`
    const freezes = [4, 1, 3, 2].map((day) => ({
      ...{ name: `Freeze ${day}`, effect: 'block', except: [] },
      schedule: { from: at(day, 10), to: at(day, 11), timeZone: 'UTC', rrule: null },
    }))
    await db().errorBudgetPolicy.update({ where: { id: policyId }, data: { settings: { ...(settings as object), freezes } } })
    await db().errorBudgetPolicyAssignment.create({ data: { scope: `slo:${world.cards}`, policyId, sloId: world.cards } })
    const { view } = await wall({ actor: VERA }, {}, NOON + 800)
    expect(view.freezes.map(({ name }) => name)).toEqual(['Freeze 1', 'Freeze 2', 'Freeze 3'])
    expect(view.moreFreezes).toBe(1)
  })
})
