import type pg from 'pg'
import type { LedgerUnit } from '../correction/lens'
import { loadCorrections, unitOf } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { countersAt, keyOf } from '../measurement/marks'
import { boundariesOf } from '../slo/boundaries'
import type { SloDefinition } from '../slo/definition'
import type { UnixSeconds } from '../time-series/units'
import { type CostFigures, costOf, costSchema, currentOf, type FrozenCost } from './cost'
import { edgeAfter } from './edges'
import { judgedShare } from './retrospective-rule'

type Queryable = Pick<pg.Pool, 'query'>

/**
 * A stretch to be priced. `within`: the window and target it is judged by; else `asOf`: the instant whose window it is; else the
 * window as it stands.
 */
export type Priced = {
  id: number
  sloId: number
  from: UnixSeconds
  /** null: it goes on */
  to: UnixSeconds | null
  within?: { target: number; from: UnixSeconds; to: UnixSeconds }
  asOf?: UnixSeconds
}
export type Price = CostFigures & {
  target: number
  unit: LedgerUnit
  window: { from: UnixSeconds; to: UnixSeconds; total: number }
  /** the counters have come to the end of the stretch */
  complete: boolean
}

/**
 * What stretches cost as far as the counters have come, through the lens of what is approved. Left out: SLOs that are not
 * measured (paused, deleted, without a first status).
 */
export async function pricesOf(on: Queryable, stretches: Priced[], now: UnixSeconds): Promise<Map<number, Price>> {
  const result = new Map<number, Price>()
  if (stretches.length === 0) return result
  const ids = [...new Set(stretches.map(({ sloId }) => sloId))]
  const { definitions } = await loadDefinitions(on, { ids })
  const reach = await reachOf(on, ids)
  const corrections = await loadCorrections(on, definitions)
  const known = new Map(definitions.map((definition) => [definition.id, definition]))
  const planned = stretches.flatMap((stretch) => {
    const definition = known.get(stretch.sloId)
    const { ts, history } = reach.get(stretch.sloId) ?? {}
    if (!definition || ts === undefined) return []
    const window = stretch.within ?? windowAsOf(definition, { ts, history: history ?? ts }, stretch.asOf)
    const target = stretch.within?.target ?? definition.rules.target
    const complete = stretch.to !== null && Math.max(stretch.to, stretch.asOf ?? 0) <= ts
    const [from, to] = [Math.min(stretch.from, ts), Math.min(stretch.to ?? ts, ts)]
    return [{ stretch, from, to, window, target, complete, unit: unitOf(definition) }]
  })
  const instants = planned.flatMap(({ stretch: { sloId }, from, to, window }) =>
    [from, to, window.from, window.to].map((ts) => ({ sloId, ts })),
  )
  const counters = await countersAt(on, instants, now)
  for (const { stretch, from, to, window, target, complete, unit } of planned) {
    const lens = corrections.lens(stretch.sloId)
    const [start, end, windowStart, windowEnd] = [from, to, window.from, window.to].map((ts) => {
      const raw = counters.get(keyOf({ sloId: stretch.sloId, ts }))
      return raw && lens(ts, raw)
    })
    if (!start || !end || !windowStart || !windowEnd) continue
    const { total, ...figures } = costOf({ start, end, windowStart, windowEnd }, { target, unit, window })
    result.set(stretch.id, { ...figures, target, unit, window: { ...window, total }, complete })
  }
  return result
}

/** The window of an instant; where history began within it, it holds too little to judge by, and the newest one is taken. */
function windowAsOf({ rules }: SloDefinition, { ts, history }: { ts: UnixSeconds; history: UnixSeconds }, asOf?: UnixSeconds) {
  const at = Math.min(ts, edgeAfter(asOf ?? ts))
  const { window: from } = boundariesOf(rules, at)
  return from >= history ? { from, to: at } : { from: boundariesOf(rules, ts).window, to: ts }
}

async function reachOf(on: Queryable, ids: number[]): Promise<Map<number, { ts: UnixSeconds; history: UnixSeconds | null }>> {
  const { rows } = await on.query<{ id: number; ts: number; history: number | null }>(
    `SELECT s.slo_id AS id, s.ts, e.history_from AS history FROM slo_status s JOIN slo_evaluation e USING (slo_id)
     WHERE s.slo_id = ANY($1::int[])`,
    [ids],
  )
  return new Map(rows.map(({ id, ...reach }) => [id, reach]))
}

type Stretch = Priced & { cost: unknown }

/** What is known of stretches: the final figures where there are some, else those of this moment. */
export async function figuresOf<S extends Stretch>(
  on: Queryable,
  stretches: S[],
  now: UnixSeconds,
): Promise<{ stretch: S; figures: CostFigures | null; frozen: FrozenCost | null; unit: LedgerUnit | null }[]> {
  const frozen = new Map<number, FrozenCost>()
  for (const { id, cost } of stretches) {
    const parsed = costSchema.safeParse(cost)
    if (parsed.success) frozen.set(id, parsed.data)
  }
  const prices = await pricesOf(
    on,
    stretches.filter(({ id }) => !frozen.has(id)),
    now,
  )
  return stretches.map((stretch) => {
    const [known, price] = [frozen.get(stretch.id) ?? null, prices.get(stretch.id) ?? null]
    return { stretch, figures: known ? currentOf(known) : price, frozen: known, unit: (known ?? price)?.unit ?? null }
  })
}

/** The share of the budget that an incident hit hardest, `null` when that is not known. */
export async function worstShareOf(on: Queryable, incidentId: number, now: UnixSeconds): Promise<number | null> {
  const { rows } = await on.query<Stretch>(
    'SELECT id, slo_id AS "sloId", from_ts AS "from", to_ts AS "to", cost FROM incident_impact WHERE incident_id = $1',
    [incidentId],
  )
  const known = await figuresOf(on, rows, now)
  return judgedShare(known.map(({ stretch: { sloId }, figures }) => ({ sloId, share: figures?.share ?? null })))
}
