import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import type { SloChoice } from './choices'
import { windowText } from './definition-diff'
import { canReadSlos } from './policy'
import { windowSchema } from './window'

/** Every SLO that is measured, to choose from, by service and name. */
export async function listSloChoices(actor: Actor): Promise<SloChoice[]> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { rows } = await pool().query<Omit<SloChoice, 'window'> & { window: unknown }>(
    `SELECT s.id, v.slug AS service, v.name AS "serviceName", s.slug AS slo, s.name, s."window", s.indicator->>'kind' AS kind
     FROM slo s JOIN service v ON v.id = s.service_id WHERE s.deleted_at IS NULL AND s.lifecycle = 'active'
     ORDER BY v.name, s.name`,
  )
  return rows.map((row) => ({ ...row, window: windowText(windowSchema.parse(row.window)) }))
}
