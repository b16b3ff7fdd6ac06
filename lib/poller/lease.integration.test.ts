import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { checkIn, claim, ensureShards, fenceOf, type Lease, release, releaseAll, renew } from './lease'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeEach(async () => {
  database = await testDatabase()
  await ensureShards(pool())
})
afterEach(async () => {
  await disconnect()
  await database.drop()
})

const holds = async (lease: Lease): Promise<boolean> => {
  const client = await pool().connect()
  try {
    return await fenceOf(lease)(client)
  } finally {
    client.release()
  }
}
const taken = async (worker: string) => (await claim(pool(), worker)) as Lease

describe('leases', () => {
  it('are held by one worker each, also when several claim at once', async () => {
    const leases = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((worker) => claim(pool(), worker)))
    const shards = leases.flatMap((lease) => (lease ? [lease.shard] : []))
    expect(shards.sort()).toEqual([0, 1, 2, 3])
  })

  it('are shared fairly', async () => {
    expect(await checkIn(pool(), 'a')).toBe(4)
    expect(await checkIn(pool(), 'b')).toBe(2)
    await releaseAll(pool(), 'a')
    expect(await checkIn(pool(), 'b')).toBe(4)
  })

  it('can be taken over when they ran out, and the old holder is fenced off', async () => {
    const old = await taken('a')
    await pool().query(`UPDATE shard SET owner = 'x', lease_until = now() + interval '1 hour' WHERE id <> $1`, [old.shard])
    expect(await claim(pool(), 'b')).toBeNull()
    await pool().query(`UPDATE shard SET lease_until = now() - interval '1 second' WHERE id = $1`, [old.shard])
    const young = await taken('b')
    expect(young.shard).toBe(old.shard)
    expect(young.epoch).toBeGreaterThan(old.epoch)
    expect([await holds(old), await holds(young)]).toEqual([false, true])
    expect(await renew(pool(), old)).toBe(false)
    await release(pool(), old)
    expect(await holds(young)).toBe(true)
  })
})
