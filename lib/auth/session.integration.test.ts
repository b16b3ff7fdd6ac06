import type { NextAuthOptions } from 'next-auth'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { db } from '../db/client'
import { testDatabase } from '../db/test-database'

let sessionId = ''
/** What the library does with a cookie that it can read: it asks our callback, and takes an error for nobody. */
vi.mock('next-auth', async (original) => ({
  ...(await original<object>()),
  getServerSession: ({ callbacks }: NextAuthOptions) => {
    const asked = { session: { expires: '2026-08-01T00:00:00Z' }, token: { sessionId } }
    return Promise.resolve(callbacks?.session?.(asked as never)).catch(() => null)
  },
}))
// Files of tests share their modules: others may have loaded this one with the library as it is.
vi.resetModules()
const { currentActor, requireActor } = await import('./session')

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  vi.doUnmock('next-auth')
  vi.resetModules()
  await database.drop()
})

describe('who is signed in', () => {
  it('is the person of the session, or nobody', async () => {
    const { id: userId } = await db().user.create({ data: { email: 'ada@example.org', name: 'Ada', role: 'viewer' } })
    const { id } = await db().userSession.create({ data: { userId, expiresAt: new Date(Date.now() + 60_000) } })
    await expect(requireActor()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    sessionId = id
    expect(await currentActor()).toMatchObject({ name: 'Ada' })
  })
  it('is a fault, not nobody, while the database cannot say', async () => {
    await db().$executeRaw`ALTER TABLE user_session RENAME TO gone`
    await expect(requireActor()).rejects.toThrow('Who is signed in could not be read.')
    await expect(requireActor()).rejects.not.toMatchObject({ code: 'UNAUTHENTICATED' })
    await db().$executeRaw`ALTER TABLE gone RENAME TO user_session`
    expect(await currentActor()).toMatchObject({ name: 'Ada' })
  })
})
