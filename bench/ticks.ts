import type pg from 'pg'
import { UNFENCED } from '../lib/measurement/advance'
import { BoundaryCache } from '../lib/measurement/inputs'
import { SHARDS } from '../lib/measurement/shards'
import { tick } from '../lib/poller/tick'
import { MINUTE, type UnixSeconds } from '../lib/time-series/units'
import { percentile, round } from './numbers'
import { DatabaseClock } from './timed-pool'

export type TickFigures = {
  slos: number
  ticks: number
  queriesPerTick: number
  slosPerQuery: number
  tickP95Milliseconds: number
  databaseP95Milliseconds: number
}

/** Ticks of all shards, one after the other, minute by minute. The first is a warm-up: parsing and boundaries. */
export async function measureTicks(pool: pg.Pool, from: UnixSeconds, count: number): Promise<TickFigures> {
  const clock = new DatabaseClock()
  const timed = clock.watch(pool)
  const caches = Array.from({ length: SHARDS }, () => new BoundaryCache())
  const whole: number[] = []
  const database: number[] = []
  let queries = 0
  let slos = 0
  for (let turn = 0; turn <= count; turn += 1) {
    const at = from + turn * MINUTE
    clock.take()
    const began = performance.now()
    let asked = 0
    slos = 0
    for (const [shard, cache] of caches.entries()) {
      const report = await tick({ pool: timed, shard, fence: UNFENCED, now: at + 30, cache }, at)
      asked += report.queries
      slos += report.evaluated
    }
    if (turn === 0) continue
    whole.push(performance.now() - began)
    database.push(clock.take())
    queries += asked
  }
  return {
    slos,
    ticks: count,
    queriesPerTick: queries / count,
    slosPerQuery: round((slos * count) / queries, 1),
    tickP95Milliseconds: round(percentile(whole, 0.95), 0),
    databaseP95Milliseconds: round(percentile(database, 0.95), 0),
  }
}
