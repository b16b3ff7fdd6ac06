import type pg from 'pg'
import { FALSE_POSITIVES_IN_STEP } from '../correction/false-positives'
import { keepMarks } from '../measurement/marks'
import { DAY, type UnixSeconds } from '../time-series/units'
import { followCorrections } from './commands-follow-corrections'
import type { FrozenCost } from './cost'
import { type Priced, pricesOf } from './reads-cost'

type ImpactRow = Priced & { incidentId: number }

const COLUMNS = `i.id, i.incident_id AS "incidentId", i.slo_id AS "sloId", i.from_ts AS "from", i.to_ts AS "to"`
const FROM = 'incident_impact i JOIN incident n ON n.id = i.incident_id'

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
