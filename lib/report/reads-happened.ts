import 'server-only'
import { DateTime } from 'luxon'
import { occurrences, scheduleSchema } from '../correction/schedule'
import { clippedTo } from '../correction/spans'
import { scheduleText } from '../correction/words'
import { pool } from '../db/client'
import { factorText } from '../format'
import { figuresOf } from '../incident/reads-cost'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { ReportRelease, ReportWaiver } from './document'
import type { IncidentFact, ServiceFacts } from './service-report'

/** What happened to some services within a stretch, by service; each only as it stood at the end of it. */

/** `slos`: of which service each was then; it may have been moved since */
type Wanted = { serviceIds: number[]; slos: { id: number; serviceId: number }[]; period: Period; asOf: UnixSeconds }
const idsOf = (slos: Wanted['slos']) => slos.map(({ id }) => id)
const ownersOf = (slos: Wanted['slos']) => slos.map(({ serviceId }) => serviceId)
export type ByService<T> = Map<number, T[]>

function byService<T>(rows: (T & { serviceId: number })[]): ByService<T> {
  const found: ByService<T> = new Map()
  for (const { serviceId, ...row } of rows) found.set(serviceId, [...(found.get(serviceId) ?? []), row as T])
  return found
}

const unix = (column: string) => `floor(extract(epoch FROM ${column}))::int`

type IncidentRow = Omit<IncidentFact, 'stretches'> & { serviceId: number }
type ImpactRow = { id: number; incidentId: number; sloId: number; from: UnixSeconds; to: UnixSeconds | null; cost: unknown }

export async function incidentsIn(wanted: Wanted, now: UnixSeconds): Promise<ByService<IncidentFact>> {
  const { serviceIds, slos, period } = wanted
  const { rows } = await pool().query<IncidentRow>(
    `SELECT DISTINCT ON (i.started_at, i.id, hit.service_id) hit.service_id AS "serviceId", i.id, i.title, i.severity::text,
       i.started_at AS "from", greatest(0, i.detected_at - i.started_at) AS "detectionSeconds", i.root_cause AS "rootCause",
       i.acknowledged_at AS "acknowledgedAt", i.mitigated_at AS "mitigatedAt", i.resolved_at AS "resolvedAt",
       i.reviewed_at AS "reviewedAt", i.retrospective_at AS "retrospectiveAt", i.false_positive AS "falsePositive",
       ${unix('i.created_at')} AS "recordedAt",
       coalesce((SELECT json_agg(json_build_object('title', a.title, 'owner', u.name, 'due', to_char(a.due_on, 'YYYY-MM-DD'),
         'doneAt', a.done_at, 'recordedAt', ${unix('a.created_at')}) ORDER BY a.id)
         FROM action_item a LEFT JOIN "user" u ON u.id = a.owner_id WHERE a.incident_id = i.id), '[]') AS actions
     FROM incident i CROSS JOIN LATERAL (
       SELECT x.service_id FROM incident_service x WHERE x.incident_id = i.id AND x.service_id = ANY($1::int[])
       UNION SELECT o.service_id FROM incident_impact p JOIN unnest($2::int[], $5::int[]) AS o (slo_id, service_id) ON o.slo_id = p.slo_id
         WHERE p.incident_id = i.id AND p.from_ts < $4 AND coalesce(p.to_ts, $4) > $3) hit
     WHERE i.started_at < $4 AND (coalesce(i.mitigated_at, i.resolved_at, $4) > $3 OR EXISTS (
       SELECT 1 FROM incident_impact p WHERE p.incident_id = i.id AND p.from_ts < $4 AND coalesce(p.to_ts, $4) > $3))
     ORDER BY i.started_at, i.id, hit.service_id`,
    [serviceIds, idsOf(slos), period.from, period.to, ownersOf(slos)],
  )
  const stretches = await stretchesOf([...new Set(rows.map(({ id }) => id))], now)
  return byService(rows.map((row) => ({ ...row, stretches: stretches.get(row.id) ?? [] })))
}

/** What incidents cost of the windows of SLOs: the figures that the portal judges them by. */
async function stretchesOf(incidentIds: number[], now: UnixSeconds): Promise<Map<number, IncidentFact['stretches']>> {
  if (incidentIds.length === 0) return new Map()
  const { rows } = await pool().query<ImpactRow>(
    `SELECT id, incident_id AS "incidentId", slo_id AS "sloId", from_ts AS "from", to_ts AS "to", cost FROM incident_impact
     WHERE incident_id = ANY($1::int[]) ORDER BY id`,
    [incidentIds],
  )
  const found = new Map<number, IncidentFact['stretches']>()
  for (const { stretch, figures } of await figuresOf(pool(), rows, now)) {
    const { incidentId, sloId } = stretch
    found.set(incidentId, [...(found.get(incidentId) ?? []), { sloId, share: figures?.share ?? null }])
  }
  return found
}

/** What it cost within a day; of releases whose day is not over at the end, within an hour. */
export async function releasesIn({ serviceIds, slos, period }: Wanted): Promise<ByService<ReportRelease>> {
  const { rows } = await pool().query<ReportRelease & { serviceId: number }>(
    `SELECT r.service_id AS "serviceId", r.id, r.version, r.released_at AS at, q.risk::text, q.decision::text,
       (SELECT json_build_object('sloId', c.slo_id, 'name', s.name, 'share', c.excess) FROM release_cost c JOIN slo s ON s.id = c.slo_id
        WHERE c.release_id = r.id AND c.slo_id = ANY($2::int[]) AND c.to_ts <= $4 ORDER BY c.horizon DESC, c.excess DESC, c.slo_id LIMIT 1) AS cost
     FROM release r LEFT JOIN release_request q ON q.release_id = r.id
     WHERE r.service_id = ANY($1::int[]) AND r.released_at > $3 AND r.released_at <= $4 ORDER BY r.released_at, r.id`,
    [serviceIds, idsOf(slos), period.from, period.to],
  )
  return byService(rows)
}

