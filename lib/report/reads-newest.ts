import 'server-only'
import { pool } from '../db/client'
import type { OrganisationReport, Report, ReportDocument, ServiceReport } from './document'
import { settled } from './hash'

export type NewestReport = Report & { id: number; document: ReportDocument }

/** The newest revision of a month of some services; `[null]`: of the organisation. */
export async function newestReports(serviceIds: (number | null)[], month: string): Promise<Map<number | null, NewestReport>> {
  const { rows } = await pool().query<NewestReport & { serviceId: number | null }>(
    `SELECT DISTINCT ON (service_id) service_id AS "serviceId", id, revision, changes, built_at AS "builtAt", built_by AS "builtBy", hash, document
     FROM report WHERE month = $1 AND (service_id = ANY($2::int[]) OR ($3 AND service_id IS NULL)) ORDER BY service_id, revision DESC`,
    [month, serviceIds.filter((id) => id !== null), serviceIds.includes(null)],
  )
  return new Map(rows.map(({ serviceId, ...report }) => [serviceId, { ...report, document: settled(report.document) }]))
}

export const serviceOf = (report: NewestReport | undefined): ServiceReport | null =>
  report?.document.kind === 'service' ? report.document : null
export const organisationOf = (report: NewestReport | undefined): OrganisationReport | null =>
  report?.document.kind === 'organisation' ? report.document : null
