import type pg from 'pg'
import { occurrences, scheduleSchema } from '../correction/schedule'
import type { UnixSeconds } from '../time-series/units'
import type { Alert } from './alert'

type Queryable = Pick<pg.Pool, 'query'>

/** `gone`: its SLO was deleted, or is a draft again. */
export type OpenAlert = Alert & { id: number; serviceId: number; shard: number; gone: boolean }

const COLUMNS = `a.id, a.slo_id AS "sloId", s.service_id AS "serviceId", s.shard, (s.deleted_at IS NOT NULL OR s.lifecycle <> 'active') AS gone,
  a.severity, a.long, a.short, a.state::text, a.pending_since AS "pendingSince", a.fired_at AS "firedAt", a.held_at AS "heldAt",
  a.gone_since AS "goneSince", a.resolved_at AS "resolvedAt", a.frozen_since AS "frozenSince", a.policy_name AS "policyName",
  a.policy_version AS "policyVersion", a.evidence, a.end_evidence AS "endEvidence", a.muted, a.peak_burn AS "peakBurn",
  a.incident_id AS "incidentId"`

/** Every alert that is not over, of all SLOs: hundreds at the very worst, and muting looks at those of others. */
export async function openAlerts(on: Queryable): Promise<OpenAlert[]> {
  const { rows } = await on.query<OpenAlert>(
    `SELECT ${COLUMNS} FROM alert a JOIN slo s ON s.id = a.slo_id WHERE a.state IN ('pending', 'firing') ORDER BY a.id`,
  )
  return rows
}

/** Whether alerts of this shard are open whose SLO nobody judges any more. */
export async function hasOrphans(on: Queryable, shard: number): Promise<boolean> {
  const { rowCount } = await on.query(
    `SELECT 1 FROM alert a JOIN slo s ON s.id = a.slo_id WHERE a.state IN ('pending', 'firing') AND s.shard = $1
       AND (s.deleted_at IS NOT NULL OR s.lifecycle <> 'active') LIMIT 1`,
    [shard],
  )
  return rowCount !== null && rowCount > 0
}

export async function servicesOf(on: Queryable, sloIds: number[]): Promise<Map<number, number>> {
  const { rows } = await on.query<{ id: number; service: number }>(
    'SELECT id, service_id AS service FROM slo WHERE id = ANY($1::int[])',
    [sloIds],
  )
  return new Map(rows.map(({ id, service }) => [id, service]))
}

/** The arrows of the graph, and the names of what they point at. */
export async function dependencies(on: Queryable): Promise<{ needs: Map<number, number[]>; names: Map<number, string> }> {
  const { rows } = await on.query<{ service: number; needed: number; name: string }>(
    `SELECT d.service_id AS service, d.depends_on_id AS needed, v.name FROM service_dependency d
     JOIN service v ON v.id = d.depends_on_id ORDER BY 1, 2`,
  )
  const needs = new Map<number, number[]>()
  for (const { service, needed } of rows) needs.set(service, [...(needs.get(service) ?? []), needed])
  return { needs, names: new Map(rows.map(({ needed, name }) => [needed, name])) }
}

export type Maintenance = { correctionId: number; until: UnixSeconds }

/** Of these SLOs, those that an approved exclusion for maintenance covers at this instant. The longest one counts. */
export async function maintenanceAt(on: Queryable, sloIds: number[], at: UnixSeconds): Promise<Map<number, Maintenance>> {
  const { rows } = await on.query<{ slo: number; id: number; schedule: unknown }>(
    `SELECT s.id AS slo, c.id, c.schedule FROM slo s JOIN correction c ON c.service_id = s.service_id
       OR EXISTS (SELECT 1 FROM correction_slo cs WHERE cs.correction_id = c.id AND cs.slo_id = s.id)
     WHERE c.kind = 'exclusion' AND c.cause = 'maintenance' AND c.status = 'approved' AND s.id = ANY($1::int[]) ORDER BY s.id, c.id`,
    [sloIds],
  )
  const found = new Map<number, Maintenance>()
  const looked = new Map<number, { to: UnixSeconds } | null>()
  for (const { slo, id, schedule } of rows) {
    if (!looked.has(id)) looked.set(id, coveringAt(schedule, at))
    const covering = looked.get(id)
    if (covering && covering.to > (found.get(slo)?.until ?? 0)) found.set(slo, { correctionId: id, until: covering.to })
  }
  return found
}

/** A stretch leaves out its start and includes its end, as samples do. */
const coveringAt = (schedule: unknown, at: UnixSeconds) =>
  occurrences(scheduleSchema.parse(schedule), { from: at - 1, to: at }).find(({ from, to }) => from < at && at <= to) ?? null
