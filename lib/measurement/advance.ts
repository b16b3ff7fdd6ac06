import type pg from 'pg'
import { type Counts, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { type FiringPair, type Status, withFiring } from '../slo/status'
import type { UnixSeconds } from '../time-series/units'
import { accumulate, type Progress } from './accumulate'
import { evaluate, type Facts, writeStatuses } from './evaluate'
import { pinSpans } from './excluded-spans'
import { stillInForce } from './in-force'
import type { BoundaryCache } from './inputs'
import type { Measurement, Stretch } from './measure'
import { writeSamples } from './samples'

/** True while the writer still may: asked inside the transaction. A plain refresh needs no permission. */
export type Fence = (client: pg.PoolClient) => Promise<boolean>
export const UNFENCED: Fence = async () => true

/** Somebody else took the work over while it was being done; nothing was written. */
export class Fenced extends Error {}

/** How a stretch is measured: by a source (`askSource`), or from the counters of members (`askMembers`). */
export type Ask<D extends SloDefinition> = (definitions: D[], stretch: Stretch) => Promise<Measurement>

export type Alongside = (client: Pick<pg.Pool, 'query'>) => Promise<void>

/**
 * What follows from evaluations, in the transaction that writes them: says which alerts fire now. An evaluation that is
 * older than the stored one does not come here.
 */
export type Judged = (
  client: Pick<pg.Pool, 'query'>,
  judged: { definition: SloDefinition; status: Status }[],
  at: UnixSeconds,
) => Promise<Map<number, FiringPair[]>>

export type Advance<D extends SloDefinition> = {
  definitions: D[]
  /** counters at `stretch.from`; absent: history begins here */
  start: Map<number, Counts>
  stretch: Stretch
  /** the clock, for what each tier still keeps */
  now: UnixSeconds
  /** evaluate at the end of the stretch: the end is the newest instant */
  judge: boolean
  fence: Fence
  cache?: BoundaryCache
  /** absent: alerts stay as they were until the next tick */
  judged?: Judged
  /** what has to be written together with the counters or not at all */
  alongside?: Alongside
}
export type Advanced = { queries: number; refused: Map<number, string>; advanced: number[]; milliseconds: number }

/**
 * The one way counters move: ask (before any transaction), then write samples, facts and statuses in one.
 * A tick, a first fill, a healed gap and "refresh now" differ only in the stretch.
 */
export async function advance<D extends SloDefinition>(pool: pg.Pool, ask: Ask<D>, work: Advance<D>): Promise<Advanced> {
  const { definitions, stretch, now } = work
  const measurement = await ask(definitions, stretch)
  const started = performance.now()
  const client = await pool.connect()
  let able: D[]
  try {
    await client.query('BEGIN')
    if (!(await work.fence(client))) throw new Fenced()
    able = (await stillInForce(client, definitions, work.start)).filter(({ id }) => !measurement.refused.has(id))
    const progress = new Map(
      able.map(({ id }) => [id, accumulate(id, work.start.get(id) ?? NO_COUNTS, measurement, stretch.step)] as const),
    )
    await writeSamples(
      client,
      [...progress.values()].flatMap(({ samples }) => samples),
      now,
    )
    await writeFacts(client, progress, measurement.refused, now)
    if (work.judge) await judge(client, able, progress, work)
    await work.alongside?.(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
  const milliseconds = performance.now() - started
  return { queries: measurement.queries, refused: measurement.refused, advanced: able.map(({ id }) => id), milliseconds }
}

const RETRY = '10 minutes'

/** Start of history, and who is refused by the source: alone, and asked again later. */
async function writeFacts(
  client: pg.PoolClient,
  progress: Map<number, Progress>,
  refused: Map<number, string>,
  now: UnixSeconds,
) {
  const answered = [...progress]
  if (answered.length > 0)
    await client.query(
      `UPDATE slo_evaluation e SET history_from = COALESCE(e.history_from, n.ts), good_over_total_at = COALESCE(n.over, e.good_over_total_at),
         quarantined_at = NULL, quarantine_error = NULL, quarantine_retry = NULL
       FROM unnest($1::int[], $2::int[], $3::int[]) AS n (slo_id, ts, over)
       WHERE e.slo_id = n.slo_id
         AND ((e.history_from IS NULL AND n.ts IS NOT NULL) OR n.over IS NOT NULL OR e.quarantined_at IS NOT NULL)`,
      [answered.map(([id]) => id), answered.map(([, p]) => p.firstMeasured), answered.map(([, p]) => p.goodOverTotal)],
    )
  if (refused.size > 0)
    await client.query(
      `UPDATE slo_evaluation e SET quarantined_at = COALESCE(e.quarantined_at, to_timestamp($3)), quarantine_error = n.message,
         quarantine_retry = to_timestamp($3) + interval '${RETRY}'
       FROM unnest($1::int[], $2::text[]) AS n (slo_id, message) WHERE e.slo_id = n.slo_id`,
      [[...refused.keys()], [...refused.values()], now],
    )
}

/** An evaluation of an older instant tells alerts nothing. Seconds. */
const CURRENT = 600

async function judge(
  client: pg.PoolClient,
  able: SloDefinition[],
  progress: Map<number, Progress>,
  { stretch, cache, judged, now }: Pick<Advance<SloDefinition>, 'stretch' | 'cache' | 'judged' | 'now'>,
): Promise<void> {
  const at = stretch.to
  const current = new Map([...progress].map(([id, { end }]) => [id, end] as const))
  const facts = await readFacts(client, progress, at)
  await pinSpans(client, [...current.keys()], at)
  const evaluated = await evaluate(client, able, at, current, facts, cache && { cache })
  const byId = new Map(able.map((definition) => [definition.id, definition]))
  const newest = evaluated.flatMap(({ id, status }) => {
    const definition = byId.get(id)
    return definition && (facts.get(id)?.ts ?? 0) <= at ? [{ definition, status }] : []
  })
  // Nobody is called for what was over before it was looked at.
  const fires = now - at > CURRENT ? undefined : await judged?.(client, newest, at)
  const firingOf = (id: number) => fires?.get(id)?.map(({ long }) => long) ?? facts.get(id)?.firing ?? []
  await writeStatuses(
    client,
    evaluated.map(({ id, input, status }) => {
      const { rules } = byId.get(id) as SloDefinition
      return { id, input, status: withFiring(status, rules, firingOf(id)) }
    }),
  )
}

type KnownFacts = Facts & { ts: UnixSeconds | null }

async function readFacts(
  client: pg.PoolClient,
  progress: Map<number, Progress>,
  at: UnixSeconds,
): Promise<Map<number, KnownFacts>> {
  const { rows } = await client.query<{
    id: number
    ts: number | null
    history: number | null
    last: number | null
    firing: number[] | null
  }>(
    `SELECT e.slo_id AS id, s.ts, e.history_from AS history, s.last_data_ts AS last, s.firing
     FROM slo_evaluation e LEFT JOIN slo_status s USING (slo_id) WHERE e.slo_id = ANY($1::int[])`,
    [[...progress.keys()]],
  )
  const facts = new Map<number, KnownFacts>()
  for (const { id, ts, history, last, firing } of rows) {
    const measured = progress.get(id)?.lastMeasured ?? null
    const lastDataTs = history === null ? null : (measured ?? last ?? (await lastMeasuredAt(client, id, at)))
    facts.set(id, { ts, historyFrom: history, lastDataTs, firing: firing ?? [] })
  }
  return facts
}

/** The instant since which the measured count has stood still; only asked for an SLO that starts without data. */
async function lastMeasuredAt(client: pg.PoolClient, id: number, at: UnixSeconds): Promise<UnixSeconds | null> {
  for (const table of ['sample_1m', 'sample_5m', 'sample_1h']) {
    const { rows } = await client.query<{ last: number | null; oldest: number | null }>(
      `WITH held AS (SELECT max(measured) AS measured FROM ${table} WHERE slo_id = $1 AND ts <= $2)
       SELECT min(ts) FILTER (WHERE s.measured = held.measured) AS last, min(ts) AS oldest
       FROM ${table} s, held WHERE slo_id = $1 AND ts <= $2`,
      [id, at],
    )
    const found = rows[0]
    if (found?.last != null && found.last !== found.oldest) return found.last
  }
  return null
}
