import type pg from 'pg'
import { floorTo, type UnixSeconds } from '../time-series/units'
import { TIERS, type Tier } from './tiers'

/** Partitions are named after their first second, so that what exists can be read from the catalogue. */
const nameOf = (tier: Tier, start: UnixSeconds): string => `${tier.table}_p${start}`

/** Makes room for a stretch of time in every tier. Safe to repeat and to run in several processes. */
export async function ensurePartitions(pool: pg.Pool, from: UnixSeconds, to: UnixSeconds): Promise<void> {
  for (const tier of TIERS) {
    const existing = new Set(await partitionsOf(pool, tier))
    const first = floorTo(Math.max(from, to - tier.keep), tier.partition)
    for (let start = first; start <= to; start += tier.partition)
      if (!existing.has(nameOf(tier, start))) await create(pool, tier, start)
  }
}

async function create(pool: pg.Pool, tier: Tier, start: UnixSeconds): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    // Two pollers starting together must not create the same partition twice.
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [tier.table])
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${nameOf(tier, start)} PARTITION OF ${tier.table}
       FOR VALUES FROM (${start}) TO (${start + tier.partition})`,
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

/** Drops what is older than each tier keeps: a partition at a time, never row by row. */
export async function dropOldPartitions(pool: pg.Pool, now: UnixSeconds): Promise<string[]> {
  const dropped: string[] = []
  for (const tier of TIERS)
    for (const name of await partitionsOf(pool, tier)) {
      const start = Number(name.slice(`${tier.table}_p`.length))
      if (!Number.isInteger(start) || start + tier.partition > now - tier.keep) continue
      await pool.query(`DROP TABLE IF EXISTS ${name}`)
      dropped.push(name)
    }
  return dropped
}

async function partitionsOf(pool: pg.Pool, tier: Tier): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass`,
    [tier.table],
  )
  return rows.map((row) => row.name)
}
