import 'server-only'
import { pool } from '../db/client'
import { monthPeriod } from '../ledger/period'
import type { UnixSeconds } from '../time-series/units'
import type { OrganisationReport, ServiceReport } from './document'
import { extractOf, organisationReport, type ServiceExtract } from './organisation-report'
import { buildServices } from './reads-build'

/** Documents that are held at a time: of each only what the organisation's report says is kept. */
const AT_A_TIME = 25

/**
 * The report of all services for a month: from their newest stored reports, and for those that have none, from what is
 * known now. Services without SLOs that are measured have no part in it.
 */
export async function buildOrganisation(
  month: string,
  { zone, address }: { zone: string; address: string | null },
  now: UnixSeconds,
): Promise<OrganisationReport> {
  const period = monthPeriod(month, zone)
  const extracts = await storedExtracts(month)
  const missing = await measuredServices(extracts.map(({ id }) => id))
  for (let i = 0; i < missing.length; i += AT_A_TIME) {
    const wanted = missing.slice(i, i + AT_A_TIME).map((serviceId) => ({ serviceId, month, kept: null }))
    for (const [id, document] of await buildServices(wanted, now)) extracts.push({ id, ...extractOf(document) })
  }
  const asOf = Math.max(period.from, Math.min(period.to, now))
  return organisationReport(extracts.map(withoutId), { month, zone, period, asOf }, address)
}

const withoutId = ({ id: _, ...extract }: ServiceExtract & { id: number }): ServiceExtract => extract

async function storedExtracts(month: string): Promise<(ServiceExtract & { id: number })[]> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT DISTINCT ON (service_id) id FROM report WHERE month = $1 AND service_id IS NOT NULL ORDER BY service_id, revision DESC`,
    [month],
  )
  const found: (ServiceExtract & { id: number })[] = []
  for (let i = 0; i < rows.length; i += AT_A_TIME) {
    const { rows: documents } = await pool().query<{ id: number; document: ServiceReport }>(
      'SELECT service_id AS id, document FROM report WHERE id = ANY($1::int[]) ORDER BY service_id',
      [rows.slice(i, i + AT_A_TIME).map(({ id }) => id)],
    )
    found.push(...documents.map(({ id, document }) => ({ id, ...extractOf(document) })))
  }
  return found
}

async function measuredServices(without: number[]): Promise<number[]> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT v.id FROM service v WHERE v.id <> ALL($1::int[]) AND EXISTS (
       SELECT 1 FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id WHERE s.service_id = v.id AND s.deleted_at IS NULL
         AND s.lifecycle = 'active' AND e.history_from IS NOT NULL) ORDER BY v.id`,
    [without],
  )
  return rows.map(({ id }) => id)
}
