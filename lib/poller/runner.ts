import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import { applyCorrections } from '../correction/commands-apply'
import { followReleases } from '../decision/commands-follow'
import { pruneAnswers } from '../decision/commands-idempotency'
import { refreshCosts } from '../incident/commands-costs'
import { Fenced } from '../measurement/advance'
import { BoundaryCache } from '../measurement/inputs'
import { dropOldPartitions, ensurePartitions } from '../measurement/partitions'
import { loadSources, type SourceRow } from '../measurement/source-health'
import { pruneOutbox } from '../notify/retention'
import { measureCosts } from '../release/commands-cost'
import { proposeAttributions } from '../release/commands-propose'
import { pruneReports } from '../report/commands-schedule'
import { DAY, floorTo, HOUR, MINUTE, type Seconds, toUnix, type UnixSeconds } from '../time-series/units'
import { sampleAccuracy } from './accuracy'
import { catchUp } from './catch-up'
import { driftLoop } from './drift'
import { refreshFindings } from './findings'
import { checkIn, claim, ensureShards, fenceOf, type Lease, release, releaseAll, renew } from './lease'
import { refreshMarks } from './marks'
import type { PollerMetrics } from './metrics'
import { refreshOutlooks } from './outlooks'
import { reconcile } from './reconcile'
import { Quiet, reportLoop } from './reports'
import { probeScrapes } from './scrape-interval'
import { refreshSince } from './since'
import { tick } from './tick'
import { refreshTrends } from './trend'

export type RunnerOptions = {
  pool: pg.Pool
  worker: string
  log: Logger
  signal: AbortSignal
  metrics?: PollerMetrics
  clock?: () => UnixSeconds
}

const realClock = (): UnixSeconds => toUnix(new Date())
const CHECK_IN = 10

/** Runs until the signal: takes shards, ticks them at aligned instants, catches up in between. */
export async function run(options: RunnerOptions): Promise<void> {
  const { pool, worker, log, signal } = options
  const clock = options.clock ?? realClock
  await ensureShards(pool)
  await prepare(pool, clock())
  const loops = new Map<number, Promise<void>>()
  const held = new Map<number, Lease>()
  const quiet = new Quiet()
  const beside = { log, signal, clock, quiet, mine: () => held.has(0) }
  const others = [reportLoop(beside), driftLoop(beside)]
  let prepared = clock()
  while (!signal.aborted) {
    const share = await checkIn(pool, worker)
    if (held.size < share) {
      const lease = await claim(pool, worker)
      if (lease) {
        held.set(lease.shard, lease)
        log.info({ shard: lease.shard }, 'shard taken')
        // A shard that was lost and taken again is another lease: the old loop ends, and leaves the new one alone.
        const mine = () => held.get(lease.shard) === lease
        const loop = shardLoop(options, clock, lease, { mine, quiet })
          .catch((error: unknown) => log.error({ shard: lease.shard, err: error }, 'shard stopped'))
          .finally(() => mine() && held.delete(lease.shard))
        loops.set(lease.shard, loop)
        continue
      }
    }
    for (const lease of [...held.values()].slice(share)) {
      held.delete(lease.shard)
      await release(pool, lease)
    }
    for (const lease of held.values()) if (!(await renew(pool, lease))) held.delete(lease.shard)
    if (clock() - prepared >= HOUR) {
      prepared = clock()
      await prepare(pool, prepared)
      for (const name of await dropOldPartitions(pool, prepared)) log.info({ partition: name }, 'old partition dropped')
      const pruned = await pruneOutbox(pool, prepared)
      if (pruned > 0) log.info({ pruned }, 'old notices removed')
      await pruneAnswers(prepared)
      await pruneReports(prepared)
    }
    await pause(CHECK_IN, signal)
  }
  await Promise.all([...loops.values(), ...others])
  await releaseAll(pool, worker)
}

const prepare = (pool: pg.Pool, now: UnixSeconds) => ensurePartitions(pool, now - 2 * DAY, now + 2 * DAY)

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(seconds * 1000, undefined, { signal })
  } catch {
    // woken early to stop
  }
}

