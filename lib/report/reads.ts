import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { env } from '../env'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { refuseAhead, refuseOld } from './buildable'
import type { Report, ReportDocument } from './document'
import { hashOf, settled } from './hash'
import { canReadReports, WHO_READS } from './policy'
import { buildServices, placesOf } from './reads-build'
import { buildOrganisation } from './reads-organisation'
import { ORGANISATION, type ReportFilter, type ReportKey } from './schema'

/** A stored report in a list. */
export type ReportSummary = {
  id: number
  /** null: of the organisation */
  service: { slug: string; name: string } | null
  month: string
  zone: string
  /** the newest one of the month */
  revision: number
  builtAt: UnixSeconds
  builtBy: string
  /** objectives met of those that could be judged */
  met: number
  judged: number
  /** of a budget; null: none could be judged */
  leastLeft: number | null
}
export type ReportPage = { items: ReportSummary[]; next: number | null }

const PAGE = 50
const COLUMNS = 'id, service_id, month, zone, revision, built_at, built_by, met, judged, least_left'
const SUMMARY = `r.id, CASE WHEN v.id IS NULL THEN NULL ELSE json_build_object('slug', v.slug, 'name', v.name) END AS service, r.month, r.zone,
  r.revision, r.built_at AS "builtAt", r.built_by AS "builtBy", r.met, r.judged, r.least_left AS "leastLeft"`

/** Stored reports, the newest month first and in it the organisation's, then by service; only the newest revision of each. */
export async function readReports(actor: Actor, { service, month, cursor }: Partial<ReportFilter> = {}): Promise<ReportPage> {
  authorize(canReadReports(actor), WHO_READS)
  const { rows } = await pool().query<ReportSummary>(
    `WITH of_service AS (SELECT DISTINCT ON (service_id, month) ${COLUMNS} FROM report
         WHERE service_id IS NOT NULL AND ($1::text IS NULL OR service_id = (SELECT id FROM service WHERE slug = $1))
           AND ($2::text IS NULL OR month = $2) ORDER BY service_id, month, revision DESC),
       of_all AS (SELECT DISTINCT ON (month) ${COLUMNS} FROM report
         WHERE service_id IS NULL AND coalesce($1::text, '${ORGANISATION}') = '${ORGANISATION}' AND ($2::text IS NULL OR month = $2)
         ORDER BY month, revision DESC)
     SELECT ${SUMMARY} FROM (SELECT * FROM of_service UNION ALL SELECT * FROM of_all) r LEFT JOIN service v ON v.id = r.service_id
     ORDER BY r.month DESC, r.service_id IS NOT NULL, v.name, r.id OFFSET $3 LIMIT ${PAGE + 1}`,
    [service ?? null, month ?? null, cursor ?? 0],
  )
  const next = rows.length > PAGE ? (cursor ?? 0) + PAGE : null
  return { items: rows.slice(0, PAGE), next }
}

type Row = Omit<Report, 'document'> & { document: ReportDocument }
const REPORT = `SELECT r.id, r.revision, r.changes, r.built_at AS "builtAt", r.built_by AS "builtBy", r.hash, r.document
  FROM report r LEFT JOIN service v ON v.id = r.service_id`

/** A stored report: the newest revision, unless one is named; null when there is none. `service` null: of the organisation. */
export async function readReport(
  actor: Actor,
  { service, month, revision }: Pick<ReportKey, 'service' | 'month'> & { revision?: number | undefined },
): Promise<Report | null> {
  authorize(canReadReports(actor), WHO_READS)
  const { rows } = await pool().query<Row>(
    `${REPORT} WHERE v.slug IS NOT DISTINCT FROM $1 AND r.month = $2 AND ($3::int IS NULL OR r.revision = $3)
     ORDER BY r.revision DESC LIMIT 1`,
    [service, month, revision ?? null],
  )
  // As it was rendered when it was kept: the database has an order of keys of its own.
  return rows[0] ? { ...rows[0], document: settled(rows[0].document) } : null
}

export type Revision = Pick<Report, 'revision' | 'changes' | 'builtAt' | 'builtBy' | 'hash'> & { id: number }

/** Every revision of a month, the newest first. */
export async function readRevisions(actor: Actor, { service, month }: Pick<ReportKey, 'service' | 'month'>): Promise<Revision[]> {
  authorize(canReadReports(actor), WHO_READS)
  const { rows } = await pool().query<Revision>(
    `SELECT r.id, r.revision, r.changes, r.built_at AS "builtAt", r.built_by AS "builtBy", r.hash
     FROM report r LEFT JOIN service v ON v.id = r.service_id
     WHERE v.slug IS NOT DISTINCT FROM $1 AND r.month = $2 ORDER BY r.revision DESC`,
    [service, month],
  )
  return rows
}

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)

/** The report of a month as it would be built now: of the running month, or of one that was never built. Kept nowhere. */
export async function readPreview(
  actor: Actor,
  { service, month }: Pick<ReportKey, 'service' | 'month'>,
  now = clock(),
): Promise<Report> {
  authorize(canReadReports(actor), WHO_READS)
  const document = await previewOf(service, month, now)
  return { id: null, revision: 0, changes: [], builtAt: now, builtBy: 'preview', hash: hashOf(document), document }
}

async function previewOf(slug: string | null, month: string, now: UnixSeconds): Promise<ReportDocument> {
  if (slug === null) {
    const zone = env().HEADROOM_TIME_ZONE
    refuseAhead(month, zone, now)
    refuseOld(month, zone, now)
    await refuseMany()
    return settled(await buildOrganisation(month, { zone, address: env().NEXTAUTH_URL, slugs: null }, now))
  }
  const service = await serviceNamed(slug)
  refuseAhead(month, service.zone, now)
  refuseOld(month, service.zone, now)
  const places = await placesOf([{ serviceId: service.id, month, before: null }], now)
  const document = (await buildServices(places, now)).get(service.id)
  if (!document) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  return document
}

/** Each service is counted anew for a preview of all. */
const MOST_PREVIEWED = 200

async function refuseMany(): Promise<void> {
  const { rows } = await pool().query<{ count: number }>('SELECT count(*)::int AS count FROM service')
  const count = rows[0]?.count ?? 0
  if (count > MOST_PREVIEWED)
    throw new HeadroomError(
      'CONFLICT',
      `A preview of ${count} services takes too long. Look at services one by one, or build the month when it is over.`,
    )
}

/** Throws NOT_FOUND. */
export async function serviceNamed(
  slug: string,
): Promise<{ id: number; name: string; zone: string; tier: string; team: string }> {
  const { rows } = await pool().query<{ id: number; name: string; zone: string; tier: string; team: string }>(
    `SELECT v.id, v.name, v.time_zone AS zone, v.tier::text AS tier, t.name AS team FROM service v JOIN team t ON t.id = v.team_id
     WHERE v.slug = $1`,
    [slug],
  )
  if (!rows[0]) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  return rows[0]
}
