import 'server-only'
import { pool } from '../db/client'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'

export type Member = {
  serviceId: number
  sloId: number
  /** its history began before the end */
  measured: boolean
}
type Place = { serviceId: number; period: Period; asOf: UnixSeconds }

const SAID = `SELECT x.definition->>'service' AS slug FROM slo_version x WHERE x.slo_id = s.id
  ORDER BY x.valid_from < to_timestamp(w.ends) DESC, CASE WHEN x.valid_from < to_timestamp(w.ends) THEN x.version ELSE -x.version END DESC LIMIT 1`

/**
 * The SLOs of services in their months: those that the service had at the end of it, that began before that, and that were not
 * deleted before the month began.
 */
export async function membersOf(places: Place[]): Promise<Member[]> {
  if (places.length === 0) return []
  const { rows } = await pool().query<Member>(
    `WITH w AS (SELECT v.id, v.slug, w.begins, w.ends FROM unnest($1::int[], $2::int[], $3::int[]) AS w (id, begins, ends)
         JOIN service v ON v.id = w.id),
       candidate AS (SELECT w.id, s.id AS slo_id FROM w JOIN slo s ON s.service_id = w.id
         UNION SELECT w.id, x.slo_id FROM w JOIN slo_version x ON x.definition->>'service' = w.slug)
     SELECT w.id AS "serviceId", s.id AS "sloId", coalesce(e.history_from < w.ends, false) AS measured
     FROM candidate c JOIN w ON w.id = c.id JOIN slo s ON s.id = c.slo_id JOIN service own ON own.id = s.service_id
     LEFT JOIN slo_evaluation e ON e.slo_id = s.id LEFT JOIN LATERAL (${SAID}) d ON true
     WHERE s.lifecycle = 'active' AND coalesce(d.slug, own.slug) = w.slug
       AND (s.deleted_at IS NULL OR s.deleted_at > to_timestamp(w.begins))
       AND (e.history_from < w.ends
         OR EXISTS (SELECT 1 FROM slo_version x WHERE x.slo_id = s.id AND x.valid_from < to_timestamp(w.ends)))
     ORDER BY w.id, s.id`,
    [
      places.map(({ serviceId }) => serviceId),
      places.map(({ period }) => period.from),
      places.map(({ period, asOf }) => Math.min(period.to, asOf)),
    ],
  )
  return rows
}
