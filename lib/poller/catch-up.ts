import type pg from 'pg'
import { advance, type Fence } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { countsOf } from '../measurement/inputs'
import { askSource } from '../measurement/measure'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample } from '../measurement/samples'
import { isOpen, loadSources, markStale, recordAnswer, recordFailure, type SourceRow } from '../measurement/source-health'
import { PrometheusUnavailable } from '../prometheus/errors'
import { asksSource, isComposite, type SourceDefinition } from '../slo/definition'
import { isSliced } from '../slo/one-shot'
import { floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import { judgeAlerts } from './alerts'
import { advanceComposites } from './composites'
import { begin, HISTORY, nextStretch, progress, refuse } from './fill'

const TOGETHER = 50

export type CatchUpContext = { pool: pg.Pool; shard: number; fence: Fence; now: UnixSeconds; sources?: SourceRow[] }

type Behind = { source: SourceRow; definitions: SourceDefinition[]; from: UnixSeconds; start: Sample[]; sliced: boolean }

/**
 * Moves SLOs that are behind `until` on by one chunk: new ones through their history, others over what was missed while
 * the poller or the source was down, or while they were quarantined. True when something moved, so there may be more.
 */
export async function catchUp(context: CatchUpContext, until: UnixSeconds): Promise<boolean> {
  const { definitions } = await loadDefinitions(context.pool, { shard: context.shard })
  const groups = await findBehind(context, definitions.filter(asksSource), until)
  let moved = false
  for (const group of groups) if (await catchUpGroup(context, group, until)) moved = true
  const { far } = await advanceComposites(context, definitions.filter(isComposite), until)
  return moved || far
}

async function findBehind(
  { pool, shard, now, sources }: CatchUpContext,
  definitions: SourceDefinition[],
  until: UnixSeconds,
): Promise<Behind[]> {
  const all = new Map((sources ?? (await loadSources(pool))).map((source) => [source.id, source]))
  const resting = await restingIn(pool, shard, now)
  const ids = definitions.map(({ id }) => id).filter((id) => !resting.has(id))
  const newest = await newestSamples(pool, ids)
  const groups = new Map<string, Behind>()
  for (const definition of definitions) {
    const source = all.get(definition.dataSourceId)
    const sample = newest.get(definition.id)
    if (!source || resting.has(definition.id) || isOpen(source, now) || (sample && sample.ts >= until)) continue
    const from = sample?.ts ?? floorTo(now - HISTORY, HOUR)
    const sliced = isSliced(definition.plan, definition.accounting)
    const key = `${source.id} ${from} ${sliced}`
    const group = groups.get(key) ?? { source, definitions: [], from, start: [], sliced }
    group.definitions.push(definition)
    if (sample) group.start.push(sample)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.from - a.from)
}

async function restingIn(pool: pg.Pool, shard: number, now: UnixSeconds): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT e.slo_id AS id FROM slo_evaluation e JOIN slo s ON s.id = e.slo_id
     WHERE s.shard = $1 AND e.quarantined_at IS NOT NULL AND e.quarantine_retry > to_timestamp($2)`,
    [shard, now],
  )
  return new Set(rows.map(({ id }) => id))
}

async function catchUpGroup({ pool, fence, now }: CatchUpContext, group: Behind, until: UnixSeconds): Promise<boolean> {
  const stretch = nextStretch(group, until, now)
  await ensurePartitions(pool, stretch.from, stretch.to)
  let moved = false
  for (let first = 0; first < group.definitions.length; first += TOGETHER) {
    const definitions = group.definitions.slice(first, first + TOGETHER)
    const ids = definitions.map(({ id }) => id)
    try {
      await begin(pool, ids, group.from, until)
      const last = stretch.to >= until
      const work = { definitions, start: countsOf(group.start), stretch, now, judge: last, fence, judged: judgeAlerts }
      const done = await advance(pool, askSource(group.source), work)
      await recordAnswer(pool, group.source, now)
      if (done.refused.size > 0) {
        await markStale(pool, 'id = ANY($1::int[])', [...done.refused.keys()])
        await refuse(pool, done.refused)
      }
      await progress(pool, done.advanced, stretch.to, last)
      moved ||= done.advanced.length > 0
    } catch (error) {
      if (!(error instanceof PrometheusUnavailable)) throw error
      await recordFailure(pool, group.source, error, now)
      await pool.query(`UPDATE slo_evaluation SET backfill_error = $2 WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`, [
        ids,
        error.message,
      ])
      return moved
    }
  }
  return moved
}
