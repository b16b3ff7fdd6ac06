import type pg from 'pg'
import { loadDefinitions } from '../measurement/definitions'
import { measure } from '../measurement/measure'
import { samplesAt } from '../measurement/samples'
import { isOpen, loadSources } from '../measurement/source-health'
import { FIVES } from '../measurement/tiers'
import { PrometheusUnavailable } from '../prometheus/errors'
import { asksSource } from '../slo/definition'
import { floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'

/** The same questions of the same minutes give the same answers, to the last digits: what differs came in later. */
const NOISE = 1e-6
/** the hour that this process has counted again, by shard */
const COUNTED = new Map<number, UnixSeconds>()

/**
 * Once an hour: counts the hour before last again, minute by minute as it was measured, and writes down what differs. The
 * ledger is not rewritten: a correction is seen, and somebody decides.
 */
export async function reconcile(pool: pg.Pool, shard: number, now: UnixSeconds, counted = COUNTED): Promise<number> {
  const to = floorTo(now - HOUR, HOUR)
  if (counted.get(shard) === to) return 0
  counted.set(shard, to)
  const from = to - HOUR
  const { definitions } = await loadDefinitions(pool, { shard })
  const unchanged = await unchangedSince(pool, shard, from)
  let corrections = 0
  for (const source of await loadSources(pool)) {
    const mine = definitions.filter(asksSource).filter(({ id, dataSourceId }) => dataSourceId === source.id && unchanged.has(id))
    if (mine.length === 0 || isOpen(source, now)) continue
    try {
      const { readings } = await measure(source, mine, { from, to, step: MINUTE })
      const kept = new Map(
        (
          await samplesAt(
            pool,
            FIVES,
            [from, to],
            mine.map(({ id }) => id),
          )
        ).map((s) => [`${s.sloId} ${s.ts}`, s]),
      )
      for (const { id } of mine) {
        const start = kept.get(`${id} ${from}`)
        const end = kept.get(`${id} ${to}`)
        const again = readings.get(id)
        if (!start || !end || !again) continue
        const good = again.reduce((sum, slot) => sum + (slot?.good ?? 0), 0) - (end.good - start.good)
        const total = again.reduce((sum, slot) => sum + (slot?.total ?? 0), 0) - (end.total - start.total)
        if (Math.max(Math.abs(good), Math.abs(total)) <= NOISE * Math.max(1, end.total - start.total)) continue
        const { rowCount } = await pool.query(
          `INSERT INTO measurement_correction (slo_id, from_ts, to_ts, good_delta, total_delta, reason)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slo_id, from_ts, to_ts) DO NOTHING`,
          [id, from, to, good, total, 'The source counts this hour differently now.'],
        )
        corrections += rowCount ?? 0
      }
    } catch (error) {
      if (!(error instanceof PrometheusUnavailable)) throw error
    }
  }
  return corrections
}

/** What was measured by another definition cannot be compared with this one. */
async function unchangedSince(pool: pg.Pool, shard: number, from: UnixSeconds): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM slo WHERE shard = $1 AND updated_at <= to_timestamp($2)', [
    shard,
    from,
  ])
  return new Set(rows.map(({ id }) => id))
}
