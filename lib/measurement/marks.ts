import type pg from 'pg'
import { type Counts, interpolated, NO_COUNTS } from '../slo/counts'
import { ceilTo, floorTo, type UnixSeconds } from '../time-series/units'
import { TIERS } from './tiers'

type Queryable = Pick<pg.Pool, 'query'>
export type Instant = { sloId: number; ts: UnixSeconds }

/**
 * Counters of SLOs at instants that matter later. Minutes are kept for two days, so whoever opens, ends or claims
 * something writes down how the counters stood then; the ledger reads these before anything coarser. An instant that the
 * counters have not reached yet is left out: call again when they have.
 */
export async function keepMarks(on: Queryable, instants: Instant[], now: UnixSeconds): Promise<void> {
  const wanted = dedupe(instants)
  if (wanted.length === 0) return
  const found = await countersAt(on, wanted, now)
  const known = wanted.filter((instant) => found.has(keyOf(instant)))
  if (known.length === 0) return
  const counts = known.map((instant) => found.get(keyOf(instant)) as Counts)
  await on.query(
    `INSERT INTO counter_mark (slo_id, ts, good, total, measured)
     SELECT * FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[], $5::int[])
     ON CONFLICT (slo_id, ts) DO NOTHING`,
    [
      known.map(({ sloId }) => sloId),
      known.map(({ ts }) => ts),
      counts.map(({ good }) => good),
      counts.map(({ total }) => total),
      counts.map(({ measured }) => Math.round(measured)),
    ],
  )
}

export const keyOf = ({ sloId, ts }: Instant): string => `${sloId} ${ts}`
const dedupe = (instants: Instant[]): Instant[] => [...new Map(instants.map((one) => [keyOf(one), one])).values()]

/**
 * Raw counters at instants of SLOs, by `keyOf`: as they were written down, else from the finest tier that still has the
 * instant, evened out between two readings; where measuring ended, as it ended. Zero before history began; left out where the
 * counters have not come yet.
 */
export async function countersAt(on: Queryable, instants: Instant[], now: UnixSeconds): Promise<Map<string, Counts>> {
  const wanted = dedupe(instants)
  const reach = await reachOf(on, [...new Set(wanted.map(({ sloId }) => sloId))])
  const result = await readMarks(on, wanted)
  let open: Instant[] = []
  for (const instant of wanted) {
    const { from, newest } = reach.get(instant.sloId) ?? { from: null, newest: null }
    if (newest === null || instant.ts > newest) result.delete(keyOf(instant))
    else if (from === null || instant.ts <= from) result.set(keyOf(instant), NO_COUNTS)
    else if (!result.has(keyOf(instant))) open.push(instant)
  }
  for (const tier of TIERS) {
    const due = open.filter(({ ts }) => now - ts < tier.keep)
    if (due.length === 0) continue
    const edges = due.flatMap(({ sloId, ts }) => [floorTo, ceilTo].map((to) => ({ sloId, ts: to(ts, tier.step) })))
    const read = await readPairs(on, tier.table, dedupe(edges))
    for (const instant of due) {
      const { sloId, ts } = instant
      const start = read.get(keyOf({ sloId, ts: floorTo(ts, tier.step) }))
      const end = read.get(keyOf({ sloId, ts: ceilTo(ts, tier.step) }))
      const found = start && end && interpolated(start, end, (ts % tier.step) / tier.step)
      if (found) result.set(keyOf(instant), { good: found.good, total: found.total, measured: found.measured })
    }
    open = open.filter((instant) => !result.has(keyOf(instant)))
  }
  for (const [key, counts] of await readLast(on, open)) result.set(key, counts)
  return result
}

/** After the last row that is kept nothing was counted: the counters stand as they stood there. Left out where none is kept before. */
async function readLast(on: Queryable, instants: Instant[]): Promise<Map<string, Counts>> {
  if (instants.length === 0) return new Map()
  const newest = TIERS.map(
    ({ table }) =>
      `(SELECT ts, good, total, measured FROM ${table} WHERE slo_id = w.slo_id AND ts <= w.ts ORDER BY ts DESC LIMIT 1)`,
  )
  const { rows } = await on.query<Instant & Counts>(
    `SELECT w.slo_id AS "sloId", w.ts, k.good, k.total, k.measured FROM unnest($1::int[], $2::int[]) AS w (slo_id, ts)
     CROSS JOIN LATERAL (SELECT * FROM (${newest.join(' UNION ALL ')}) n ORDER BY ts DESC LIMIT 1) k`,
    [instants.map(({ sloId }) => sloId), instants.map(({ ts }) => ts)],
  )
  return new Map(rows.map(({ good, total, measured, ...instant }) => [keyOf(instant), { good, total, measured }]))
}

const readMarks = (on: Queryable, instants: Instant[]) => readPairs(on, 'counter_mark', instants)

/** Just these pairs: every SLO at every instant would be a product. */
async function readPairs(on: Queryable, table: string, instants: Instant[]): Promise<Map<string, Counts>> {
  const { rows } = await on.query({
    text: `SELECT k.slo_id, k.ts, k.good, k.total, k.measured FROM unnest($1::int[], $2::int[]) AS w (slo_id, ts)
           JOIN ${table} k ON k.slo_id = w.slo_id AND k.ts = w.ts`,
    values: [instants.map(({ sloId }) => sloId), instants.map(({ ts }) => ts)],
    rowMode: 'array',
  })
  return new Map(
    (rows as [number, number, number, number, number][]).map(([sloId, ts, good, total, measured]) => [
      keyOf({ sloId, ts }),
      { good, total, measured },
    ]),
  )
}

type Reach = { from: UnixSeconds | null; newest: UnixSeconds | null }

async function reachOf(on: Queryable, ids: number[]): Promise<Map<number, Reach>> {
  const { rows } = await on.query<Reach & { id: number }>(
    `SELECT e.slo_id AS id, e.history_from AS "from", s.ts AS newest
     FROM slo_evaluation e LEFT JOIN slo_status s USING (slo_id) WHERE e.slo_id = ANY($1::int[])`,
    [ids],
  )
  return new Map(rows.map(({ id, ...reach }) => [id, reach]))
}
