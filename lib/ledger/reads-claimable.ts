import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { canReadSlos } from '../slo/policy'
import type { Period } from '../slo/window'
import { DAY, type UnixSeconds } from '../time-series/units'

export type Claimable = { id: number; title: string; startedAt: UnixSeconds }

const NEAR = 3 * DAY
const MOST = 20

/** Incidents that may have spent a stretch: those of three days around it, the nearest first. */
export async function claimableBy(actor: Actor, { from, to }: Period): Promise<Claimable[]> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read ledgers.')
  const { rows } = await pool().query<Claimable>(
    `SELECT id, title, started_at AS "startedAt" FROM incident
     WHERE started_at < $2 + ${NEAR} AND coalesce(mitigated_at, resolved_at, $2) > $1 - ${NEAR}
     ORDER BY abs(started_at - $1), id LIMIT ${MOST}`,
    [from, to],
  )
  return rows
}
