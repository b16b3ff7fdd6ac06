import 'server-only'
import { pool } from '../db/client'
import type { Report, ReportDocument } from './document'
import type { Kept } from './reads-build'

export type NewestReport = Report & { id: number; document: ReportDocument }

/** The newest revision of a month of some services; `[null]`: of the organisation. */
export async function newestReports(serviceIds: (number | null)[], month: string): Promise<Map<number | null, NewestReport>> {
  const { rows } = await pool().query<NewestReport & { serviceId: number | null }>(
    `SELECT DISTINCT ON (service_id) service_id AS "serviceId", id, revision, changes, built_at AS "builtAt", built_by AS "builtBy", hash, document
     FROM report WHERE month = $1 AND (service_id = ANY($2::int[]) OR ($3 AND service_id IS NULL)) ORDER BY service_id, revision DESC`,
    [month, serviceIds.filter((id) => id !== null), serviceIds.includes(null)],
  )
  return new Map(rows.map(({ serviceId, ...report }) => [serviceId, report]))
}

/** What the next revision keeps of it. */
export const keptOf = (before: NewestReport | undefined): Kept | null => {
  if (!before) return null
  const { document } = before
  const sloIds = document.kind === 'service' ? document.objectives.map(({ slo }) => slo.id) : []
  return { zone: document.zone, address: document.address, sloIds }
}
