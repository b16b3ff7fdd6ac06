import type pg from 'pg'
import { type Boundaries, boundariesOf, resolutionAt } from '../slo/boundaries'
import { between, type Counts, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import type { Lookback, StatusInput } from '../slo/status'
import type { UnixSeconds } from '../time-series/units'
import { type Corrections, loadCorrections } from './corrections'
import type { Sample } from './samples'
import { FIVES, HOURS, MINUTES, type Tier } from './tiers'

type Queryable = Pick<pg.Pool, 'query'>
type Readings = Map<UnixSeconds, Map<number, Counts>>

/** Boundaries older than two days move in steps of five minutes or an hour: read once, used by the ticks in between. */
export class BoundaryCache {
  private readonly kept = new Map<UnixSeconds, { ids: string; readings: Map<number, Counts> }>()
  constructor(private readonly size = 60) {}

  get(ts: UnixSeconds, ids: string): Map<number, Counts> | undefined {
    const found = this.kept.get(ts)
    return found?.ids === ids ? found.readings : undefined
  }

  set(ts: UnixSeconds, ids: string, readings: Map<number, Counts>): void {
    this.kept.delete(ts)
    this.kept.set(ts, { ids, readings })
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.size) break
      this.kept.delete(oldest)
    }
  }
}

const tierOf = (instant: UnixSeconds, now: UnixSeconds): Tier => {
  const resolution = resolutionAt(now - instant)
  return resolution === MINUTES.step ? MINUTES : resolution === FIVES.step ? FIVES : HOURS
}

export type WindowInputs = Pick<StatusInput, 'window' | 'pace' | 'lookbacks' | 'credit'>
export type HowToRead = {
  cache?: BoundaryCache
  /** read through these instead of what is approved: to see what would be, or what was measured */
  corrections?: Corrections
}

/**
 * The counts of every window of these SLOs at `now`, from their cumulative counters: `current` minus the reading at the
 * start, both through the lens of what is approved. Where there is no reading, history had not begun: the counters stood
 * at zero.
 */
export async function readInputs(
  on: Queryable,
  definitions: SloDefinition[],
  now: UnixSeconds,
  current: Map<number, Counts>,
  { cache, corrections }: HowToRead = {},
): Promise<Map<number, WindowInputs>> {
  const approved = corrections ?? (await loadCorrections(on, definitions))
  const wanted = new Map<UnixSeconds, number[]>()
  const boundaries = new Map<number, Boundaries>()
  for (const { id, rules } of definitions) {
    const bounds = boundariesOf(rules, now)
    boundaries.set(id, bounds)
    for (const ts of new Set([bounds.window, bounds.pace, ...Object.values(bounds.lookbacks)])) {
      const ids = wanted.get(ts)
      if (ids) ids.push(id)
      else wanted.set(ts, [id])
    }
  }
  const readings = await readAll(on, wanted, now, cache)
  const result = new Map<number, WindowInputs>()
  for (const [id, bounds] of boundaries) {
    const end = current.get(id)
    if (!end) continue
    const lens = approved.lens(id)
    const adjusted = lens(now, end)
    const since = (ts: UnixSeconds): Counts => between(lens(ts, readings.get(ts)?.get(id) ?? NO_COUNTS), adjusted)
    result.set(id, {
      window: since(bounds.window),
      pace: since(bounds.pace),
      credit: approved.credit(id, { from: bounds.window, to: now }),
      lookbacks: Object.fromEntries(Object.entries(bounds.lookbacks).map(([key, ts]) => [key, since(ts)])) as Record<
        Lookback,
        Counts
      >,
    })
  }
  return result
}

async function readAll(
  on: Queryable,
  wanted: Map<UnixSeconds, number[]>,
  now: UnixSeconds,
  cache?: BoundaryCache,
): Promise<Readings> {
  const readings: Readings = new Map()
  for (const [ts, ids] of wanted) {
    const tier = tierOf(ts, now)
    const cacheable = cache && tier !== MINUTES
    const key = cacheable ? ids.join() : ''
    const found = (cacheable && cache.get(ts, key)) || (await readInstant(on, tier, ts, ids))
    if (cacheable) cache.set(ts, key, found)
    readings.set(ts, found)
  }
  return readings
}

async function readInstant(on: Queryable, { table }: Tier, ts: UnixSeconds, ids: number[]): Promise<Map<number, Counts>> {
  const { rows } = await on.query({
    text: `SELECT slo_id, good, total, measured FROM ${table} WHERE ts = $1 AND slo_id = ANY($2::int[])`,
    values: [ts, ids],
    rowMode: 'array',
  })
  return new Map(
    (rows as [number, number, number, number][]).map(([id, good, total, measured]) => [id, { good, total, measured }]),
  )
}

export const countsOf = (samples: Iterable<Sample>): Map<number, Counts> =>
  new Map(Array.from(samples, ({ sloId, good, total, measured }) => [sloId, { good, total, measured }]))
