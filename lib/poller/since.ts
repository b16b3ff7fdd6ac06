import type pg from 'pg'
import { loadCorrections, throughLens } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { samplesBetween } from '../measurement/samples'
import { HOURS } from '../measurement/tiers'
import type { SloState } from '../slo/state'
import { stateSince } from '../slo/state-since'
import { DAY, floorTo, HOUR } from '../time-series/units'

/** States are looked for in 90 days, whose windows reach back further. */
const REACH = 200 * DAY
type Row = { id: number; ts: number; state: SloState; history: number }

/**
 * An SLO whose history was just read has a state that began some time in that history, not at its first evaluation.
 * Runs once per SLO: before it has its first line.
 */
export async function refreshSince(pool: pg.Pool, shard: number): Promise<void> {
  const { rows } = await pool.query<Row>(
    `SELECT st.slo_id AS id, st.ts, st.state, e.history_from AS history FROM slo_status st
     JOIN slo s ON s.id = st.slo_id JOIN slo_evaluation e ON e.slo_id = s.id
     WHERE s.shard = $1 AND e.backfill = 'done' AND e.history_from IS NOT NULL AND st.since > e.history_from
       AND NOT EXISTS (SELECT 1 FROM slo_trend t WHERE t.slo_id = s.id)`,
    [shard],
  )
  if (rows.length === 0) return
  const { definitions } = await loadDefinitions(pool, { shard })
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  for (const { id, ts, state, history } of rows) {
    const definition = byId.get(id)
    if (!definition) continue
    const corrections = await loadCorrections(pool, [definition])
    const samples = await samplesBetween(pool, HOURS, id, { from: floorTo(ts - REACH, HOUR), to: ts, step: HOUR })
    const byHour = new Map(throughLens(corrections, samples).map((sample) => [sample.ts, sample]))
    const creditIn = (window: { from: number; to: number }) => corrections.credit(id, window)
    const since = stateSince(definition.rules, state, { now: ts, historyFrom: history, at: (hour) => byHour.get(hour), creditIn })
    await pool.query('UPDATE slo_status SET since = $2 WHERE slo_id = $1 AND state = $3 AND since > $2', [id, since, state])
  }
}
