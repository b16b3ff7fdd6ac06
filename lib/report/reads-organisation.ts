import 'server-only'
import { pool } from '../db/client'
import { monthPeriod } from '../ledger/period'
import type { UnixSeconds } from '../time-series/units'
import type { OrganisationReport, ServiceReport } from './document'
import { settled } from './hash'
import { extractOf, organisationReport, type ServiceExtract } from './organisation-report'
import { buildServices, placesOf } from './reads-build'
import { membersOf } from './reads-members'

/** Of the report that there is already: its services by slug, so that a month is always about the same; null: all that were measured in it. */
export type OrganisationKept = { zone: string; address: string | null; slugs: string[] | null }

/** Documents that are held at a time: of each only what the organisation's report says is kept. */
export const AT_A_TIME = 25

/**
 * The report of all services for a month: from their newest stored reports, and for those that have none, from what is
 * known now. Services without SLOs that are measured have no part in it.
 */
export async function buildOrganisation(
  month: string,
  { zone, address, slugs }: OrganisationKept,
  now: UnixSeconds,
): Promise<OrganisationReport> {
  const period = monthPeriod(month, zone)
  const extracts = await storedExtracts(month, slugs)
  const missing = slugs === null ? await withoutReport(month, now) : []
  for (let i = 0; i < missing.length; i += AT_A_TIME) {
    const wanted = missing.slice(i, i + AT_A_TIME).map((serviceId) => ({ serviceId, month, before: null }))
    for (const [id, document] of await buildServices(await placesOf(wanted, now), now))
      extracts.push({ id, ...extractOf(document) })
  }
  const asOf = Math.max(period.from, Math.min(period.to, now))
  return organisationReport(extracts.map(withoutId), { month, zone, period, asOf }, address)
}

const withoutId = ({ id: _, ...extract }: ServiceExtract & { id: number }): ServiceExtract => extract

async function storedExtracts(month: string, slugs: string[] | null): Promise<(ServiceExtract & { id: number })[]> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT DISTINCT ON (service_id) r.id FROM report r JOIN service v ON v.id = r.service_id
     WHERE r.month = $1 AND ($2::text[] IS NULL OR v.slug = ANY($2)) ORDER BY service_id, revision DESC`,
    [month, slugs],
  )
  const found: (ServiceExtract & { id: number })[] = []
  for (let i = 0; i < rows.length; i += AT_A_TIME) {
    const { rows: documents } = await pool().query<{ id: number; document: ServiceReport }>(
      'SELECT service_id AS id, document FROM report WHERE id = ANY($1::int[]) ORDER BY service_id',
      [rows.slice(i, i + AT_A_TIME).map(({ id }) => id)],
    )
    found.push(...documents.map(({ id, document }) => ({ id, ...extractOf(settled(document)) })))
  }
  return found
}

export type Part = { id: number; zone: string; name: string; stored: boolean }

/** Services that something was measured of in a month of their zone, and whether they have a report of it; in the order of their numbers. */
export async function servicesIn(month: string, now: UnixSeconds): Promise<Part[]> {
  const { rows } = await pool().query<Part>(
    `SELECT v.id, v.time_zone AS zone, v.name, EXISTS (SELECT 1 FROM report r WHERE r.service_id = v.id AND r.month = $1) AS stored
     FROM service v ORDER BY v.id`,
    [month],
  )
  const places = rows.map(({ id, zone }) => {
    const period = monthPeriod(month, zone)
    return { serviceId: id, period, asOf: Math.min(period.to, now) }
  })
  const measured = new Set((await membersOf(places)).filter((one) => one.measured).map(({ serviceId }) => serviceId))
  return rows.filter(({ id }) => measured.has(id))
}

/** Those of them that have none. */
export const withoutReport = async (month: string, now: UnixSeconds): Promise<number[]> =>
  (await servicesIn(month, now)).filter(({ stored }) => !stored).map(({ id }) => id)

/** How many reports of services there are of a month; they are never changed, so more is all that can happen. */
export async function countStored(month: string): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    'SELECT count(*)::int AS count FROM report WHERE month = $1 AND service_id IS NOT NULL',
    [month],
  )
  return rows[0]?.count ?? 0
}
