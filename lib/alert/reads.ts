import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { evidenceSchema } from './evidence'
import { canReadAlerts, WHO_READS } from './policy'
import type { AlertFilter, AlertInfo } from './schema'
import type { Mute } from './transition'

type Row = Omit<AlertInfo, 'slo' | 'service' | 'policy' | 'incident' | 'events'> & {
  sloId: number
  name: string
  target: number
  serviceSlug: string
  serviceName: string
  policyName: string
  policyVersion: number
  incidentId: number | null
  incidentTitle: string | null
}

const ROWS = `SELECT a.id, a.slo_id AS "sloId", s.name, s.target, v.slug AS "serviceSlug", v.name AS "serviceName", a.severity, a.long, a.short,
  a.state::text, a.pending_since AS "pendingSince", a.fired_at AS "firedAt", a.held_at AS "heldAt", a.resolved_at AS "resolvedAt",
  a.frozen_since AS "frozenSince", a.policy_name AS "policyName", a.policy_version AS "policyVersion", a.evidence,
  a.end_evidence AS "endEvidence", a.muted, a.peak_burn AS "peakBurn", i.id AS "incidentId", i.title AS "incidentTitle"
  FROM alert a JOIN slo s ON s.id = a.slo_id JOIN service v ON v.id = s.service_id LEFT JOIN incident i ON i.id = a.incident_id`

const MOST = 200

/**
 * Alerts, what fires now first and then the newest. Those that ended before they fired are left out: `pending` asks for
 * what may fire soon.
 */
export async function listAlerts(actor: Actor, filter: AlertFilter = {}, most = MOST): Promise<AlertInfo[]> {
  authorize(canReadAlerts(actor), WHO_READS)
  const { rows } = await pool().query<Row>(
    `${ROWS} WHERE ($1::text IS NULL OR a.state = $1::alert_state) AND (a.fired_at IS NOT NULL OR a.state = 'pending')
       AND ($2::text IS NULL OR a.severity = $2) AND ($3::int IS NULL OR a.slo_id = $3) AND ($4::text IS NULL OR v.slug = $4)
     ORDER BY a.state = 'firing' DESC, a.state = 'pending' DESC, a.severity = 'page' AND a.state = 'firing' DESC,
       coalesce(a.fired_at, a.pending_since) DESC, a.id DESC LIMIT $5`,
    [filter.state ?? null, filter.severity ?? null, filter.slo ?? null, filter.service ?? null, most],
  )
  const events = await eventsOf(rows.map(({ id }) => id))
  return rows.map((row) => infoOf(row, events.get(row.id) ?? []))
}

type EventRow = AlertInfo['events'][number] & { alertId: number; detail: { why?: string; mute?: Mute } | null }

async function eventsOf(ids: number[]): Promise<Map<number, AlertInfo['events']>> {
  const { rows } = await pool().query<EventRow>(
    'SELECT alert_id AS "alertId", at, kind, detail FROM alert_event WHERE alert_id = ANY($1::int[]) ORDER BY id',
    [ids],
  )
  const found = new Map<number, AlertInfo['events']>()
  for (const { alertId, at, kind, detail } of rows) {
    const event = { at, kind, why: detail?.why ?? null, mute: detail?.mute ?? null }
    found.set(alertId, [...(found.get(alertId) ?? []), event])
  }
  return found
}

function infoOf(row: Row, events: AlertInfo['events']): AlertInfo {
  const { sloId, name, target, serviceSlug, serviceName, policyName, policyVersion, incidentId, incidentTitle, ...alert } = row
  return {
    ...alert,
    evidence: evidenceSchema.parse(alert.evidence),
    endEvidence: alert.endEvidence === null ? null : evidenceSchema.parse(alert.endEvidence),
    slo: { id: sloId, name, target: Number(target) },
    service: { slug: serviceSlug, name: serviceName },
    policy: { name: policyName, version: policyVersion },
    incident: incidentId === null ? null : { id: incidentId, title: incidentTitle ?? '' },
    events,
  }
}
