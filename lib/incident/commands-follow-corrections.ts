import type pg from 'pg'
import { occurrences, scheduleSchema } from '../correction/schedule'
import { HOUR, type Seconds, type UnixSeconds } from '../time-series/units'
import { writeEvent } from './commands-store'
import { type CostFigures, costSchema, currentOf, differs, type FrozenCost } from './cost'
import { type Priced, pricesOf } from './reads-cost'
import { costChangeText } from './words'

type Queryable = Pick<pg.Pool, 'query'>
type Decided = { id: number; at: UnixSeconds; schedule: unknown }
type Row = Priced & { incidentId: number; name: string; cost: unknown; decided: Decided[]; newest: UnixSeconds }
type Known = Priced & Pick<Row, 'incidentId' | 'name' | 'newest'> & { frozen: FrozenCost; because: number[] }

/** Decisions are looked at again for this long: what they exclude is written down after them, and may have to wait for counters. */
const SETTLES: Seconds = HOUR

/** When an exclusion was decided last: one that was never approved changes nothing. */
const DECIDED = `extract(epoch FROM coalesce(c.withdrawn_at, c.decided_at))::int`
const QUESTION = `SELECT i.id, i.incident_id AS "incidentId", i.slo_id AS "sloId", i.from_ts AS "from", i.to_ts AS "to", i.cost, s.name,
    max(${DECIDED}) AS newest, jsonb_agg(jsonb_build_object('id', c.id, 'at', ${DECIDED}, 'schedule', c.schedule) ORDER BY c.id) AS decided
  FROM incident_impact i JOIN incident n ON n.id = i.incident_id JOIN slo s ON s.id = i.slo_id
  JOIN correction c ON c.kind = 'exclusion' AND c.status IN ('approved', 'withdrawn') AND c.decided_at IS NOT NULL
    AND ${DECIDED} >= n.resolved_at - 60
    AND (c.service_id = s.service_id OR EXISTS (SELECT 1 FROM correction_slo cs WHERE cs.correction_id = c.id AND cs.slo_id = s.id))
  WHERE i.cost IS NOT NULL GROUP BY i.id, s.name HAVING max(${DECIDED}) > coalesce((i.cost->>'seen')::int, 0)`

/**
 * Final figures over whose window a correction was approved or withdrawn since they were last looked at: computed anew for the
 * same window and target. What nobody decided anything about is not read. Returns how many changed.
 */
export async function followCorrections(pool: pg.Pool, at: UnixSeconds): Promise<number> {
  const known = (await pool.query<Row>(QUESTION)).rows.flatMap(knownOf)
  const prices = await pricesOf(
    pool,
    known.filter(({ because }) => because.length > 0),
    at,
  )
  let written = 0
  for (const row of known) {
    const price = prices.get(row.id)
    const changed = price && differs(price.share, currentOf(row.frozen).share) ? { ...price, at } : null
    const settled = at >= row.newest + SETTLES
    if (changed || settled) written += await write(pool, row, changed, settled)
  }
  return written
}

function knownOf({ cost, decided, ...row }: Row): Known[] {
  const parsed = costSchema.safeParse(cost)
  if (!parsed.success) return []
  const { target, window } = parsed.data
  const touching = decided.filter(({ schedule }) => touches(schedule, window))
  const within = { target, from: window.from, to: window.to }
  return [{ ...row, within, frozen: parsed.data, because: touching.map(({ id }) => id) }]
}

function touches(schedule: unknown, window: { from: UnixSeconds; to: UnixSeconds }): boolean {
  const parsed = scheduleSchema.safeParse(schedule)
  return parsed.success && occurrences(parsed.data, window).length > 0
}

async function write(
  pool: pg.Pool,
  { id, incidentId, name, because, newest, frozen }: Known,
  changed: CostFigures | null,
  settled: boolean,
): Promise<number> {
  const { bad, share, minutes, at } = changed ?? currentOf(frozen)
  const now = changed && (differs(share, frozen.share) ? { at, bad, share, minutes, because } : null)
  const cost: FrozenCost = { ...frozen, ...(changed && { now }), ...(settled && { seen: newest }) }
  return inTransaction(pool, async (client) => {
    await client.query('SELECT 1 FROM incident WHERE id = $1 FOR UPDATE', [incidentId])
    const { rowCount } = await client.query('UPDATE incident_impact SET cost = $2 WHERE id = $1 AND cost = $3', [
      id,
      cost,
      frozen,
    ])
    if (!rowCount || !changed) return 0
    const text = costChangeText(name, frozen.share, share, because)
    const detail = { impactId: id, before: currentOf(frozen).share, share, because }
    await writeEvent(client, incidentId, { at, kind: 'cost', text, detail })
    return 1
  })
}

async function inTransaction<T>(pool: pg.Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
