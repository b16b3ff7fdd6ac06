import type pg from 'pg'
import { alertPolicySchema } from '../lib/alert/alert-policy'
import { type Judged, UNFENCED } from '../lib/measurement/advance'
import { BoundaryCache } from '../lib/measurement/inputs'
import { SHARDS } from '../lib/measurement/shards'
import { judgeAlerts } from '../lib/poller/alerts'
import { tick } from '../lib/poller/tick'
import { HOUR, MINUTE, type UnixSeconds } from '../lib/time-series/units'
import { percentile, round } from './numbers'

export type AlertFigures = {
  slos: number
  firing: number
  muted: number
  /** of one tick of all shards, in the middle: with alerts less without, and the time spent in them */
  addedMilliseconds: number
  spentMilliseconds: number
}

/** Burns are 0.5 in the fleet: these SLOs fire, and some of them are mute because another one does. */
const FIRING = 400
const NEEDING = 100

async function letFire(pool: pg.Pool): Promise<void> {
  const settings = alertPolicySchema.parse({ pairs: [{ long: HOUR, severity: 'page', at: { burn: 0.3 } }] })
  await pool.query(`INSERT INTO alert_policy (slug, name, settings) VALUES ('bench', 'Bench', $1) ON CONFLICT DO NOTHING`, [
    settings,
  ])
  await pool.query(
    `INSERT INTO alert_policy_assignment (scope, policy_id, slo_id)
     SELECT 'slo:' || s.id, p.id, s.id FROM (SELECT id FROM slo ORDER BY id LIMIT $1) s, alert_policy p WHERE p.slug = 'bench'`,
    [FIRING],
  )
  await pool.query(
    `INSERT INTO service_dependency (service_id, depends_on_id)
     SELECT a.service_id, b.service_id FROM (SELECT service_id, row_number() OVER (ORDER BY id) AS n FROM slo) a
     JOIN (SELECT service_id, row_number() OVER (ORDER BY id) AS n FROM slo) b ON b.n = a.n + 1 WHERE a.n <= $1`,
    [NEEDING],
  )
}

/**
 * What alerts add to a tick. Each minute is ticked twice, with and without them, in turns: whoever comes first writes the
 * samples, so the middle differences of both orders are averaged.
 */
export async function measureAlerts(pool: pg.Pool, from: UnixSeconds, turns: number): Promise<AlertFigures> {
  await letFire(pool)
  const caches = Array.from({ length: SHARDS }, () => new BoundaryCache())
  const spent: number[] = []
  const ticked = async (at: UnixSeconds, judged: Judged): Promise<{ milliseconds: number; slos: number }> => {
    const began = performance.now()
    let slos = 0
    for (const [shard, cache] of caches.entries())
      slos += (await tick({ pool, shard, fence: UNFENCED, now: at + 30, cache, judged }, at)).evaluated
    return { milliseconds: performance.now() - began, slos }
  }
  const without = (at: UnixSeconds) => ticked(at, async () => new Map())
  const withAlerts = async (at: UnixSeconds) => {
    let inside = 0
    const done = await ticked(at, async (...args) => {
      const began = performance.now()
      const fires = await judgeAlerts(...args)
      inside += performance.now() - began
      return fires
    })
    spent.push(inside)
    return done
  }
  await withAlerts(from)
  spent.length = 0
  const differences: [number[], number[]] = [[], []]
  let slos = 0
  for (let turn = 0; turn < turns; turn += 1) {
    const at = from + (turn + 1) * MINUTE
    const first = turn % 2 === 0 ? await without(at) : await withAlerts(at)
    const second = turn % 2 === 0 ? await withAlerts(at) : await without(at)
    slos = first.slos
    differences[turn % 2 === 0 ? 0 : 1].push((turn % 2 === 0 ? 1 : -1) * (second.milliseconds - first.milliseconds))
  }
  const { rows } = await pool.query<{ firing: number; muted: number }>(
    `SELECT count(*)::int AS firing, count(muted)::int AS muted FROM alert WHERE state = 'firing'`,
  )
  return {
    ...{ slos, firing: rows[0]?.firing ?? 0, muted: rows[0]?.muted ?? 0 },
    addedMilliseconds: round((percentile(differences[0], 0.5) + percentile(differences[1], 0.5)) / 2, 0),
    spentMilliseconds: round(percentile(spent, 0.5), 0),
  }
}
