import 'server-only'
import { pool } from '../db/client'
import { drawLedgers, type LedgerWanted } from '../ledger/reads-many'
import { loadAlerting } from '../measurement/alert-policies'
import { unitOf } from '../measurement/corrections'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { type DefinitionRow, definitionOf, type SloDefinition } from '../slo/definition'
import type { SloDefinitionRecord } from '../slo/definition-input'
import { readRecord } from '../slo/definition-record'
import { INDICATOR_WORDS } from '../slo/indicator'
import { planOf } from '../slo/measurement-plan'
import { readably } from '../slo/one-shot'
import type { Dialect } from '../slo/promql'
import { queriesOf } from '../slo/queries'
import { rulesOverTime } from '../slo/rules-over-time'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import { targetsIn, weightedTarget } from './figures'
import { daysOf, monthsUpTo } from './month'
import type { MonthPlace, ObjectiveFacts, SloVersionFact } from './objective'
import { quantilesOf } from './reads-quantiles'

type Row = DefinitionRow & {
  id: number
  serviceId: number
  tier: string
  slug: string
  name: string
  dialect: Dialect
  newest: number | null
  historyFrom: number | null
}

const ROWS = `SELECT s.id, s.service_id AS "serviceId", v.tier::text AS tier, s.slug, s.name, s.data_source_id AS "dataSourceId",
  s.version, s.indicator, s.method::text, s.slice_target AS "sliceTarget", s.target, s."window",
  s.no_data_policy::text AS "noDataPolicy", s.coverage_floor AS "coverageFloor", s.min_events AS "minEvents",
  d.scrape_seconds AS "scrapeSeconds", d.dialect::text, st.ts AS newest, e.history_from AS "historyFrom"
  FROM slo s JOIN service v ON v.id = s.service_id JOIN data_source d ON d.id = s.data_source_id
  LEFT JOIN slo_status st ON st.slo_id = s.id LEFT JOIN slo_evaluation e ON e.slo_id = s.id`

/** A service and the month that is wanted of it. */
export type ServicePlace = MonthPlace & {
  serviceId: number
  /** of the report that there is already, so that a month is always about the same; else those that were measured in it */
  sloIds: number[]
}

/**
 * What is known of all SLOs of some services about a month, by service. The counters of all of them come from one question per tier, those of the twelve months included.
 *
 * Exact are instants that a tier keeps or that were written down: full hours for 400 days, midnight in UTC for five years, and the
 * edges of months and days of other zones from the first report on (`keepEdges`). In between, hours are evened out.
 */
export async function objectiveFacts(places: ServicePlace[], now: UnixSeconds): Promise<Map<number, ObjectiveFacts[]>> {
  const rows = await rowsOf(places)
  const versions = await versionsOf(rows.map(({ id }) => id))
  // An SLO belongs to the place that names it: it may have been moved since.
  const placeOf = new Map(places.flatMap((place) => place.sloIds.map((id) => [id, place] as const)))
  const policies = await loadBudgetPolicies(pool())
  const alerting = await loadAlerting(pool())
  const known = rows.flatMap((row) => {
    const place = placeOf.get(row.id)
    if (!place) return []
    const definition = definitionOf(row, policies(row).settings.status, alerting(row))
    return [{ row, place, definition, versions: versions.get(row.id) ?? [] }]
  })
  const drawn = await drawLedgers(known.flatMap((one) => wantedOf(one, now) ?? []))
  const quantiles = await quantilesOf(
    known.map(({ row, place, definition }) => ({ id: row.id, place, indicator: definition.indicator })),
  )
  const found = new Map<number, ObjectiveFacts[]>(places.map(({ serviceId }) => [serviceId, []]))
  for (const { row, place, definition, versions: mine } of known) {
    const end = Math.min(place.period.to, place.asOf)
    const record = recordAt(row, definition, mine, end)
    const read = drawn.get(row.id)
    found.get(place.serviceId)?.push({
      ...{ id: row.id, unit: unitOf(definition), rules: definition.rules, record, versions: mine },
      ...{ kind: INDICATOR_WORDS[record.indicator.kind], queries: queriesText(record, row.dialect) },
      ...{ historyFrom: row.historyFrom, newest: row.newest, ledger: read?.ledger ?? null },
      measured: read?.measured ?? (() => null),
      adjusted: read?.adjusted ?? (() => null),
      quantiles: quantiles.get(row.id) ?? { quantiles: null, quantilesMissing: null },
    })
  }
  return found
}

