import 'server-only'
import { pool } from '../db/client'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { CauseStretch } from './cause'

type Row = {
  kind: string
  id: number
  title: string
  severity: string
  service: string
  slug: string
  baseline: number | null
} & {
  sloId: number
  from: UnixSeconds
  to: UnixSeconds
}

/** Of the version of service `v` that was in force at `at`; before the first one, of the first. */
const saidThen = (what: string) => `SELECT ${what} FROM service_version x WHERE x.service_id = v.id
    ORDER BY x.valid_from < to_timestamp(at) DESC, CASE WHEN x.valid_from < to_timestamp(at) THEN x.version ELSE -x.version END DESC LIMIT 1`

/**
 * Services that each SLO's service needs, directly or through others: by the arrows of now (0), or by those of an instant, as
 * versions of services keep them.
 */
const UPSTREAM = `WITH RECURSIVE asked AS (SELECT w.slo_id, w.at, coalesce(w.service_id, s.service_id) AS service_id
      FROM unnest($1::int[], $4::int[], $5::int[]) AS w (slo_id, at, service_id) JOIN slo s ON s.id = w.slo_id),
    arrow AS (SELECT 0 AS at, service_id, depends_on_id FROM service_dependency
      UNION ALL SELECT i.at, v.id, d.id FROM (SELECT DISTINCT at FROM asked WHERE at > 0) i CROSS JOIN service v
        CROSS JOIN LATERAL (${saidThen('x.definition')}) r CROSS JOIN LATERAL jsonb_array_elements_text(r.definition->'dependencies') AS n (slug)
        JOIN service d ON d.slug = n.slug
      UNION ALL SELECT i.at, a.service_id, a.depends_on_id FROM (SELECT DISTINCT at FROM asked WHERE at > 0) i CROSS JOIN service_dependency a
        WHERE NOT EXISTS (SELECT 1 FROM service_version x WHERE x.service_id = a.service_id)),
    needed AS (
      SELECT q.slo_id, q.service_id AS own_id, q.at, a.depends_on_id AS service_id FROM asked q JOIN arrow a ON a.service_id = q.service_id AND a.at = q.at
      UNION SELECT n.slo_id, n.own_id, n.at, a.depends_on_id FROM needed n JOIN arrow a ON a.service_id = n.service_id AND a.at = n.at)`

/** Whose SLO it was at an instant, and the instant: arrows and names are those of then. */
export type Then = { at: UnixSeconds; serviceId: number }

/**
 * Who answers for which stretch of these SLOs within a period: incidents that they are part of, releases whose part a
 * person confirmed, incidents of services that theirs needs. What goes on ends at the end of the period.
 */
export async function causesOf(
  ids: number[],
  { from, to }: Period,
  then: (sloId: number) => Then | undefined = () => undefined,
): Promise<Map<number, CauseStretch[]>> {
  const { rows } = await pool().query<Row>(
    `${UPSTREAM}
     SELECT 'incident' AS kind, p.slo_id AS "sloId", i.id, i.title, i.severity::text, '' AS service, '' AS slug, NULL::float8 AS baseline,
       p.from_ts AS "from", coalesce(p.to_ts, $3) AS "to"
     FROM incident_impact p JOIN incident i ON i.id = p.incident_id
     WHERE p.slo_id = ANY($1::int[]) AND p.from_ts < $3 AND coalesce(p.to_ts, $3) > $2
     UNION ALL
     SELECT 'release', a.slo_id, r.id, r.version, '', v.name, v.slug, a.baseline, a.from_ts, a.to_ts
     FROM release_attribution a JOIN release r ON r.id = a.release_id JOIN service v ON v.id = r.service_id
     WHERE a.slo_id = ANY($1::int[]) AND a.status = 'confirmed' AND a.from_ts < $3 AND a.to_ts > $2
     UNION ALL
     SELECT DISTINCT 'dependency', n.slo_id, i.id, i.title, i.severity::text,
       CASE WHEN n.at = 0 THEN v.name ELSE coalesce((${saidThen("x.definition->>'name'")}), v.name) END, v.slug, NULL::float8, i.started_at,
       coalesce(i.mitigated_at, i.resolved_at, $3)
     FROM needed n JOIN incident_service m ON m.service_id = n.service_id JOIN incident i ON i.id = m.incident_id
     JOIN service v ON v.id = n.service_id
     WHERE n.service_id <> n.own_id AND i.started_at < $3 AND coalesce(i.mitigated_at, i.resolved_at, $3) > $2 AND NOT i.false_positive`,
    [ids, from, to, ids.map((id) => then(id)?.at ?? 0), ids.map((id) => then(id)?.serviceId ?? null)],
  )
  const found = new Map<number, CauseStretch[]>()
  for (const row of rows) {
    const stretch = stretchOf(row, { from, to })
    if (stretch.to > stretch.from) found.set(row.sloId, [...(found.get(row.sloId) ?? []), stretch])
  }
  return found
}

function stretchOf(row: Row, within: Period): CauseStretch {
  const { id, title, severity, service } = row
  const place = { from: Math.max(row.from, within.from), to: Math.min(row.to, within.to) }
  if (row.kind === 'release')
    return { ...place, baseline: row.baseline ?? 0, cause: { kind: 'release', id, version: title, service, slug: row.slug } }
  if (row.kind === 'dependency') return { ...place, cause: { kind: 'dependency', id, title, service } }
  return { ...place, cause: { kind: 'incident', id, title, severity } }
}
