import 'server-only'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadAlerting } from '../measurement/alert-policies'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import type { PolicyInForce } from '../policy/budget-policy'
import { type DefinitionRow, definitionOf, type SloDefinition, unreadable } from './definition'
import type { Managed } from './managed'
import type { Dialect } from './promql'
import { evaluateStatus, type Status, withFiring } from './status'
import { unpackInputs } from './status-inputs'

/** Everything stored about one SLO, in one row. */
export type StoredRow = DefinitionRow & {
  id: number
  name: string
  slug: string
  description: string
  gating: boolean
  labels: unknown
  lifecycle: 'draft' | 'active'
  objectiveGroup: string | null
  managed: Managed | null
  serviceLabels: unknown
  serviceId: number
  serviceName: string
  serviceSlug: string
  tier: string
  kind: string
  team: string
  version: number
  versionSince: number
  versionAuthor: string | null
  ts: number | null
  since: number | null
  lastDataTs: number | null
  staleSince: number | null
  firing: number[] | null
  inputs: number[] | null
  ends1h: number | null
  ends6h: number | null
  ends24h: number | null
  backAt: number | null
  backfill: 'pending' | 'running' | 'done' | 'failed'
  backfillFrom: number | null
  backfillTo: number | null
  backfillCursor: number | null
  backfillError: string | null
  historyFrom: number | null
  quarantinedAt: number | null
  quarantineError: string | null
  sourceId: number
  sourceName: string
  sourceUrl: string
  dialect: Dialect
  offsetSeconds: number
  sourceStaleSince: number | null
  sourceError: string | null
  sourceRetryAt: number | null
}

const unix = (column: string) => `extract(epoch FROM ${column})::int`
const MANAGED = `CASE WHEN s.managed_by IS NOT NULL THEN json_build_object('owner', m.owner, 'file', s.declared->>'file',
  'line', s.declared->'line', 'format', s.declared->>'format', 'appliedAt', m.applied_at, 'appliedBy', m.applied_by, 'revision', m.revision, 'repository', m.repository) END`
const ROW = `SELECT ${MANAGED} AS managed, s.id, s.name, s.slug, s.description, s.gating, s.labels, s.lifecycle::text,
  s.objective_group AS "objectiveGroup", v.labels AS "serviceLabels", v.id AS "serviceId", v.name AS "serviceName",
  v.slug AS "serviceSlug", v.tier::text, v.kind::text, t.name AS team, s.version, s.data_source_id AS "dataSourceId", s.indicator,
  s.method::text, s.slice_target AS "sliceTarget", s.target, s."window", s.no_data_policy::text AS "noDataPolicy",
  s.coverage_floor AS "coverageFloor", s.min_events AS "minEvents",
  coalesce(${unix('sv.valid_from')}, ${unix('s.created_at')}) AS "versionSince", sv.author AS "versionAuthor",
  st.ts, st.since, st.last_data_ts AS "lastDataTs", st.stale_since AS "staleSince", st.firing, st.inputs, st.ends_1h AS "ends1h",
  st.ends_6h AS "ends6h", st.ends_24h AS "ends24h", st.back_at AS "backAt", coalesce(e.backfill::text, 'pending') AS backfill,
  e.backfill_from AS "backfillFrom", e.backfill_to AS "backfillTo", e.backfill_cursor AS "backfillCursor",
  e.backfill_error AS "backfillError", e.history_from AS "historyFrom", ${unix('e.quarantined_at')} AS "quarantinedAt",
  e.quarantine_error AS "quarantineError", d.id AS "sourceId", d.name AS "sourceName", d.url AS "sourceUrl", d.dialect::text,
  d.offset_seconds AS "offsetSeconds", d.scrape_seconds AS "scrapeSeconds",
  ${unix('d.stale_since')} AS "sourceStaleSince", d.last_error AS "sourceError", ${unix('d.retry_at')} AS "sourceRetryAt"
  FROM slo s JOIN service v ON v.id = s.service_id JOIN team t ON t.id = v.team_id JOIN data_source d ON d.id = s.data_source_id
  LEFT JOIN managed_set m ON m.owner = s.managed_by LEFT JOIN slo_version sv ON sv.slo_id = s.id AND sv.version = s.version
  LEFT JOIN slo_status st ON st.slo_id = s.id LEFT JOIN slo_evaluation e ON e.slo_id = s.id
  WHERE s.id = $1 AND s.deleted_at IS NULL`

export type StoredSlo = { row: StoredRow; definition: SloDefinition; status: Status | null; policy: PolicyInForce }

/** Throws NOT_FOUND. The status is evaluated from the stored counts, so an edited target shows at once. */
export async function storedSlo(id: number): Promise<StoredSlo> {
  const { rows } = await pool().query<StoredRow>(ROW, [id])
  const row = rows[0]
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no SLO with the number ${id}.`)
  const policy = (await loadBudgetPolicies(pool()))(row)
  const definition = readDefinition(row, policy, await loadAlerting(pool()))
  const { rules } = definition
  const { ts, inputs, lastDataTs, staleSince } = row
  const status =
    ts === null || inputs === null
      ? null
      : withFiring(evaluateStatus(rules, unpackInputs(inputs, { now: ts, lastDataTs, staleSince })), rules, row.firing ?? [])
  return { row, definition, status, policy }
}

function readDefinition(
  row: StoredRow,
  policy: PolicyInForce,
  alertingFor: Awaited<ReturnType<typeof loadAlerting>>,
): SloDefinition {
  try {
    return definitionOf(row, policy.settings.status, alertingFor(row))
  } catch (error) {
    throw new HeadroomError('CONFLICT', `${unreadable(error)} Correct the stored row.`)
  }
}
