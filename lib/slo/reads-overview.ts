import 'server-only'
import { createHash } from 'node:crypto'
import { pairsInForce } from '../alert/in-force'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { CHECK_WORDS, type Check } from '../finding/finding'
import { loadAlerting } from '../measurement/alert-policies'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { type AlertPair, canFire } from './alert-pair'
import { type DefinitionRow, definitionOf, type SloDefinition, unreadable } from './definition'
import { labelTexts } from './labels'
import { LOOKBACKS } from './lookback'
import { managedLabel } from './managed'
import type { Outlook } from './outlook'
import { outlookOfRow } from './outlook-of-row'
import type { OverviewColumns, OverviewTable } from './overview-rows'
import { canReadSlos } from './policy'
import { evaluateStatus, type Status, withFiring } from './status'
import { unpackInputs } from './status-inputs'
import { windowLabel, windowLength } from './window'

/** A row of the overview as Postgres returns it. */
type Row = DefinitionRow & {
  id: number
  name: string
  serviceId: number
  service: string
  serviceSlug: string
  tier: string
  kind: string
  team: string
  labels: unknown
  serviceLabels: unknown
  managedBy: string | null
  gating: boolean
  ts: number | null
  since: number
  alert: 'page' | 'ticket' | null
  lastDataTs: number | null
  staleSince: number | null
  firing: number[] | null
  inputs: number[] | null
  ends1h: number | null
  ends6h: number | null
  ends24h: number | null
  backAt: number | null
  trend: number[] | null
  filled: number | null
  refusal: string | null
  findings: Check[]
}

const ROWS = `SELECT s.id, s.name, v.id AS "serviceId", v.name AS service, v.slug AS "serviceSlug", v.tier::text, v.kind::text, t.name AS team,
  s.labels, v.labels AS "serviceLabels", s.managed_by AS "managedBy", s.gating, s.data_source_id AS "dataSourceId", s.version, s.indicator, s.method::text,
  s.slice_target AS "sliceTarget", s.target, s."window", s.no_data_policy::text AS "noDataPolicy",
  s.coverage_floor AS "coverageFloor", s.min_events AS "minEvents", d.scrape_seconds AS "scrapeSeconds", st.firing, st.ts, st.since, st.alert,
  st.last_data_ts AS "lastDataTs", st.stale_since AS "staleSince", st.inputs, st.ends_1h AS "ends1h", st.ends_6h AS "ends6h",
  st.ends_24h AS "ends24h", st.back_at AS "backAt", tr.points AS trend,
  CASE WHEN e.backfill <> 'done' THEN (e.backfill_cursor - e.backfill_from)::float / nullif(e.backfill_to - e.backfill_from, 0) END AS filled,
  CASE WHEN e.backfill = 'failed' THEN e.backfill_error END AS refusal,
  ARRAY(SELECT f.check_name FROM slo_finding f WHERE f.slo_id = s.id ORDER BY f.severity, f.check_name) AS findings
  FROM slo s JOIN service v ON v.id = s.service_id JOIN team t ON t.id = v.team_id JOIN data_source d ON d.id = s.data_source_id
  LEFT JOIN slo_status st ON st.slo_id = s.id LEFT JOIN slo_trend tr ON tr.slo_id = s.id LEFT JOIN slo_evaluation e ON e.slo_id = s.id
  WHERE s.deleted_at IS NULL AND s.lifecycle = 'active'`

/** What any change of the answer changes first: evaluations, definitions, lines, first fills. */
const VERSION = `SELECT concat_ws('/',
  (SELECT concat_ws(',', count(*), max(ts), sum(ts::bigint), max(stale_since), count(stale_since), sum(coalesce(ends_6h, back_at)::bigint), sum(remaining)) FROM slo_status),
  (SELECT concat_ws(',', count(*), sum(version), max(updated_at), count(deleted_at)) FROM slo), (SELECT sum(version) FROM service),
  (SELECT concat_ws(',', count(*), sum(ts::bigint)) FROM slo_trend), (SELECT string_agg(concat_ws(' ', a.scope, p.id, p.version), ',' ORDER BY a.scope) FROM error_budget_policy_assignment a JOIN error_budget_policy p ON p.id = a.policy_id),
  (SELECT string_agg(concat_ws(' ', a.scope, p.id, p.version), ',' ORDER BY a.scope) FROM alert_policy_assignment a JOIN alert_policy p ON p.id = a.policy_id),
  (SELECT concat_ws(',', count(*), sum(since::bigint)) FROM slo_finding),
  (SELECT concat_ws(',', count(*) FILTER (WHERE backfill = 'done'), count(*) FILTER (WHERE backfill = 'failed'), sum(backfill_cursor::bigint)) FROM slo_evaluation)) AS version`

let last: OverviewTable | undefined
let building: { version: string; table: Promise<OverviewTable> } | undefined

/** Every SLO with its newest evaluation. Kept per version: many viewers cost one evaluation. */
export async function overviewTable(actor: Actor): Promise<OverviewTable> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { rows } = await pool().query<{ version: string }>(VERSION)
  const version = createHash('sha256')
    .update(rows[0]?.version ?? '')
    .digest('base64url')
    .slice(0, 22)
  if (last?.version === version) return last
  if (building?.version !== version) building = { version, table: build(version) }
  last = await building.table
  return last
}

