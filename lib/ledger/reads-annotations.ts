import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { canReadSlos } from '../slo/policy'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { Annotation } from './annotation'

type Row = {
  kind: Annotation['kind']
  id: number
  from: UnixSeconds
  to: UnixSeconds | null
  name: string
  title: string
  path: string
}

/** More marks than this would be one bar. */
const MOST = 400

/** What a chart does not show when it changes. */
const NOT_MEASURED = "'{name,slug,description,labels,gating,service,objectiveGroup}'"

/**
 * Incidents, releases and alerts of an SLO within a stretch, changes of its definition that the figures show, and incidents of what its
 * service needs; oldest first.
 */
export async function annotationsOf(actor: Actor, id: number, { from, to }: Period): Promise<Annotation[]> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { rows } = await pool().query<Row>(
    `WITH RECURSIVE needed AS (
       SELECT d.depends_on_id AS service_id FROM slo s JOIN service_dependency d ON d.service_id = s.service_id WHERE s.id = $1
       UNION SELECT d.depends_on_id FROM needed n JOIN service_dependency d ON d.service_id = n.service_id)
     SELECT * FROM (
       SELECT 'incident' AS kind, i.id, p.from_ts AS "from", p.to_ts AS "to", '' AS name, i.title, '/incidents/' || i.id AS path
       FROM incident_impact p JOIN incident i ON i.id = p.incident_id WHERE p.slo_id = $1
       UNION ALL
       SELECT DISTINCT 'dependency', i.id, i.started_at, coalesce(i.mitigated_at, i.resolved_at), v.name, i.title, '/incidents/' || i.id
       FROM needed n JOIN incident_service x ON x.service_id = n.service_id JOIN incident i ON i.id = x.incident_id
       JOIN service v ON v.id = n.service_id
       WHERE n.service_id <> (SELECT service_id FROM slo WHERE id = $1)
         AND NOT EXISTS (SELECT 1 FROM incident_impact p WHERE p.incident_id = i.id AND p.slo_id = $1)
       UNION ALL
       SELECT 'release', r.id, r.released_at, r.released_at, r.version, r.description,
         '/releases/history?service=' || v.slug FROM slo s JOIN release r ON r.service_id = s.service_id JOIN service v ON v.id = s.service_id
       WHERE s.id = $1
       UNION ALL
       SELECT 'definition', c.version, c.at, c.at, 'v' || c.version, concat_ws(', and ', c.first, nullif(c.more, 0) || ' more'),
         '/slos/' || $1::int || '/versions'
       FROM (SELECT version, extract(epoch FROM valid_from)::int AS at, (SELECT c FROM jsonb_array_elements_text(changes) c WHERE c <> 'Activated' LIMIT 1) AS first, jsonb_array_length(changes - 'Activated') - 1 AS more,
           definition - ${NOT_MEASURED}::text[] AS measured,
           lag(definition - ${NOT_MEASURED}::text[]) OVER (ORDER BY version) AS before
         FROM slo_version WHERE slo_id = $1) c
       WHERE c.version > 1 AND c.measured IS DISTINCT FROM c.before
       UNION ALL
       SELECT a.severity, a.id, a.fired_at, a.resolved_at, '', '', '/alerts?shown=' || a.id
       FROM alert a WHERE a.slo_id = $1 AND a.fired_at IS NOT NULL) marks
     WHERE "from" <= $3 AND coalesce("to", $3) >= $2 ORDER BY "from" DESC LIMIT ${MOST}`,
    [id, from, to],
  )
  return rows.reverse().map(({ name, path, ...row }) => ({ ...row, href: path, label: labelOf(row.kind, row.id, name) }))
}

const labelOf = (kind: Annotation['kind'], id: number, name: string): string =>
  kind === 'incident' ? `INC-${id}` : kind === 'page' || kind === 'ticket' ? kind : name
