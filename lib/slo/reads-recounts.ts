import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import type { Recount } from './detail'
import { canReadSlos } from './policy'

/** The newest stretches that the source counts differently now than when they were measured. */
export async function recountsOf(actor: Actor, sloId: number): Promise<Recount[]> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { rows } = await pool().query<Recount>(
    `SELECT from_ts AS "from", to_ts AS "to", good_delta AS good, total_delta AS total, extract(epoch FROM at)::int AS "foundAt"
     FROM measurement_correction WHERE slo_id = $1 ORDER BY from_ts DESC LIMIT 10`,
    [sloId],
  )
  return rows
}
