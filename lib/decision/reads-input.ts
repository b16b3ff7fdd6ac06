import type pg from 'pg'
import { type Corrections, loadCorrections, throughLens } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { samplesBetween } from '../measurement/samples'
import { HOURS } from '../measurement/tiers'
import { ofService } from '../policy/in-force'
import { type Decision, isWorse } from '../release/vocabulary'
import type { SloDefinition } from '../slo/definition'
import type { JudgedState } from '../slo/state'
import { evaluateStatus, type Status } from '../slo/status'
import { unpackInputs } from '../slo/status-inputs'
import { windowAt } from '../slo/window'
import { DAY, floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import type { DecisionInput, GatingSlo, HeldWaiver, OpenIncident } from './decision'
import { easesAt } from './ease'
import { costEstimates } from './reads-cost'

export type AskedService = { id: number; slug: string; name: string; tier: string }
type Asked = { service: AskedService; change: DecisionInput['change']; request: number | null }

/** Everything a decision is made of, as it stands in the tables now. `ease`: also when states may be better again. */
export async function inputFor(
  pool: pg.Pool,
  { service, change, request }: Asked,
  now: UnixSeconds,
  { ease = true }: { ease?: boolean } = {},
): Promise<DecisionInput> {
  const policy = (await loadBudgetPolicies(pool))(ofService(service.id, service.tier))
  const decisionFor = (judged: JudgedState): Decision => policy.settings.matrix[judged][change.risk]
  const [slos, incidents, waivers] = await Promise.all([
    gatingSlos(pool, service.id, ease ? decisionFor : null),
    openIncidents(pool, service.id),
    heldWaivers(pool, service.id, request, now),
  ])
  return { now, policy, change, slos, incidents, costs: await costEstimates(pool, service.id, slos), waivers }
}

/** What the matrix makes of a state; `null` where nobody asks when it may be better. */
type Matrix = ((judged: JudgedState) => Decision) | null

/** What is needed to look ahead. */
type Ahead = { matrix: NonNullable<Matrix>; corrections: Corrections }

type Row = {
  id: number
  name: string
  ts: number | null
  inputs: number[] | null
  last: number | null
  stale: number | null
  history: number | null
}

async function gatingSlos(pool: pg.Pool, serviceId: number, matrix: Matrix): Promise<GatingSlo[]> {
  const { rows } = await pool.query<Row>(
    `SELECT s.id, s.name, st.ts, st.inputs, st.last_data_ts AS last, st.stale_since AS stale, e.history_from AS history
     FROM slo s LEFT JOIN slo_status st ON st.slo_id = s.id LEFT JOIN slo_evaluation e ON e.slo_id = s.id
     WHERE s.service_id = $1 AND s.gating AND s.deleted_at IS NULL AND s.lifecycle = 'active' ORDER BY s.name`,
    [serviceId],
  )
  const { definitions } = await loadDefinitions(pool, { ids: rows.map(({ id }) => id) })
  const corrections = matrix && (await loadCorrections(pool, definitions))
  return Promise.all(
    rows.map((row) => {
      const definition = definitions.find(({ id }) => id === row.id)
      return gating(pool, row, definition, matrix && corrections && { matrix, corrections }).catch(() => unjudged(row))
    }),
  )
}

/** What was never evaluated, or cannot be read, is without data and of no other opinion. */
const unjudged = ({ id, name }: Row): GatingSlo => ({
  ...{ id, name, state: 'no-data', judged: 'healthy', reason: { rule: 'no-history' } },
  ...{ remaining: 1, pace: null, coverage: 0, coverageFloor: 0, ts: null, easesAt: null },
})

async function gating(pool: pg.Pool, row: Row, definition: SloDefinition | undefined, ahead: Ahead | null): Promise<GatingSlo> {
  if (!definition || row.ts === null || row.inputs === null) return unjudged(row)
  const { rules } = definition
  const input = unpackInputs(row.inputs, { now: row.ts, lastDataTs: row.last, staleSince: row.stale })
  const status = evaluateStatus(rules, input)
  const { state, judged, reason, remaining, pace, coverage, ts } = status
  return {
    ...{ id: row.id, name: row.name, state, judged, reason, remaining, pace, coverage, coverageFloor: rules.coverageFloor, ts },
    easesAt: ahead && row.history !== null ? await easing(pool, definition, status, { history: row.history, ...ahead }) : null,
  }
}

async function easing(
  pool: pg.Pool,
  definition: SloDefinition,
  status: Status,
  { history, matrix, corrections }: { history: UnixSeconds } & Ahead,
): Promise<UnixSeconds | null> {
  const { id, rules } = definition
  const now = matrix(status.judged)
  if (now === 'approve') return null
  const { from, to } = windowAt(rules.window, status.ts)
  const stretch = { from: floorTo(Math.max(history, status.ts - (to - from)) - DAY, HOUR), to: status.ts, step: HOUR }
  const byHour = new Map(
    throughLens(corrections, await samplesBetween(pool, HOURS, id, stretch)).map((sample) => [sample.ts, sample]),
  )
  const creditIn = (window: { from: number; to: number }) => corrections.credit(id, window)
  const past = { historyFrom: history, at: (hour: UnixSeconds) => byHour.get(hour), creditIn }
  return easesAt(rules, status, past, (state) => isWorse(now, matrix(state)))
}

/** Here, and at the services it needs. */
async function openIncidents(pool: pg.Pool, serviceId: number): Promise<OpenIncident[]> {
  const { rows } = await pool.query<OpenIncident>(
    `SELECT DISTINCT ON (n.id) n.id, n.title, n.severity::text AS severity, v.name AS service, v.id = $1 AS here
     FROM incident n JOIN incident_service i ON i.incident_id = n.id JOIN service v ON v.id = i.service_id
     WHERE n.status IN ('detected', 'acknowledged', 'mitigated')
       AND (v.id = $1 OR v.id IN (SELECT depends_on_id FROM service_dependency WHERE service_id = $1))
     ORDER BY n.id, (v.id = $1) DESC`,
    [serviceId],
  )
  return rows
}

async function heldWaivers(pool: pg.Pool, serviceId: number, request: number | null, now: UnixSeconds): Promise<HeldWaiver[]> {
  const { rows } = await pool.query<HeldWaiver>(
    `SELECT id, until_ts AS "untilTs", budget_limit AS "budgetLimit", spent, reason FROM waiver
     WHERE service_id = $1 AND status = 'active' AND until_ts > $3 AND spent < budget_limit
       AND (request_id IS NULL OR request_id = $2)`,
    [serviceId, request, now],
  )
  return rows
}
