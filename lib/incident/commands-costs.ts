import type pg from 'pg'
import { FALSE_POSITIVES_IN_STEP } from '../correction/false-positives'
import { keepMarks } from '../measurement/marks'
import { DAY, type UnixSeconds } from '../time-series/units'
import { writeEvent } from './commands-store'
import { costSchema, currentOf, differs, type FrozenCost } from './cost'
import { type Priced, pricesOf } from './reads-cost'
import { costChangeText } from './words'

type Queryable = Pick<pg.Pool, 'query'>
type ImpactRow = Priced & { incidentId: number; name: string; cost: unknown }

const COLUMNS = `i.id, i.incident_id AS "incidentId", i.slo_id AS "sloId", i.from_ts AS "from", i.to_ts AS "to", i.cost, s.name`
const FROM = 'incident_impact i JOIN incident n ON n.id = i.incident_id JOIN slo s ON s.id = i.slo_id'

/**
 * Keeps what incidents cost in line with what is known, now and then by the poller: edges that the counters have reached
 * since are written down, resolved incidents get their final figures, and where a correction changed those afterwards, that is
 * said once on the timeline. Doing it again is harmless. Returns how many figures were written.
 */
export async function refreshCosts(pool: pg.Pool, at: UnixSeconds): Promise<number> {
  const { rows } = await pool.query<{ sloId: number; ts: number }>(
    `SELECT i.slo_id AS "sloId", e.ts FROM incident_impact i CROSS JOIN LATERAL (VALUES (i.from_ts), (i.to_ts)) AS e (ts)
     WHERE e.ts BETWEEN $1 AND $2 AND NOT EXISTS (SELECT 1 FROM counter_mark m WHERE m.slo_id = i.slo_id AND m.ts = e.ts)`,
    [at - 2 * DAY, at],
  )
  await keepMarks(pool, rows, at)
  await pool.query(FALSE_POSITIVES_IN_STEP, [at])
  return (await freezeCosts(pool, at)) + (await followCorrections(pool, at))
}

/** Writes down what resolved incidents cost, as soon as the counters have come to the end of each stretch. */
export async function freezeCosts(pool: pg.Pool, at: UnixSeconds, incidentId?: number): Promise<number> {
  const { rows } = await pool.query<ImpactRow>(
    `SELECT ${COLUMNS}, n.resolved_at AS "asOf" FROM ${FROM} WHERE n.status IN ('resolved', 'reviewed') AND i.cost IS NULL AND i.to_ts IS NOT NULL
     AND ($1::int IS NULL OR i.incident_id = $1)`,
    [incidentId ?? null],
  )
  let written = 0
  const prices = await pricesOf(pool, rows, at)
  for (const { id, sloId } of rows) {
    const price = prices.get(id)
    if (!price?.complete) continue
    const { complete: _, ...figures } = price
    await keepMarks(
      pool,
      [price.window.from, price.window.to].map((ts) => ({ sloId, ts })),
      at,
    )
    const cost: FrozenCost = { ...figures, now: null }
    // Reopened, or moved, in between: then these are not its figures.
    const { rowCount } = await pool.query(
      `UPDATE incident_impact i SET cost = $2 FROM incident n WHERE i.id = $1 AND n.id = i.incident_id AND i.cost IS NULL
       AND n.status IN ('resolved', 'reviewed') AND i.from_ts = $3 AND i.to_ts = $4`,
      [id, cost, ...edgesOf(rows, id)],
    )
    written += rowCount ?? 0
  }
  return written
}

const edgesOf = (rows: ImpactRow[], id: number) => {
  const row = rows.find((one) => one.id === id)
  return [row?.from, row?.to]
}

/** Final figures over which a correction was decided since: computed anew for the same window and target. */
async function followCorrections(pool: pg.Pool, at: UnixSeconds): Promise<number> {
  const { rows } = await pool.query<ImpactRow & { because: number[] }>(
    `SELECT ${COLUMNS}, array_agg(DISTINCT c.id ORDER BY c.id) AS because FROM ${FROM}
     JOIN correction c ON c.kind = 'exclusion' AND c.decided_at IS NOT NULL
       AND extract(epoch FROM coalesce(c.withdrawn_at, c.decided_at)) >= n.resolved_at - 60
       AND (c.service_id = s.service_id OR EXISTS (SELECT 1 FROM correction_slo cs WHERE cs.correction_id = c.id AND cs.slo_id = s.id))
     WHERE i.cost IS NOT NULL GROUP BY i.id, s.name`,
  )
  const frozen = new Map<number, FrozenCost>()
  for (const { id, cost } of rows) {
    const parsed = costSchema.safeParse(cost)
    if (parsed.success) frozen.set(id, parsed.data)
  }
  const within = (id: number) => {
    const { target, window } = frozen.get(id) as FrozenCost
    return { target, from: window.from, to: window.to }
  }
  const known = rows.filter(({ id }) => frozen.has(id))
  const prices = await pricesOf(
    pool,
    known.map((row) => ({ ...row, within: within(row.id) })),
    at,
  )
  let written = 0
  for (const row of known) {
    const [cost, price] = [frozen.get(row.id) as FrozenCost, prices.get(row.id)]
    if (price && differs(price.share, currentOf(cost).share)) written += await sayChange(pool, row, cost, { ...price, at })
  }
  return written
}

type Changed = { bad: number; share: number; minutes: number; at: UnixSeconds }

async function sayChange(
  pool: pg.Pool,
  { id, incidentId, name, because }: ImpactRow & { because: number[] },
  cost: FrozenCost,
  { bad, share, minutes, at }: Changed,
): Promise<number> {
  const now = differs(share, cost.share) ? { at, bad, share, minutes, because } : null
  return inTransaction(pool, async (client) => {
    await client.query('SELECT 1 FROM incident WHERE id = $1 FOR UPDATE', [incidentId])
    const { rowCount } = await client.query('UPDATE incident_impact SET cost = $2 WHERE id = $1 AND cost = $3', [
      id,
      { ...cost, now },
      cost,
    ])
    if (!rowCount) return 0
    const text = costChangeText(name, cost.share, share, because)
    await writeEvent(client, incidentId, {
      at,
      kind: 'cost',
      text,
      detail: { impactId: id, before: currentOf(cost).share, share, because },
    })
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
