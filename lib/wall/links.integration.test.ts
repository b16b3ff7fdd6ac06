import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect } from '../db/client'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { DAY } from '../time-series/units'
import { createWallLink, revokeWallLink } from './commands'
import { passOf, wallLinks } from './reads-links'
import { newWallLinkSchema } from './schema'

const ADA = { ...SOFIA, id: '00000000-0000-4000-8000-000000000009', name: 'Ada', role: 'administrator' } as const
const PABLO = { ...ADA, name: 'Pablo', role: 'product_owner' } as const
const NOW = new Date(NOON * 1000)
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const secretOf = (path: string) => path.replace('/wall/', '')
const link = (more: object = {}) => newWallLinkSchema.parse({ name: 'Second floor', ...more })
const actions = async () => (await db().auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action)

let world: IncidentWorld
beforeAll(async () => {
  world = await incidentWorld()
  await db().user.create({ data: { id: ADA.id, name: 'Ada', email: 'ada@example.org', role: 'administrator' } })
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
  it('are said to be of somebody who has left, also when a token of theirs made them', async () => {
    const token: Actor = { type: 'token', id: 't1', name: 'screens', role: 'slo_owner', ownerId: EMIL.id }
    const { id, path } = await createWallLink(token, link({ name: 'By a token' }), NOW)
    const left = async () => (await wallLinks(VERA, NOW)).find((one) => one.id === id)?.makerLeft
    expect(await left()).toBe(false)
    await db().user.update({ where: { id: EMIL.id }, data: { disabledAt: NOW } })
    expect(await left()).toBe(true)
    await expect(passOf(secretOf(path), NOW)).resolves.toBeTruthy()
    await db().user.update({ where: { id: EMIL.id }, data: { disabledAt: null } })
    const nobody: Actor = { ...token, ownerId: null }
    expect(await createWallLink(nobody, link({ name: 'By a command line' }), NOW)).toBeTruthy()
  })
  it('live for a year unless somebody says otherwise', async () => {
    const ends = async (days?: number | null) => {
      const { id } = await createWallLink(SOFIA, link(days === undefined ? {} : { days }), NOW)
      return (await db().wallLink.findUniqueOrThrow({ where: { id } })).expiresAt
    }
    expect([await ends(), await ends(null), await ends(2)]).toEqual([later(365 * DAY), null, later(2 * DAY)])
  })
  it('are refused when they are asked more than twice a second, each by itself', async () => {
    const [busy, other] = [await createWallLink(SOFIA, link(), NOW), await createWallLink(SOFIA, link(), NOW)]
    const answers = await Promise.allSettled(Array.from({ length: 25 }, () => passOf(secretOf(busy.path), NOW)))
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(5)
    await expect(passOf(secretOf(busy.path), NOW)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await expect(passOf(secretOf(other.path), NOW)).resolves.toBeTruthy()
    await expect(passOf(secretOf(busy.path), later(1))).resolves.toBeTruthy()
  })
  it.each(['Second\0floor', '<b>Floor</b>', '  '])('do not hang at %j', (name) =>
    expect(newWallLinkSchema.safeParse({ name }).error?.issues[0]?.path).toEqual(['name']),
  )
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
