import type pg from 'pg'
import { advance, type Fence } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { countsOf } from '../measurement/inputs'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample } from '../measurement/samples'
import { isOpen, loadSources, markStale, recordAnswer, recordFailure, type SourceRow } from '../measurement/source-health'
import { coarseUntil } from '../measurement/tiers'
import { PrometheusUnavailable } from '../prometheus/errors'
import type { SloDefinition } from '../slo/definition'
import { isSliced } from '../slo/one-shot'
import { ceilTo, DAY, floorTo, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

/** A new SLO begins with this much of the source's past. */
export const HISTORY = 90 * DAY
/** One question reaches over at most this many steps: far below the 11,000 a source allows, and few megabytes of answer. */
const STEPS = 2_880
const TOGETHER = 50

export type CatchUpContext = { pool: pg.Pool; shard: number; fence: Fence; now: UnixSeconds; sources?: SourceRow[] }

type Behind = { source: SourceRow; definitions: SloDefinition[]; from: UnixSeconds; start: Sample[]; sliced: boolean }

/**
 * Moves SLOs that are behind `until` on by one chunk: new ones through their history, others over what was missed while
 * the poller or the source was down, or while they were quarantined. True when something moved, so there may be more.
 */
export async function catchUp(context: CatchUpContext, until: UnixSeconds): Promise<boolean> {
  const groups = await findBehind(context, until)
  let moved = false
  for (const group of groups) if (await catchUpGroup(context, group, until)) moved = true
  return moved
}

async function findBehind({ pool, shard, now, sources }: CatchUpContext, until: UnixSeconds): Promise<Behind[]> {
  const all = new Map((sources ?? (await loadSources(pool))).map((source) => [source.id, source]))
  const { definitions } = await loadDefinitions(pool, { shard })
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

/**
 * The next stretch from `from`. Slices are minutes, however long ago. Events are counted in five-minute steps as long as
 * minutes are no longer kept there: that costs a quarter, and `increment` loses nothing by it worth mentioning.
 */
export function nextStretch(
  { from, sliced }: Pick<Behind, 'from' | 'sliced'>,
  until: UnixSeconds,
  now: UnixSeconds,
): { from: UnixSeconds; to: UnixSeconds; step: number } {
  const to = (step: Seconds, end: UnixSeconds) => Math.min(from + STEPS * step, end)
  if (sliced) return { from, to: to(MINUTE, until), step: MINUTE }
  const coarseEnd = Math.min(floorTo(coarseUntil(now), 5 * MINUTE), floorTo(until, 5 * MINUTE))
  const aligned = ceilTo(from, 5 * MINUTE)
  if (from !== aligned && aligned <= until) return { from, to: aligned, step: MINUTE }
  if (from < coarseEnd) return { from, to: to(5 * MINUTE, coarseEnd), step: 5 * MINUTE }
  return { from, to: to(MINUTE, until), step: MINUTE }
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
      const work = { definitions, start: countsOf(group.start), stretch, now, judge: stretch.to >= until, fence }
      const done = await advance(pool, group.source, work)
      await recordAnswer(pool, group.source, now)
      if (done.refused.size > 0) {
        await markStale(pool, 'id = ANY($1::int[])', [...done.refused.keys()])
        await refuse(pool, done.refused)
      }
      await progress(pool, done.advanced, stretch.to, stretch.to >= until)
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

const begin = (pool: pg.Pool, ids: number[], from: UnixSeconds, until: UnixSeconds) =>
  pool.query(
    `UPDATE slo_evaluation SET backfill = CASE WHEN backfill = 'failed' THEN backfill ELSE 'running' END, backfill_from = COALESCE(backfill_from, $2), backfill_to = $3
     WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`,
    [ids, from, until],
  )

/** A history that the source refuses is not being read: that is said, until a later attempt succeeds. */
const refuse = (pool: pg.Pool, refused: Map<number, string>) =>
  pool.query(
    `UPDATE slo_evaluation e SET backfill = 'failed', backfill_error = 'The source refuses this query: ' || n.message
     FROM unnest($1::int[], $2::text[]) AS n (id, message) WHERE e.slo_id = n.id AND e.backfill <> 'done'`,
    [[...refused.keys()], [...refused.values()]],
  )

const progress = (pool: pg.Pool, ids: number[], cursor: UnixSeconds, done: boolean) =>
  pool.query(
    `UPDATE slo_evaluation SET backfill_cursor = $2, backfill_error = NULL,
       backfill = CASE WHEN $3 THEN 'done' ELSE 'running' END::backfill_state
     WHERE slo_id = ANY($1::int[]) AND backfill <> 'done'`,
    [ids, cursor, done],
  )
