import type pg from 'pg'
import { recordAuditOn } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { keepMarks } from '../measurement/marks'
import type { UnixSeconds } from '../time-series/units'
import { edgeAfter, edgeBefore } from './edges'
import type { Event } from './schema'
import type { Severity } from './severity'

/** How programs write incidents, in raw transactions of theirs: the poller, and whoever receives alerts. */

type Queryable = Pick<pg.Pool, 'query'>
export const POLLER: Actor = { type: 'system', job: 'poller' }
export const HEADROOM = 'Headroom'

/** One at a time opens incidents or joins them, so that two programs that notice the same do not open two. Until the transaction ends. */
export const oneAtATime = (client: Queryable) => client.query(`SELECT pg_advisory_xact_lock(hashtext('incident'))`)

/** A line on the timeline; without an author it is Headroom's own. */
export async function writeEvent(client: Queryable, incidentId: number, event: Event, author?: Actor): Promise<void> {
  await client.query(
    `INSERT INTO incident_event (incident_id, at, kind, text, detail, author_id, author_name) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      incidentId,
      ...[event.at, event.kind, event.text, event.detail === undefined ? null : JSON.stringify(event.detail)],
      ...(author ? [actorId(author), actorName(author)] : [null, HEADROOM]),
    ],
  )
}

export type NewIncident = {
  title: string
  summary: string
  severity: Severity
  origin: 'alert' | 'webhook'
  startedAt: UnixSeconds
  detectedAt: UnixSeconds
  suspectedId: number | null
  serviceIds: number[]
  /** what the timeline says about its beginning */
  text: string
}

/** Opens an incident without SLOs; `beginImpact` adds them. */
export async function insertIncident(client: Queryable, incident: NewIncident, by: Actor): Promise<number> {
  const { title, summary, severity, origin, startedAt, detectedAt, suspectedId, serviceIds, text } = incident
  const name = by.type === 'system' ? HEADROOM : actorName(by)
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO incident (title, summary, severity, origin, started_at, detected_at, suspected_release_id, opened_by, opened_by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [title, summary, severity, origin, startedAt, detectedAt, suspectedId, actorId(by), name],
  )
  const id = rows[0]?.id as number
  await joinServices(client, id, serviceIds)
  await writeEvent(client, id, { at: detectedAt, kind: 'opened', text }, by.type === 'system' ? undefined : by)
  const after = { title, severity, origin, startedAt, detectedAt, services: serviceIds }
  await recordAuditOn(client, by, { action: 'incident.open', entityType: 'incident', entityId: id, after })
  return id
}

export async function joinServices(client: Queryable, id: number, serviceIds: number[]): Promise<void> {
  await client.query('INSERT INTO incident_service SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING', [id, serviceIds])
}

/**
 * An SLO begins to be hit, from then on or since the end of its last stretch; nothing happens when it is being hit already.
 * `now`: what the ledger still keeps.
 */
export async function beginImpact(
  client: Queryable,
  { id, sloId, from }: { id: number; sloId: number; from: UnixSeconds },
  now: UnixSeconds,
): Promise<boolean> {
  const { rows } = await client.query<{ from: number; to: number | null }>(
    'SELECT from_ts AS "from", to_ts AS "to" FROM incident_impact WHERE incident_id = $1 AND slo_id = $2',
    [id, sloId],
  )
  if (rows.some(({ to }) => to === null)) return false
  const begin = Math.max(edgeBefore(from), ...rows.map(({ to }) => to ?? 0))
  await client.query('INSERT INTO incident_impact (incident_id, slo_id, from_ts) VALUES ($1, $2, $3)', [id, sloId, begin])
  await keepMarks(client, [{ sloId, ts: begin }], now)
  return true
}

/** Open stretches end; those of `sloIds`, or all. An end before the beginning leaves a stretch without length. */
export async function endImpacts(
  client: Queryable,
  { id, sloIds, to }: { id: number; sloIds?: number[]; to: UnixSeconds },
  now: UnixSeconds,
): Promise<void> {
  const { rows } = await client.query<{ sloId: number; ts: number }>(
    `UPDATE incident_impact SET to_ts = greatest(from_ts, $2) WHERE incident_id = $1 AND to_ts IS NULL
     AND ($3::int[] IS NULL OR slo_id = ANY($3)) RETURNING slo_id AS "sloId", to_ts AS ts`,
    [id, edgeAfter(to), sloIds ?? null],
  )
  await keepMarks(client, rows, now)
}

/** The harm ended at `at`; an incident that is not burning any more stays as it is. True when something changed. */
export async function markMitigated(
  client: Queryable,
  { id, at, text }: { id: number; at: UnixSeconds; text: string },
  by: Actor,
  now: UnixSeconds,
): Promise<boolean> {
  const { rows } = await client.query<{ version: number; at: number }>(
    `UPDATE incident SET status = 'mitigated', mitigated_at = greatest(started_at, $2), version = version + 1
     WHERE id = $1 AND status IN ('detected', 'acknowledged') RETURNING version, mitigated_at AS at`,
    [id, at],
  )
  const found = rows[0]
  if (!found) return false
  await endImpacts(client, { id, to: found.at }, now)
  await writeEvent(client, id, { at: found.at, kind: 'status', text, detail: { version: found.version } })
  await auditStatus(client, id, by, { status: 'mitigated', mitigatedAt: found.at, version: found.version })
  return true
}

/** It burns again: every end is forgotten, and so are the final figures. */
export async function markReopened(
  client: Queryable,
  { id, at, text }: { id: number; at: UnixSeconds; text: string },
  by: Actor,
): Promise<void> {
  const { rows } = await client.query<{ version: number; status: string }>(
    `UPDATE incident SET status = (CASE WHEN acknowledged_at IS NULL THEN 'detected' ELSE 'acknowledged' END)::incident_status,
       mitigated_at = NULL, resolved_at = NULL, version = version + 1
     WHERE id = $1 AND status IN ('mitigated', 'resolved') RETURNING version, status::text`,
    [id],
  )
  const found = rows[0]
  if (!found) return
  await client.query('UPDATE incident_impact SET cost = NULL WHERE incident_id = $1', [id])
  await writeEvent(client, id, { at, kind: 'status', text, detail: { version: found.version, verb: 'reopen' } })
  await auditStatus(client, id, by, { status: found.status, version: found.version })
}

const auditStatus = (client: Queryable, id: number, by: Actor, after: Record<string, string | number>) =>
  recordAuditOn(client, by, { action: 'incident.status', entityType: 'incident', entityId: id, after })
