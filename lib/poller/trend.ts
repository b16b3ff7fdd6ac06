import type pg from 'pg'
import { loadCorrections, throughLens } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { samplesAt } from '../measurement/samples'
import { HOURS } from '../measurement/tiers'
import { between, type Counts, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { budgetInMinutes, remainingOf } from '../slo/error-budget'
import { windowAt } from '../slo/window'
import { floorTo, HOUR, type UnixSeconds } from '../time-series/units'

/** Sixty points, twelve hours apart: the 30-day line of a list. */
const POINTS = 60
const APART = 12 * HOUR
const TOGETHER = 200

/** Computes the lines that lack their newest point. */
export async function refreshTrends(pool: pg.Pool, shard: number, now: UnixSeconds): Promise<void> {
  const newest = floorTo(now, APART)
  const { rows } = await pool.query<{ id: number; history: number | null }>(
    `SELECT st.slo_id AS id, e.history_from AS history FROM slo_status st
     JOIN slo s ON s.id = st.slo_id JOIN slo_evaluation e ON e.slo_id = s.id LEFT JOIN slo_trend t ON t.slo_id = s.id
     WHERE s.shard = $1 AND e.backfill = 'done' AND (t.ts IS NULL OR t.ts < $2) LIMIT ${TOGETHER}`,
    [shard, newest],
  )
  if (rows.length === 0) return
  const history = new Map(rows.map(({ id, history: from }) => [id, from]))
  const { definitions } = await loadDefinitions(pool, { shard })
  const wanted = definitions.filter(({ id }) => history.has(id))
  const ends = Array.from({ length: POINTS }, (_, i) => newest - (POINTS - 1 - i) * APART)
  const startOf = ({ rules }: SloDefinition, end: UnixSeconds) => floorTo(windowAt(rules.window, end).from, HOUR)
  const instants = new Set(ends)
  for (const definition of wanted) for (const end of ends) instants.add(startOf(definition, end))
  const read = new Map<string, Counts>()
  const ids = wanted.map(({ id }) => id)
  const corrections = await loadCorrections(pool, wanted)
  for (const sample of throughLens(corrections, await samplesAt(pool, HOURS, [...instants], ids)))
    read.set(`${sample.sloId} ${sample.ts}`, sample)
  const lines = wanted.map((definition) => {
    const from = history.get(definition.id) ?? Number.POSITIVE_INFINITY
    return ends.map((end) => {
      const stop = read.get(`${definition.id} ${end}`)
      if (!stop || end <= from) return Number.NaN
      const { target, window } = definition.rules
      const { from: opens, to: closes } = windowAt(window, end)
      const credited = corrections.credit(definition.id, { from: opens, to: end }) / budgetInMinutes(target, closes - opens)
      return remainingOf(between(read.get(`${definition.id} ${startOf(definition, end)}`) ?? NO_COUNTS, stop), target) + credited
    })
  })
  await pool.query(
    `INSERT INTO slo_trend (slo_id, ts, points) SELECT id, $2, points::float8[] FROM unnest($1::int[], $3::text[]) AS n (id, points)
     ON CONFLICT (slo_id) DO UPDATE SET ts = EXCLUDED.ts, points = EXCLUDED.points`,
    [wanted.map(({ id }) => id), newest, lines.map((points) => `{${points.join()}}`)],
  )
}
