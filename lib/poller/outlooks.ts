import type pg from 'pg'
import { loadCorrections, throughLens } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { samplesBetween } from '../measurement/samples'
import { HOURS } from '../measurement/tiers'
import { exhaustionAt, returnAt } from '../slo/countdown'
import { NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { evaluateStatus, type Status } from '../slo/status'
import { unpackInputs } from '../slo/status-inputs'
import { windowAt } from '../slo/window'
import { floorTo, HOUR, type UnixSeconds } from '../time-series/units'

type Row = { id: number; ts: number; last: number | null; stale: number | null; inputs: number[] }

/** Burning at this pace for a whole window cannot end the budget: nothing to count down. */
const canEnd = (status: Status): boolean =>
  status.consumed + Math.max(status.burn.h1 ?? 0, status.burn.h6 ?? 0, status.burn.h24 ?? 0) >= 1

/** When budgets end at their present paces, and when those that are gone come back. Every few minutes, from stored counts. */
export async function refreshOutlooks(pool: pg.Pool, shard: number, now: UnixSeconds): Promise<void> {
  const { rows } = await pool.query<Row>(
    `SELECT st.slo_id AS id, st.ts, st.last_data_ts AS last, st.stale_since AS stale, st.inputs
     FROM slo_status st JOIN slo s ON s.id = st.slo_id WHERE s.shard = $1`,
    [shard],
  )
  const { definitions } = await loadDefinitions(pool, { shard })
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  const updates: [id: number, h1: number | null, h6: number | null, h24: number | null, back: number | null][] = []
  for (const row of rows) {
    const definition = byId.get(row.id)
    if (!definition) continue
    const status = evaluateStatus(
      definition.rules,
      unpackInputs(row.inputs, { now: row.ts, lastDataTs: row.last, staleSince: row.stale }),
    )
    updates.push([row.id, ...(await endsOf(pool, definition, status, now))])
  }
  await pool.query(
    `UPDATE slo_status s SET ends_1h = n.h1, ends_6h = n.h6, ends_24h = n.h24, back_at = n.back
     FROM unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[]) AS n (id, h1, h6, h24, back)
     WHERE s.slo_id = n.id AND (s.ends_1h, s.ends_6h, s.ends_24h, s.back_at) IS DISTINCT FROM (n.h1, n.h6, n.h24, n.back)`,
    [0, 1, 2, 3, 4].map((column) => updates.map((update) => update[column])),
  )
}

type Ends = [h1: number | null, h6: number | null, h24: number | null, back: number | null]

async function endsOf(pool: pg.Pool, definition: SloDefinition, status: Status, now: UnixSeconds): Promise<Ends> {
  const { id, rules } = definition
  if (status.remaining > 0 && !canEnd(status)) return [null, null, null, null]
  const stretch = { from: floorTo(status.windowFrom, HOUR), to: now, step: HOUR }
  const history = throughLens(await loadCorrections(pool, [definition]), await samplesBetween(pool, HOURS, id, stretch))
  // A young history begins at zero, before its first full hour.
  if (history[0] && history[0].ts > status.windowFrom) history.unshift({ ...NO_COUNTS, sloId: id, ts: status.windowFrom })
  const newest = history.at(-1)
  const start = history[0]
  if (!newest || !start) return [null, null, null, null]
  // The counters of the last full hour, carried on to the instant of the status.
  history.push({ ...newest, ts: status.ts, good: start.good + status.counts.good, total: start.total + status.counts.total })
  const input = {
    now: status.ts,
    target: rules.target,
    // Not clipped to a young history: burn leaves a window when it is as old as the window is long.
    windowFrom: windowAt(rules.window, status.ts).from,
    rolling: rules.window.kind === 'rolling',
    periodEnd: status.windowTo,
    credited: status.credited,
    history,
  }
  if (status.remaining <= 0) return [null, null, null, returnAt(input)]
  return [exhaustionAt(input, status.burn.h1), exhaustionAt(input, status.burn.h6), exhaustionAt(input, status.burn.h24), null]
}
