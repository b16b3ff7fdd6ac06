import type pg from 'pg'
import type { UnixSeconds } from '../time-series/units'
import { type Fence, Fenced } from './advance'
import { TIERS } from './tiers'

type Queryable = Pick<pg.Pool, 'query'>

/** Composites that were counted without a late member, and from when. */
export async function provisionalOf(on: Queryable, ids: number[]): Promise<Map<number, UnixSeconds>> {
  const { rows } = await on.query<{ id: number; ts: number }>(
    'SELECT slo_id AS id, provisional_from AS ts FROM slo_evaluation WHERE slo_id = ANY($1::int[]) AND provisional_from IS NOT NULL',
    [ids],
  )
  return new Map(rows.map(({ id, ts }) => [id, ts]))
}

/** Written before the counters move: should they not, nothing is lost by counting again from here. */
export const markProvisional = (on: Queryable, id: number, from: UnixSeconds) =>
  on.query('UPDATE slo_evaluation SET provisional_from = LEAST(provisional_from, $2) WHERE slo_id = $1', [id, from])

/** Takes back what was counted without the late member, so that it is counted again with it. */
export async function takeBack(pool: pg.Pool, id: number, from: UnixSeconds, fence: Fence): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    if (!(await fence(client))) throw new Fenced()
    for (const { table } of TIERS) await client.query(`DELETE FROM ${table} WHERE slo_id = $1 AND ts > $2`, [id, from])
    await client.query('DELETE FROM counter_mark WHERE slo_id = $1 AND ts > $2', [id, from])
    await client.query('UPDATE slo_evaluation SET provisional_from = NULL WHERE slo_id = $1', [id])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