/** The last decision of the stretch about each request, counted. */
export async function decisionsIn({ serviceIds, period, asOf }: Wanted): Promise<Map<number, Record<string, number>>> {
  const { rows } = await pool().query<{ serviceId: number; decision: string; count: number }>(
    `SELECT service_id AS "serviceId", decision, count(*)::int AS count FROM (
       SELECT DISTINCT ON (e.request_id) q.service_id, e.detail->>'decision' AS decision
       FROM release_event e JOIN release_request q ON q.id = e.request_id
       WHERE e.kind = 'decided' AND q.service_id = ANY($1::int[]) AND e.at > $2 AND e.at <= $3 AND e.detail->>'decision' IS NOT NULL
       ORDER BY e.request_id, e.at DESC, e.id DESC) latest GROUP BY service_id, decision ORDER BY service_id, decision`,
    [serviceIds, period.from, Math.min(period.to, asOf)],
  )
  const found = new Map<number, Record<string, number>>()
  for (const { serviceId, decision, count } of rows) found.set(serviceId, { ...found.get(serviceId), [decision]: count })
  return found
}

type CorrectionRow = {
  serviceId: number
  id: number
  kind: 'exclusion' | 'credit'
  cause: string
  reason: string
  schedule: unknown
  minutes: number | null
  grantedAt: number | null
  requestedBy: string
  approvedBy: string | null
  slos: number[]
}

export async function correctionsIn(
  { slos, period }: Wanted,
  zoneOf: (serviceId: number) => string,
): Promise<ByService<ServiceFacts['corrections'][number]>> {
  const { rows } = await pool().query<CorrectionRow>(
    `SELECT o.service_id AS "serviceId", c.id, c.kind::text, c.cause::text, c.reason, c.schedule, c.minutes, c.granted_at AS "grantedAt",
       c.requested_by_name AS "requestedBy", c.decided_by_name AS "approvedBy", array_agg(s.id ORDER BY s.id) AS slos
     FROM correction c JOIN unnest($1::int[], $2::int[]) AS o (slo_id, service_id) ON true JOIN slo s ON s.id = o.slo_id
       AND (s.service_id = c.service_id OR EXISTS (SELECT 1 FROM correction_slo x WHERE x.correction_id = c.id AND x.slo_id = s.id))
     WHERE c.status = 'approved' GROUP BY o.service_id, c.id ORDER BY c.id, o.service_id`,
    [idsOf(slos), ownersOf(slos)],
  )
  return byService(
    rows.flatMap((row) => {
      const when = whenOf(row, period, zoneOf(row.serviceId))
      const { serviceId, id, kind, cause, reason, requestedBy, approvedBy, slos } = row
      return when === null ? [] : [{ serviceId, id, kind, cause, reason, when, requestedBy, approvedBy: approvedBy ?? '', slos }]
    }),
  )
}

const NAMED = 3

/** null: it does not touch the stretch. */
function whenOf({ schedule, minutes, grantedAt }: CorrectionRow, period: Period, zone: string): string | null {
  const at = (ts: UnixSeconds) => DateTime.fromSeconds(ts, { zone, locale: 'en' })
  if (schedule === null) {
    if (grantedAt === null || grantedAt <= period.from || grantedAt > period.to) return null
    return `${factorText(minutes ?? 0)} min, granted ${at(grantedAt).toFormat('d LLL')}`
  }
  const parsed = scheduleSchema.parse(schedule)
  const within = clippedTo(occurrences(parsed, period), period)
  if (within.length === 0) return null
  if (within.length > NAMED) return `${within.length} times: ${scheduleText(parsed)}`
  return within
    .map(({ from, to }) => {
      const [start, end] = [at(from), at(to)]
      return `${start.toFormat('d LLL HH:mm')} to ${end.toFormat(start.hasSame(end, 'day') ? 'HH:mm' : 'd LLL HH:mm')}`
    })
    .join(', ')
}

export async function waiversIn({ serviceIds, period, asOf }: Wanted): Promise<ByService<ReportWaiver>> {
  const end = Math.min(period.to, asOf)
  type Row = Omit<ReportWaiver, 'used'> & { serviceId: number; endedAt: number | null; spent: number }
  const { rows } = await pool().query<Row>(
    `SELECT w.service_id AS "serviceId", w.id, w.reason, w.active_from AS "from", w.until_ts AS until, w.status::text,
       w.asked_by_name AS "askedBy", w.budget_limit AS "limit", w.spent, w.ended_at AS "endedAt",
       coalesce((SELECT array_agg(g.person_name ORDER BY g.at, g.person_name) FROM waiver_signature g
         WHERE g.waiver_id = w.id AND g.grants), '{}') AS "signedBy"
     FROM waiver w WHERE w.service_id = ANY($1::int[]) AND w.active_from <= $3 AND coalesce(w.ended_at, w.until_ts) > $2
     ORDER BY w.active_from, w.id`,
    [serviceIds, period.from, end],
  )
  // What it goes on to spend belongs to the month in which it ends.
  return byService(
    rows.map(({ endedAt, spent, ...row }) => {
      const over = endedAt !== null && endedAt <= end
      return { ...row, status: over ? row.status : 'active', used: over ? spent : null }
    }),
  )
}
