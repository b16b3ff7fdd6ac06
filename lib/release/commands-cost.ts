import type pg from 'pg'
import { loadCorrections } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { countersAt, keyOf } from '../measurement/marks'
import { between } from '../slo/counts'
import { windowLength } from '../slo/window'
import { DAY, type Seconds, type UnixSeconds } from '../time-series/units'
import { type Around, stretchesOf } from './attribution'
import { closesWithin, costOf, HORIZONS, type ReleaseCost } from './cost'

/** Releases older than this were measured long ago, or never will be. */
const REACH = 100 * DAY
/** Pairs of a release and an SLO that one pass measures: a first pass has a past to catch up with. */
const MOST = 400

type Due = Around & { releaseId: number; sloId: number; horizon: Seconds; newest: UnixSeconds; history: UnixSeconds }

/** Measures what releases cost the budgets of their service, an hour and a day after. Doing it again is harmless. Returns how many. */
export async function measureCosts(pool: pg.Pool, shard: number, at: UnixSeconds): Promise<number> {
  const due = await dueCosts(pool, shard, at)
  if (due.length === 0) return 0
  const { definitions } = await loadDefinitions(pool, { ids: [...new Set(due.map(({ sloId }) => sloId))] })
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  const { lens } = await loadCorrections(pool, definitions)
  const wanted = due.flatMap((one) => {
    const definition = byId.get(one.sloId)
    const to = closesWithin(one.at, one.horizon, one.next)
    const before = stretchesOf({ ...one, next: null }, one.newest)?.before
    return definition && before
      ? [{ ...one, to, before, rules: definition.rules, ...traffic(one.history, windowLength(definition.rules.window, to), to) }]
      : []
  })
  const instants = wanted.flatMap(({ sloId, at: out, to, before, opens }) =>
    [before.from, out, to, opens].map((ts) => ({ sloId, ts })),
  )
  const counters = await countersAt(pool, instants, at)
  const costs = wanted.flatMap(({ releaseId, sloId, horizon, at: out, to, before, rules, length, opens }) => {
    const reading = (ts: UnixSeconds) => {
      const raw = counters.get(keyOf({ sloId, ts }))
      return raw && lens(sloId)(ts, raw)
    }
    const [start, middle, end, opened] = [before.from, out, to, opens].map(reading)
    if (!start || !middle || !end || !opened) return []
    const windowTotal = (between(opened, end).total * length) / Math.max(1, to - opens)
    const cost = costOf({ before: { start, end: middle }, after: { start: middle, end }, target: rules.target, windowTotal })
    return [{ releaseId, sloId, horizon, to, ...cost }]
  })
  await write(pool, costs)
  return costs.length
}

/** The traffic of a whole window's length, also where a period has just begun. */
const traffic = (history: UnixSeconds, length: Seconds, to: UnixSeconds) => ({ length, opens: Math.max(history, to - length) })

async function dueCosts(pool: pg.Pool, shard: number, at: UnixSeconds): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `SELECT r.id AS "releaseId", s.id AS "sloId", h.horizon, st.ts AS newest, e.history_from AS history, r.released_at AS at,
       (SELECT max(o.released_at) FROM release o WHERE o.service_id = r.service_id AND o.released_at < r.released_at) AS before, n.next
     FROM release r
     CROSS JOIN LATERAL (SELECT min(o.released_at) AS next FROM release o WHERE o.service_id = r.service_id AND o.released_at > r.released_at) n
     CROSS JOIN unnest($3::int[]) AS h (horizon)
     JOIN slo s ON s.service_id = r.service_id AND s.shard = $1 AND s.deleted_at IS NULL AND s.lifecycle = 'active'
     JOIN slo_status st ON st.slo_id = s.id JOIN slo_evaluation e ON e.slo_id = s.id AND e.history_from < r.released_at
     WHERE r.released_at > $2 AND st.ts >= least(r.released_at + h.horizon, coalesce(n.next, 2147483647))
       AND NOT EXISTS (SELECT 1 FROM release_cost c WHERE c.release_id = r.id AND c.slo_id = s.id AND c.horizon = h.horizon)
     ORDER BY r.released_at DESC LIMIT $4`,
    [shard, at - REACH, HORIZONS, MOST],
  )
  return rows
}

type Measured = ReleaseCost & { releaseId: number; sloId: number; horizon: Seconds; to: UnixSeconds }

async function write(pool: pg.Pool, costs: Measured[]): Promise<void> {
  const column = <K extends keyof Measured>(key: K) => costs.map((one) => one[key])
  await pool.query(
    `INSERT INTO release_cost (release_id, slo_id, horizon, to_ts, bad, total, baseline, spent, excess)
     SELECT n.* FROM unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[])
       AS n (release_id, slo_id, horizon, to_ts, bad, total, baseline, spent, excess)
     JOIN release r ON r.id = n.release_id JOIN slo s ON s.id = n.slo_id
     ON CONFLICT (release_id, slo_id, horizon) DO NOTHING`,
    (['releaseId', 'sloId', 'horizon', 'to', 'bad', 'total', 'baseline', 'spent', 'excess'] as const).map(column),
  )
}
