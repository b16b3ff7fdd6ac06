import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect } from '../db/client'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { DAY, HOUR } from '../time-series/units'
import { createWallLink, revokeWallLink } from './commands'
import { wall } from './reads'
import { passOf, wallLinks } from './reads-links'
import { newWallLinkSchema } from './schema'

const ADA: Actor = { ...SOFIA, id: '00000000-0000-4000-8000-000000000009', name: 'Ada', role: 'administrator' }
const PABLO: Actor = { ...ADA, name: 'Pablo', role: 'product_owner' }
const NOW = new Date(NOON * 1000)
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const secretOf = (path: string) => path.replace('/wall/', '')
const link = (more: object = {}) => newWallLinkSchema.parse({ name: 'Second floor', ...more })
const actions = async () => (await db().auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action)

let world: IncidentWorld
beforeAll(async () => {
  world = await incidentWorld()
  await world.measure(world.orders, NOON, () => 0)
}, 120_000)
afterAll(async () => {
  await disconnect()
  await world.drop()
})

describe('links to the wall', () => {
  it.each([VERA, EMIL, PABLO])('are not made or revoked by $name', async (actor) => {
    await expect(createWallLink(actor, link())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(revokeWallLink(actor, { id: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
  it.each([SOFIA, ADA])('are made by $name, and open the wall by a secret that is not stored', async (actor) => {
    const { id, path } = await createWallLink(actor, link(), NOW)
    expect(path).toMatch(/^\/wall\/hw_[\w-]{43}$/)
    expect(await passOf(secretOf(path), NOW)).toEqual({ link: 'Second floor', team: null, tier: null })
    expect(
      JSON.stringify([await db().wallLink.findMany(), await db().auditEntry.findMany()], (_, v) =>
        typeof v === 'bigint' ? 0 : v,
      ),
    ).not.toContain(secretOf(path).slice(9))
    expect((await wallLinks(VERA, NOW)).find((one) => one.id === id)).toMatchObject({ createdBy: actor.name, state: 'works' })
  })
  it('end when they are revoked, once, with an audit row', async () => {
    const { id, path } = await createWallLink(SOFIA, link(), NOW)
    await revokeWallLink(ADA, { id }, later(60))
    await expect(passOf(secretOf(path), later(61))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('revoked'),
    })
    const rows = await db().auditEntry.count()
    await expect(revokeWallLink(ADA, { id }, later(62))).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await db().auditEntry.count()).toBe(rows)
    expect((await actions()).slice(-2)).toEqual(['wall-link.create', 'wall-link.revoke'])
    expect((await wallLinks(VERA, NOW)).find((one) => one.id === id)).toMatchObject({ state: 'revoked', revokedBy: 'Ada' })
  })
  it('end with their time', async () => {
    const { path } = await createWallLink(SOFIA, link({ days: 1 }), NOW)
    await expect(passOf(secretOf(path), later(DAY - 1))).resolves.toBeTruthy()
    await expect(passOf(secretOf(path), later(DAY))).rejects.toMatchObject({ message: expect.stringContaining('expired') })
  })
  it.each(['', 'hr_made-up', `hw_${'x'.repeat(43)}`, `hw_${'x'.repeat(44)}`])('are not %j', async (secret) => {
    await expect(passOf(secret)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('no such link'),
    })
  })
  it('note their use once a minute at most', async () => {
    const { id, path } = await createWallLink(SOFIA, link(), NOW)
    const used = async () => (await db().wallLink.findUniqueOrThrow({ where: { id } })).lastUsedAt
    for (const [after, noted] of [
      [0, 0],
      [30, 0],
      [61, 61],
    ] as const) {
      await passOf(secretOf(path), later(after))
      expect(await used()).toEqual(later(noted))
    }
  })
  it('name a team that exists', async () => {
    await expect(createWallLink(SOFIA, link({ team: 'nobody' }))).rejects.toMatchObject({ issues: [{ path: 'team' }] })
  })
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
    const { path } = await createWallLink(SOFIA, link({ team: team.slug }), NOW)
    const pass = await passOf(secretOf(path), NOW)
    const everything = (await db().team.findFirstOrThrow({ where: { id: { not: team.id } } })).slug
    expect((await wall({ pass }, { team: everything }, NOON)).view).toMatchObject({ total: 0, of: ['Other'] })
  })
  it('has another version when what it shows changes, and only then', async () => {
    const first = await wall({ actor: VERA }, {}, NOON)
    expect((await wall({ actor: VERA }, {}, NOON + 30)).version).toBe(first.version)
    await db().sloStatus.updateMany({ data: { staleSince: NOON - HOUR } })
    const second = await wall({ actor: VERA }, {}, NOON)
    expect(second.version).not.toBe(first.version)
    expect(second.view.stale).toEqual([{ source: expect.any(String), since: NOON - HOUR, slos: 1 }])
  })
})
