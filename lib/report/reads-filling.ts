import 'server-only'
import { pool } from '../db/client'
import type { ServiceReport } from './document'
import { isJudged } from './summary'

/** SLOs that were judged in these reports and whose history is being filled again, by service: what is known of them is half. */
export async function beingFilled(
  reports: { serviceId: number; before: ServiceReport | null }[],
): Promise<Map<number, string[]>> {
  const judged = reports.flatMap(({ serviceId, before }) =>
    (before?.objectives ?? []).filter(isJudged).map(({ slo }) => ({ serviceId, id: slo.id, name: slo.name })),
  )
  if (judged.length === 0) return new Map()
  const { rows } = await pool().query<{ id: number }>(
    `SELECT s.id FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id WHERE s.id = ANY($1::int[]) AND e.backfill IN ('pending', 'running')
     AND s.deleted_at IS NULL AND s.lifecycle = 'active'`,
    [judged.map(({ id }) => id)],
  )
  const filling = new Set(rows.map(({ id }) => id))
  const found = new Map<number, string[]>()
  for (const { serviceId, id, name } of judged) if (filling.has(id)) found.set(serviceId, [...(found.get(serviceId) ?? []), name])
  return found
}
