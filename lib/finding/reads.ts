import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { canReadSlos } from '../slo/policy'
import type { SloFinding } from './finding'

/** What is suspicious about an SLO, broken before doubtful. */
export async function findingsOf(id: number): Promise<SloFinding[]> {
  const { rows } = await pool().query<SloFinding>(
    `SELECT check_name AS check, severity, message, since, seen FROM slo_finding WHERE slo_id = $1 ORDER BY severity, since, check_name`,
    [id],
  )
  return rows
}

export type FindingList = { checkedAt: number | null; items: SloFinding[] }

/** The findings of one SLO and when it was looked through. Throws NOT_FOUND. */
export async function sloFindings(actor: Actor, id: number): Promise<FindingList> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { rows } = await pool().query<{ at: number | null }>(
    'SELECT c.at FROM slo s LEFT JOIN slo_check c ON c.slo_id = s.id WHERE s.id = $1 AND s.deleted_at IS NULL',
    [id],
  )
  if (!rows[0]) throw new HeadroomError('NOT_FOUND', `There is no SLO with the number ${id}.`)
  return { checkedAt: rows[0].at, items: await findingsOf(id) }
}
