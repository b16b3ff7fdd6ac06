import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { env } from '../env'
import type { UnixSeconds } from '../time-series/units'
import { monthOf, monthsLater } from './month'
import { canReadReports, WHO_READS } from './policy'

/** The newest revision of one month of one service, as a list shows it. */
export type MatrixCell = {
  month: string
  revision: number
  met: number
  judged: number
  leastLeft: number | null
  builtAt: UnixSeconds
}
export type MatrixRow = {
  /** null: the organisation */
  service: { slug: string; name: string; tier: string; team: string } | null
  cells: MatrixCell[]
}
export type ReportMatrix = {
  /** the running month last; oldest first */
  months: string[]
  /** the organisation first, if anything was measured or kept, then services by name */
  rows: MatrixRow[]
  /** services that fit the search, shown or not */
  all: number
}

const SHOWN = 200
const MONTHS = 7

const CELLS = `coalesce((SELECT json_agg(json_build_object('month', c.month, 'revision', c.revision, 'met', c.met, 'judged', c.judged,
    'leastLeft', c.least_left, 'builtAt', c.built_at)) FROM (
      SELECT DISTINCT ON (month) * FROM report WHERE service_id IS NOT DISTINCT FROM v.id AND month = ANY($1::text[])
      ORDER BY month, revision DESC) c), '[]') AS cells`

/** The running month and the ones before it, oldest first, in the zone of the organisation. */
export function reportMonths(count = 13, now = Math.floor(Date.now() / 1000)): string[] {
  const running = monthOf(now + 1, env().HEADROOM_TIME_ZONE)
  return Array.from({ length: count }, (_, i) => monthsLater(running, i + 1 - count))
}

/** Which months of which services have a report: services that measure something, or that have one. */
export async function reportMatrix(actor: Actor, q: string, now = Math.floor(Date.now() / 1000)): Promise<ReportMatrix> {
  authorize(canReadReports(actor), WHO_READS)
  const months = reportMonths(MONTHS, now)
  const { rows } = await pool().query<MatrixRow & { all: number }>(
    `SELECT json_build_object('slug', v.slug, 'name', v.name, 'tier', v.tier, 'team', t.name) AS service, ${CELLS},
       count(*) OVER ()::int AS all
     FROM service v JOIN team t ON t.id = v.team_id
     WHERE ($2 = '' OR strpos(lower(v.name || ' ' || v.slug || ' ' || t.name || ' ' || v.tier::text), lower($2)) > 0)
       AND (EXISTS (SELECT 1 FROM report r WHERE r.service_id = v.id)
         OR EXISTS (SELECT 1 FROM slo s WHERE s.service_id = v.id AND s.deleted_at IS NULL AND s.lifecycle = 'active'))
     ORDER BY lower(v.name), v.id LIMIT ${SHOWN}`,
    [months, q.trim()],
  )
  const { rows: whole } = await pool().query<MatrixRow>(`SELECT NULL AS service, ${CELLS} FROM (SELECT NULL::int AS id) v`, [
    months,
  ])
  const services = rows.map(({ service, cells }) => ({ service, cells }))
  return { months, rows: q.trim() === '' && services.length > 0 ? [...whole, ...services] : services, all: rows[0]?.all ?? 0 }
}

type Named = { slug: string; name: string }

/** Teams that have a service, by name, for a choice. */
export async function reportTeams(actor: Actor): Promise<Named[]> {
  authorize(canReadReports(actor), WHO_READS)
  const { rows } = await pool().query<Named>(
    'SELECT t.slug, t.name FROM team t WHERE EXISTS (SELECT 1 FROM service v WHERE v.team_id = t.id) ORDER BY lower(t.name), t.id',
  )
  return rows
}

/** Services by name, for a choice. */
export async function reportChoices(actor: Actor): Promise<Named[]> {
  authorize(canReadReports(actor), WHO_READS)
  const { rows } = await pool().query<Named>(
    `SELECT v.slug, v.name FROM service v WHERE EXISTS (SELECT 1 FROM report r WHERE r.service_id = v.id)
       OR EXISTS (SELECT 1 FROM slo s WHERE s.service_id = v.id AND s.deleted_at IS NULL AND s.lifecycle = 'active')
     ORDER BY lower(v.name), v.id`,
  )
  return rows
}