type Known = { row: Row; place: ServicePlace; definition: SloDefinition; versions: SloVersionFact[] }

function wantedOf({ row, place, definition, versions }: Known, now: UnixSeconds): LedgerWanted | null {
  const { newest, historyFrom } = row
  const { period: whole, month, zone, asOf } = place
  if (newest === null || historyFrom === null || historyFrom >= whole.to) return null
  const end = Math.min(whole.to, asOf)
  const period = { from: whole.from, to: Math.max(whole.from, Math.min(end, newest)) }
  const target = weightedTarget(targetsIn(definition.rules, versions, { from: whole.from, to: end }), end)
  const { noDataPolicy } = rulesOverTime(definition.rules, versions)(end)
  const edges = monthsUpTo(month, zone).flatMap(({ period: { from, to } }) => [from, to])
  return {
    ...{ definition, rules: { target, noDataPolicy }, whole, period, historyFrom, now },
    buckets: clipped(daysOf(month, zone), period),
    also: edges.filter((ts) => ts <= newest),
    past: { at: end, serviceId: place.serviceId },
  }
}

const clipped = (days: Period[], { from, to }: Period): Period[] =>
  days.map((day) => ({ from: Math.max(from, day.from), to: Math.min(to, day.to) })).filter((day) => day.to > day.from)

async function rowsOf(places: ServicePlace[]): Promise<Row[]> {
  const { rows } = await pool().query<Row>(`${ROWS} WHERE s.id = ANY($1::int[]) ORDER BY s.id`, [
    places.flatMap(({ sloIds }) => sloIds),
  ])
  return rows
}

async function versionsOf(ids: number[]): Promise<Map<number, SloVersionFact[]>> {
  const { rows } = await pool().query<{ id: number; version: number; from: number; definition: unknown; changes: unknown }>(
    `SELECT slo_id AS id, version, floor(extract(epoch FROM valid_from))::int AS "from", definition, changes
     FROM slo_version WHERE slo_id = ANY($1::int[]) ORDER BY slo_id, version`,
    [ids],
  )
  const found = new Map<number, SloVersionFact[]>()
  for (const { id, version, from, definition, changes } of rows) {
    const said = Array.isArray(changes) ? changes.filter((line): line is string => typeof line === 'string') : []
    found.set(id, [...(found.get(id) ?? []), { version, from, changes: said, definition: readRecord(definition) }])
  }
  return found
}

type Recorded = ObjectiveFacts['record']

/** The definition as it was at an instant; what a version does not say is as it is now. */
function recordAt(row: Row, { indicator, accounting }: SloDefinition, versions: SloVersionFact[], at: UnixSeconds): Recorded {
  const said: Partial<SloDefinitionRecord> = (versions.findLast(({ from }) => from < at) ?? versions[0])?.definition ?? {}
  return {
    slug: said.slug ?? row.slug,
    name: said.name ?? row.name,
    indicator: said.indicator ?? indicator,
    method: said.method ?? accounting.method,
    sliceTarget: said.sliceTarget === undefined ? accounting.sliceTarget : said.sliceTarget,
  }
}

function queriesText({ indicator }: Recorded, dialect: Dialect): ObjectiveFacts['queries'] {
  if (indicator.kind === 'composite')
    return indicator.members.map(({ service, slo, weight }) => ({ name: 'member', text: `${service}/${slo}, weight ${weight}` }))
  return queriesOf(planOf(indicator)).map(({ signal, ask }) => ({ name: signal, text: readably(ask, dialect) }))
}
