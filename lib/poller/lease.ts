import type pg from 'pg'
import type { Fence } from '../measurement/advance'
import { SHARDS } from '../measurement/shards'
import type { UnixSeconds } from '../time-series/units'

/** Work is shared by rows of `shard`: whoever holds the lease works, whoever takes it over raises the epoch. */
export type Lease = { shard: number; epoch: number; nextTick: UnixSeconds | null }

export const LEASE_SECONDS = 30
const WORKER_SEEN_SECONDS = 60

export async function ensureShards(pool: pg.Pool, count = SHARDS): Promise<void> {
  await pool.query('INSERT INTO shard (id) SELECT generate_series(0, $1 - 1) ON CONFLICT DO NOTHING', [count])
}

/** Says that this worker lives and how many shards would be its fair share. */
export async function checkIn(pool: pg.Pool, worker: string): Promise<number> {
  await pool.query('INSERT INTO poller_worker (id, seen) VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen = now()', [
    worker,
  ])
  await pool.query(`DELETE FROM poller_worker WHERE seen < now() - interval '1 hour'`)
  const { rows } = await pool.query<{ share: number }>(
    `SELECT ceil((SELECT count(*) FROM shard)::float / greatest(1, count(*)))::int AS share
     FROM poller_worker WHERE seen > now() - make_interval(secs => $1)`,
    [WORKER_SEEN_SECONDS],
  )
  return rows[0]?.share ?? 1
}

/** Takes one free shard, or nothing. */
export async function claim(pool: pg.Pool, worker: string): Promise<Lease | null> {
  const { rows } = await pool.query<{ id: number; epoch: number; next_tick: number | null }>(
    `UPDATE shard SET owner = $1, epoch = epoch + 1, lease_until = now() + make_interval(secs => $2)
     WHERE id = (SELECT id FROM shard WHERE owner IS NULL OR lease_until < now() ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, epoch, next_tick`,
    [worker, LEASE_SECONDS],
  )
  const row = rows[0]
  return row ? { shard: row.id, epoch: row.epoch, nextTick: row.next_tick } : null
}

/** False when somebody else has it now. */
export async function renew(pool: pg.Pool, lease: Lease): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE shard SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND epoch = $2',
    [lease.shard, lease.epoch, LEASE_SECONDS],
  )
  return rowCount === 1
}

export async function release(pool: pg.Pool, lease: Lease): Promise<void> {
  await pool.query('UPDATE shard SET owner = NULL, lease_until = now() WHERE id = $1 AND epoch = $2', [lease.shard, lease.epoch])
}

export async function releaseAll(pool: pg.Pool, worker: string): Promise<void> {
  await pool.query('UPDATE shard SET owner = NULL, lease_until = now() WHERE owner = $1', [worker])
  await pool.query('DELETE FROM poller_worker WHERE id = $1', [worker])
}

/** Holds the shard row until the transaction ends: a take-over waits, and after one this is false. */
export const fenceOf =
  (lease: Lease): Fence =>
  async (client) =>
    (await client.query('SELECT 1 FROM shard WHERE id = $1 AND epoch = $2 FOR SHARE', [lease.shard, lease.epoch])).rowCount === 1