async function shardLoop(
  { pool, log, signal, metrics }: RunnerOptions,
  clock: () => UnixSeconds,
  lease: Lease,
  { mine, quiet }: { mine: () => boolean; quiet: Quiet },
) {
  const fence = fenceOf(lease)
  const cache = new BoundaryCache()
  const from = lease.nextTick === null ? 0 : lease.nextTick - MINUTE
  /** the newest instant that was evaluated, by offset */
  const done = new Map<Seconds, UnixSeconds>()
  let extras = 0
  let followed = 0
  while (!signal.aborted && mine()) {
    const now = clock()
    try {
      let moved = false
      for (const [offset, sources] of byOffset(await loadSources(pool))) {
        const context = { pool, shard: lease.shard, fence, now, cache, sources }
        const due = floorTo(now - offset, MINUTE)
        const last = done.get(offset) ?? from
        if (due > last) {
          const began = performance.now()
          quiet.expect(offset)
          const report = await quiet.during(() => tick(context, due))
          metrics?.ticked(report, (performance.now() - began) / 1_000)
          done.set(offset, due)
          await noteNext(pool, lease, Math.min(...done.values()) + MINUTE)
          log.debug({ shard: lease.shard, ...report }, 'tick')
          if (report.behind === 0 && now - extras >= 5 * MINUTE) {
            extras = now
            await quiet.during(async () => {
              await background(pool, lease.shard, due, log)
              await refreshFindings(context, due)
            })
          }
          moved = true
        } else if (await catchUp(context, last)) {
          await afterwards(pool, lease.shard, last)
          await refreshFindings(context, last)
          moved = true
        }
      }
      // Releases belong to no shard: one of them looks after all, once a minute.
      if (lease.shard === 0 && now - followed >= MINUTE) {
        followed = now
        await followReleases(pool, now).catch((error: unknown) => log.error({ err: error }, 'releases could not be followed'))
      }
      if (moved) continue
    } catch (error) {
      if (error instanceof Fenced) {
        log.info({ shard: lease.shard }, 'shard was taken over')
        return
      }
      metrics?.passFailed()
      // A fault of the database or of one pass: said, and tried again. Rows are written whole or not at all.
      log.error({ shard: lease.shard, err: error }, 'pass failed')
      await pause(5, signal)
    }
    await pause(1, signal)
  }
}

/** Sources that need the same time to take in a scrape are asked for the same instant. */
function byOffset(sources: SourceRow[]): Map<Seconds, SourceRow[]> {
  const groups = new Map<Seconds, SourceRow[]>()
  for (const source of sources) groups.set(source.offsetSeconds, [...(groups.get(source.offsetSeconds) ?? []), source])
  return groups
}

const noteNext = (pool: pg.Pool, lease: Lease, next: UnixSeconds) =>
  pool.query('UPDATE shard SET next_tick = $3 WHERE id = $1 AND epoch = $2', [lease.shard, lease.epoch, next])

/** What a list says beyond the status. Since before trends: a line is the mark of a history that was looked through. */
async function afterwards(pool: pg.Pool, shard: number, at: UnixSeconds): Promise<void> {
  await refreshSince(pool, shard)
  await refreshTrends(pool, shard, at)
  await refreshOutlooks(pool, shard, at)
}

async function background(pool: pg.Pool, shard: number, at: UnixSeconds, log: Logger): Promise<void> {
  const corrected = await applyCorrections(pool, { shard }, at)
  if (corrected > 0) log.info({ shard, corrected }, 'approved corrections laid out')
  await refreshMarks(pool, shard, at)
  // Incidents belong to no shard: one of them looks after all.
  if (shard === 0) await refreshCosts(pool, at)
  await proposeAttributions(pool, shard, at)
  await measureCosts(pool, shard, at)
  await afterwards(pool, shard, at)
  await probeScrapes(pool, at)
  await sampleAccuracy(pool, shard, log)
  const corrections = await reconcile(pool, shard, at)
  if (corrections > 0) log.warn({ shard, corrections }, 'the source counts differently now')
}
