import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { db } from '../db/client'
import { testDatabase } from '../db/test-database'
import type { HeadroomError } from '../errors'
import { createToken, revokeToken } from '../token/commands'
import { actorOfToken } from '../token/reads'
import type { Actor } from './actor'
import { createFirstAdministrator, signInAsDemo, signInWithPassword, signOut } from './commands'
import { actorOfSession, signInOptions } from './reads'
import type { Role } from './role'
import { createSetupToken } from './setup'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.drop())

const NOW = new Date('2026-07-15T14:35:00Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const ADA = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: HeadroomError) => error.code,
  )
const actions = async () => (await db().auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action)

async function firstAdministrator(): Promise<void> {
  const token = (await createSetupToken(NOW)) ?? ''
  await createFirstAdministrator({ ...ADA, token }, NOW)
}

describe('the first administrator', () => {
  it('is made once, by the token, within a day', async () => {
    const old = (await createSetupToken(NOW)) ?? ''
    const token = (await createSetupToken(NOW)) ?? ''
    expect(await refusal(createFirstAdministrator({ ...ADA, token: old }, NOW))).toBe('FORBIDDEN')
    expect(await refusal(createFirstAdministrator({ ...ADA, token: 'guessed' }, NOW))).toBe('FORBIDDEN')
    expect(await refusal(createFirstAdministrator({ ...ADA, token }, later(86_401)))).toBe('FORBIDDEN')
    const both = await Promise.all([0, 1].map(() => refusal(createFirstAdministrator({ ...ADA, token }, NOW))))
    expect(both.sort()).toEqual(['FORBIDDEN', 'done'])
    expect(await db().user.count()).toBe(1)
    expect(await actions()).toEqual(['setup-token.create', 'setup-token.create', 'user.create-first'])
    expect(await createSetupToken(NOW)).toBeNull()
    expect((await signInOptions()).setupOpen).toBe(false)
  })

  it('keeps neither the token nor the password', async () => {
    const token = (await createSetupToken(NOW)) ?? ''
    await createFirstAdministrator({ ...ADA, token }, NOW)
    const stored = JSON.stringify([await db().setupToken.findMany(), await db().user.findMany()])
    expect(stored).not.toContain(token)
    expect(stored).not.toContain(ADA.password)
  })
})

describe('signing in', () => {
  it('takes the right password, whatever the case of the address', async () => {
    await firstAdministrator()
    const opened = await signInWithPassword({ email: ' ADA@example.org', password: ADA.password }, NOW)
    expect(await actorOfSession(opened?.sessionId ?? '', NOW)).toMatchObject({ name: 'Ada', role: 'administrator' })
    expect(await actions()).toContain('session.open')
  })

  it('closes an address for a quarter of an hour after five failures, known or not', async () => {
    await firstAdministrator()
    for (const email of [ADA.email, 'nobody@example.org']) {
      for (let i = 0; i < 5; i += 1) expect(await signInWithPassword({ email, password: 'wrong' }, later(i))).toBeNull()
      expect(await refusal(signInWithPassword({ email, password: ADA.password }, later(10)))).toBe('TOO_MANY_REQUESTS')
    }
    expect(await signInWithPassword(ADA, later(16 * 60))).not.toBeNull()
  })

  it('ends with sign-out, with time, and with the person', async () => {
    await firstAdministrator()
    const open = async () => (await signInWithPassword(ADA, NOW))?.sessionId ?? ''
    const [left, aged, disabled] = [await open(), await open(), await open()]
    await signOut(left, NOW)
    await signOut(left, NOW)
    expect(await actorOfSession(left, NOW)).toBeNull()
    expect((await actions()).filter((action) => action === 'session.close')).toHaveLength(1)
    expect(await actorOfSession(aged, later(15 * 86_400))).toBeNull()
    await db().user.updateMany({ data: { disabledAt: NOW } })
    expect(await actorOfSession(disabled, NOW)).toBeNull()
    expect(await signInWithPassword(ADA, NOW)).toBeNull()
  })

  it('without a password only for demo people, and only while the demo is on', async () => {
    await firstAdministrator()
    expect(await signInAsDemo(ADA.email, NOW)).toBeNull()
    await db().user.create({ data: { email: 'vera@demo.example', name: 'Vera', role: 'viewer', demo: true } })
    const opened = await signInAsDemo('vera@demo.example', NOW)
    // HEADROOM_DEMO is off here, as in production: a demo person's session opens nothing.
    expect(await actorOfSession(opened?.sessionId ?? '', NOW)).toBeNull()
    expect((await signInOptions()).demo).toEqual([])
  })
})

describe('API tokens', () => {
  const OWNER = '00000000-0000-4000-8000-000000000001'
  const actor = (role: Role): Actor => ({ type: 'user', id: OWNER, name: 'x', email: 'x@example.org', role })
  const owner = (role: Role) => db().user.create({ data: { id: OWNER, email: 'x@example.org', name: 'x', role } })

  it('may what the person behind them may now, and nothing once that person has left', async () => {
    await owner('administrator')
    const { secret } = await createToken(actor('administrator'), { name: 'ci', role: 'product_owner' }, NOW)
    const role = async () => (await actorOfToken(secret, NOW).then((found) => found?.type === 'token' && found.role)) || null
    expect(await role()).toBe('product_owner')
    await db().user.update({ where: { id: OWNER }, data: { role: 'product_owner' } })
    expect(await role()).toBe('product_owner')
    await db().user.update({ where: { id: OWNER }, data: { role: 'engineer' } })
    expect(await role()).toBe('viewer')
    await db().user.update({ where: { id: OWNER }, data: { disabledAt: NOW } })
    expect(await role()).toBeNull()
  })

  it('are made by administrators only', async () => {
    for (const role of ['viewer', 'engineer', 'slo_owner', 'product_owner'] as const)
      expect(await refusal(createToken(actor(role), { name: 'ci', role: 'viewer' }))).toBe('FORBIDDEN')
    expect(await db().apiToken.count()).toBe(0)
    expect(await db().auditEntry.count()).toBe(0)
  })

  it('open by their secret, which is not stored; expire; and can be revoked', async () => {
    await owner('administrator')
    const admin = actor('administrator')
    const { id, secret } = await createToken(admin, { name: 'ci', role: 'engineer', days: 1 }, NOW)
    expect(await actorOfToken(secret, NOW)).toEqual({ type: 'token', id, name: 'ci', role: 'engineer', ownerId: OWNER })
    expect(JSON.stringify(await db().apiToken.findMany())).not.toContain(secret.slice(9))
    expect(await actorOfToken(`${secret}x`, NOW)).toBeNull()
    expect(await actorOfToken(secret, later(86_400))).toBeNull()
    expect(await revokeToken(admin, id, NOW)).toBe(true)
    expect(await revokeToken(admin, id, NOW)).toBe(false)
    expect(await actorOfToken(secret, NOW)).toBeNull()
    expect(await actions()).toEqual(['token.create', 'token.revoke'])
  })

  it('note their use once a minute at most', async () => {
    await owner('administrator')
    const { secret } = await createToken(actor('administrator'), { name: 'ci', role: 'viewer' }, NOW)
    const used = async () => (await db().apiToken.findFirstOrThrow()).lastUsedAt
    await actorOfToken(secret, NOW)
    await actorOfToken(secret, later(30))
    expect(await used()).toEqual(NOW)
    await actorOfToken(secret, later(61))
    expect(await used()).toEqual(later(61))
  })
})
