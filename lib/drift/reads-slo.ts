import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { canReadSlos } from '../slo/policy'
import { fileDrift } from './reads-files'
import type { SloDrift } from './report'

/** Not for drafts and deleted ones: nobody exports them. */
export async function driftOfSlo(id: number): Promise<SloDrift> {
  const { rows } = await pool().query<NonNullable<SloDrift['rules']>>(
    `SELECT d.state, d.problems, d.since, r.checked_at AS "checkedAt" FROM slo_rule_drift d JOIN slo s ON s.id = d.slo_id
       JOIN rule_check r ON r.data_source_id = s.data_source_id
     WHERE d.slo_id = $1 AND s.deleted_at IS NULL AND s.lifecycle = 'active' AND r.checked_at IS NOT NULL`,
    [id],
  )
  const { files } = await fileDrift(id)
  return { rules: rows[0] ?? null, files: files[0]?.changes ?? [] }
}

/** The same, for whoever asks by its number. Throws NOT_FOUND. */
export async function sloDrift(actor: Actor, id: number): Promise<SloDrift> {
  authorize(canReadSlos(actor), 'Sign in to see drift.')
  const { rowCount } = await pool().query('SELECT 1 FROM slo WHERE id = $1 AND deleted_at IS NULL', [id])
  if (!rowCount) throw new HeadroomError('NOT_FOUND', `There is no SLO with the number ${id}.`)
  return driftOfSlo(id)
}
