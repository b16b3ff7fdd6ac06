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

/** Services that each SLO's service needs, directly or through others. */
const UPSTREAM = `WITH RECURSIVE needed AS (
    SELECT s.id AS slo_id, d.depends_on_id AS service_id FROM slo s JOIN service_dependency d ON d.service_id = s.service_id
    WHERE s.id = ANY($1::int[])
    UNION SELECT n.slo_id, d.depends_on_id FROM needed n JOIN service_dependency d ON d.service_id = n.service_id)`

/**
 * Who answers for which stretch of these SLOs within a period: incidents that they are part of, releases whose part a
 * person confirmed, incidents of services that theirs needs. What goes on ends at the end of the period.
 */
export async function causesOf(ids: number[], { from, to }: Period): Promise<Map<number, CauseStretch[]>> {
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
     SELECT DISTINCT 'dependency', n.slo_id, i.id, i.title, i.severity::text, v.name, v.slug, NULL::float8, i.started_at,
       coalesce(i.mitigated_at, i.resolved_at, $3)
     FROM needed n JOIN slo s ON s.id = n.slo_id AND s.service_id <> n.service_id
     JOIN incident_service x ON x.service_id = n.service_id JOIN incident i ON i.id = x.incident_id
     JOIN service v ON v.id = n.service_id
     WHERE i.started_at < $3 AND coalesce(i.mitigated_at, i.resolved_at, $3) > $2 AND NOT i.false_positive`,
    [ids, from, to],
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
