import type pg from 'pg'
import { freezeUnjudged } from '../alert/commands-keep'
import { advance, type Fence, Fenced, type Judged } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { type BoundaryCache, countsOf } from '../measurement/inputs'
import { askSource } from '../measurement/measure'
import { samplesAt } from '../measurement/samples'
import {
  BREAKER,
  isOpen,
  loadSources,
  markStale,
  recordAnswer,
  recordFailure,
  type SourceRow,
} from '../measurement/source-health'
import { MINUTES } from '../measurement/tiers'
import { PrometheusUnavailable } from '../prometheus/errors'
import type { Counts } from '../slo/counts'
import { asksSource, isComposite, type SourceDefinition } from '../slo/definition'
import { MINUTE, type UnixSeconds } from '../time-series/units'
import { closeOrphans, judgeAlerts } from './alerts'
import { advanceComposites } from './composites'
import { log } from './log'

export type TickReport = {
  at: UnixSeconds
  evaluated: number
  /** SLOs that do not stand at the minute before and could be caught up: those of a source that rests cannot */
  behind: number
  queries: number
  /** of all writing transactions, ms */
  databaseMilliseconds: number
  unavailable: string[]
}

export type TickContext = {
  pool: pg.Pool
  shard: number
  fence: Fence
  now: UnixSeconds
  cache: BoundaryCache
  /** those whose data of the instant is in; absent, all of them */
  sources?: SourceRow[]
  /** what follows from evaluations; absent: alerts */
  judged?: Judged
}

/**
 * One pass over a shard at one aligned instant: everything that stands at the minute before moves on by one minute,
 * then composites move on to what their members have reached.
 */
export async function tick(context: TickContext, at: UnixSeconds): Promise<TickReport> {
  const { pool, shard, now } = context
  const sources = context.sources ?? (await loadSources(pool))
  const { definitions: all, invalid } = await loadDefinitions(pool, { shard })
  const definitions = all.filter(asksSource).filter(({ dataSourceId }) => sources.some(({ id }) => id === dataSourceId))
  await quarantineInvalid(pool, invalid, now)
  const previous = countsOf(
    await samplesAt(
      pool,
      MINUTES,
      [at - MINUTE],
      definitions.map(({ id }) => id),
    ),
  )
  const quarantined = await quarantinedIn(pool, shard)
  const current = definitions.filter(({ id }) => previous.has(id) && !quarantined.has(id))
  const resting = new Set(sources.filter((source) => isOpen(source, now)).map(({ id }) => id))
  const behind = definitions.filter((d) => !previous.has(d.id) && !quarantined.has(d.id) && !resting.has(d.dataSourceId))
  const report: TickReport = {
    at,
    evaluated: 0,
    behind: behind.length,
    queries: 0,
    databaseMilliseconds: 0,
    unavailable: [],
  }
  await Promise.all(
    sources.map((source) =>
      tickSource(
        context,
        at,
        source,
        current.filter((d) => d.dataSourceId === source.id),
        previous,
        report,
      ),
    ),
  )
  report.evaluated += (await advanceComposites(context, all.filter(isComposite), at)).ids.length
  await freezeUnjudged(pool, shard)
  await closeOrphans(pool, { shard, fence: context.fence, at }).catch((error: unknown) => {
    if (error instanceof Fenced) throw error
    log.error({ err: error }, 'alerts of what is not measured any more could not be ended')
  })
  return report
}

async function tickSource(
  { pool, fence, now, cache, judged = judgeAlerts }: TickContext,
  at: UnixSeconds,
  source: SourceRow,
  definitions: SourceDefinition[],
  start: Map<number, Counts>,
  report: TickReport,
): Promise<void> {
  if (definitions.length === 0 || isOpen(source, now)) return
  try {
    // A source that was down is asked one small question before all of them.
    if (source.failures >= BREAKER.failures) await source.client.instant('vector(1)', at)
    const stretch = { from: at - MINUTE, to: at, step: MINUTE }
    const work = { now, judge: true, fence, cache, judged }
    const done = await advance(pool, askSource(source), { ...work, definitions, start, stretch })
    await recordAnswer(pool, source, now)
    if (done.refused.size > 0) await markStale(pool, 'id = ANY($1::int[])', [...done.refused.keys()])
    report.evaluated += done.advanced.length
    report.queries += done.queries
    report.databaseMilliseconds += done.milliseconds
  } catch (error) {
    if (!(error instanceof PrometheusUnavailable)) throw error
    report.unavailable.push(source.name)
    await recordFailure(pool, source, error, now)
  }
}

async function quarantinedIn(pool: pg.Pool, shard: number): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>(
    'SELECT e.slo_id AS id FROM slo_evaluation e JOIN slo s ON s.id = e.slo_id WHERE s.shard = $1 AND e.quarantined_at IS NOT NULL',
    [shard],
  )
  return new Set(rows.map(({ id }) => id))
}

async function quarantineInvalid(pool: pg.Pool, invalid: { id: number; message: string }[], now: UnixSeconds): Promise<void> {
  for (const { id, message } of invalid)
    await pool.query(
      `UPDATE slo_evaluation SET quarantined_at = COALESCE(quarantined_at, to_timestamp($3)), quarantine_error = $2,
         quarantine_retry = to_timestamp($3) + interval '10 minutes' WHERE slo_id = $1`,
      [id, message, now],
    )
}
