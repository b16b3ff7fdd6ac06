import { afterAll, beforeAll, expect, it } from 'vitest'
import { db, disconnect } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { create, list, revoke } from './token'

let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})

it('lists what is valid, and until when', async () => {
  expect(await list()).toBe('No token opens the API.')
  expect(await create({ name: 'git', role: 'slo_owner' })).toContain('“git”, role slo_owner, valid until it is revoked.')
  await create({ name: 'week', role: 'viewer', days: 7 })
  await create({ name: 'gone', role: 'viewer' })
  expect(await revoke({ token: 'gone' })).toContain('opens nothing any more')
  const { expiresAt } = await db().apiToken.findFirstOrThrow({ where: { name: 'week' } })
  const until = expiresAt?.toISOString().slice(0, 16).replace('T', ' ')
  const [head, ...rows] = (await list()).split('\n')
  expect(head).toMatch(/^TOKEN +NAME +ROLE +MADE BY +LAST USED +VALID UNTIL$/)
  expect(rows.map((row) => row.split(/ {2,}/).slice(1))).toEqual([
    ['git', 'slo_owner', 'cli', 'never', 'it is revoked'],
    ['week', 'viewer', 'cli', 'never', until],
  ])
})
