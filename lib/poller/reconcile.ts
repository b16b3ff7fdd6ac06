import type pg from 'pg'
import { loadDefinitions } from '../measurement/definitions'
import { measure } from '../measurement/measure'
import { samplesAt } from '../measurement/samples'
import { isOpen, loadSources } from '../measurement/source-health'
import { FIVES } from '../measurement/tiers'
import { PrometheusUnavailable } from '../prometheus/errors'
import { asksSource } from '../slo/definition'
import { floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'

/** A difference below a thousandth is the noise of scrape times. */
const NOISE = 0.001
const checked = new Map<number, UnixSeconds>()

/**
 * Once an hour: counts the hour before last again and writes down what differs. The ledger is not rewritten: a correction
 * is seen, and somebody decides.
 */
export async function reconcile(pool: pg.Pool, shard: number, now: UnixSeconds): Promise<number> {
  const to = floorTo(now - HOUR, HOUR)
  if (checked.get(shard) === to) return 0
  checked.set(shard, to)
  const from = to - HOUR
  const { definitions } = await loadDefinitions(pool, { shard })
  let corrections = 0
  for (const source of await loadSources(pool)) {
    const mine = definitions
      .filter(asksSource)
      .filter(({ dataSourceId, plan }) => dataSourceId === source.id && plan.shape.endsWith('total'))
    if (mine.length === 0 || isOpen(source, now)) continue
    try {
      const { readings } = await measure(source, mine, { from, to, step: 5 * MINUTE })
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
        corrections += 1
        await pool.query(
          `INSERT INTO measurement_correction (slo_id, from_ts, to_ts, good_delta, total_delta, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
          [id, from, to, good, total, 'The source counts this hour differently now.'],
        )
      }
    } catch (error) {
      if (!(error instanceof PrometheusUnavailable)) throw error
    }
  }
  return corrections
}