async function build(version: string): Promise<OverviewTable> {
  const { rows } = await pool().query<Row>(`${ROWS} ORDER BY v.slug, s.slug`)
  const [policyFor, alertingFor] = [await loadBudgetPolicies(pool()), await loadAlerting(pool())]
  return tableOf(version, rows, { policyFor, alertingFor })
}

type Policies = {
  policyFor: Awaited<ReturnType<typeof loadBudgetPolicies>>
  alertingFor: Awaited<ReturnType<typeof loadAlerting>>
}

function tableOf(version: string, rows: Row[], policies: Policies): OverviewTable {
  const judged = rows.map((row) => ({ row, ...judge(row, policies) }))
  const column = <K extends keyof OverviewColumns>(read: (entry: (typeof judged)[number]) => OverviewColumns[K][number]) =>
    judged.map(read) as OverviewColumns[K]
  const columns: OverviewColumns = {
    id: column<'id'>(({ row }) => row.id),
    name: column<'name'>(({ row }) => row.name),
    service: column<'service'>(({ row }) => row.service),
    serviceSlug: column<'serviceSlug'>(({ row }) => row.serviceSlug),
    tier: column<'tier'>(({ row }) => row.tier.replace('_', ' ')),
    kind: column<'kind'>(({ row }) => row.kind),
    team: column<'team'>(({ row }) => row.team),
    labels: column<'labels'>(({ row }) => labelTexts(row.serviceLabels, row.labels, managedLabel(row.managedBy))),
    findings: column<'findings'>(({ row }) => row.findings.map((check) => CHECK_WORDS[check])),
    gating: column<'gating'>(({ row }) => row.gating),
    target: column<'target'>(({ row }) => Number(row.target)),
    window: column<'window'>(({ definition }) => (definition ? windowLabel(definition.rules.window) : '')),
    state: column<'state'>(({ status }) => status?.state ?? 'no-data'),
    since: column<'since'>(({ row }) => row.since ?? 0),
    sli: column<'sli'>(({ status }) => status?.sli ?? null),
    remaining: column<'remaining'>(({ status }) => (status && status.reason.rule !== 'no-history' ? status.remaining : null)),
    burn1h: column<'burn1h'>(({ status }) => status?.burn.h1 ?? null),
    burn6h: column<'burn6h'>(({ status }) => status?.burn.h6 ?? null),
    burn24h: column<'burn24h'>(({ status }) => status?.burn.h24 ?? null),
    pace: column<'pace'>(({ status }) => status?.pace ?? null),
    thresholds: column<'thresholds'>((entry) => shownPairs(entry).map((pair) => pair?.threshold ?? null)),
    severities: column<'severities'>((entry) => shownPairs(entry).map((pair) => pair?.severity ?? null)),
    alert: column<'alert'>(
      ({ status }) => status?.alerts.find((a) => a.severity === 'page')?.severity ?? status?.alerts[0]?.severity ?? null,
    ),
    firing: column<'firing'>(({ status }) => status?.alerts.map(({ long }) => long) ?? []),
    trend: column<'trend'>(({ row }) => (row.trend ?? []).map((point) => (Number.isNaN(point) ? null : point))),
    outlook: column<'outlook'>(({ outlook }) => outlook),
    projected: column<'projected'>(({ status }) => status?.projected ?? null),
    coverage: column<'coverage'>(({ status }) => status?.coverage ?? 0),
    lastDataTs: column<'lastDataTs'>(({ row }) => row.lastDataTs),
    staleSince: column<'staleSince'>(({ row }) => row.staleSince),
  }
  const asOf = rows.reduce<number | null>((newest, { ts }) => (ts !== null && ts > (newest ?? 0) ? ts : newest), null)
  return { asOf, version, columns }
}

/** The lookbacks that a list has columns for. Seconds. */
const SHOWN_LOOKBACKS = [LOOKBACKS.h1, LOOKBACKS.h6, LOOKBACKS.h24, LOOKBACKS.h72]

function shownPairs({ row, definition }: { row: Row; definition: SloDefinition | null }): (AlertPair | undefined)[] {
  if (!definition) return []
  const { rules } = definition
  const pairs = pairsInForce(rules, windowLength(rules.window, row.ts ?? 0))
  return SHOWN_LOOKBACKS.map((long) => pairs.find((pair) => pair.long === long && canFire(pair, rules.target)))
}

type Judged = { definition: SloDefinition | null; status: Status | null; outlook: Outlook }

/** A row that cannot be read stands there and says so; the others do not suffer for it. */
function judge(row: Row, { policyFor, alertingFor }: Policies): Judged {
  try {
    return judgeReadable(row, definitionOf(row, policyFor(row).settings.status, alertingFor(row)))
  } catch (error) {
    return { definition: null, status: null, outlook: { kind: 'unmeasured', why: unreadable(error) } }
  }
}

function judgeReadable(row: Row, definition: SloDefinition): Judged {
  const { ts, inputs, lastDataTs, staleSince, firing, ends1h, ends6h, ends24h, backAt, since } = row
  if (ts === null || inputs === null) {
    const outlook: Outlook = row.refusal ? { kind: 'unmeasured', why: row.refusal } : { kind: 'filling', share: row.filled ?? 0 }
    return { definition, status: null, outlook }
  }
  const judged = evaluateStatus(definition.rules, unpackInputs(inputs, { now: ts, lastDataTs, staleSince }))
  const status = withFiring(judged, definition.rules, firing ?? [])
  const outlook = outlookOfRow(status, definition.rules.window, { since, ends1h, ends6h, ends24h, backAt })
  return { definition, status, outlook }
}
