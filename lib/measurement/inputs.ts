import type pg from 'pg'
import { type Boundaries, boundariesOf } from '../slo/boundaries'
import { between, type Counts, interpolated, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import type { Lookback, StatusInput } from '../slo/status'
import { floorTo, type UnixSeconds } from '../time-series/units'
import { type Corrections, loadCorrections } from './corrections'
import type { Sample } from './samples'
import { MINUTES, type Tier, tierAt } from './tiers'

type Queryable = Pick<pg.Pool, 'query'>
type Readings = Map<UnixSeconds, Map<number, Counts>>

/** What is older than two days is kept every five minutes or hour: read once, used by the ticks in between. */
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
  // A definition that was measured again has other readings under the same number.
  const keys = new Map(definitions.map(({ id, version }) => [id, `${id}.${version}`]))
  const readings = await readAll(on, wanted, { now, keyOf: (ids) => ids.map((id) => keys.get(id)).join(), cache })
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

type Reading = { now: UnixSeconds; keyOf: (ids: number[]) => string; cache?: BoundaryCache }

async function readAll(on: Queryable, wanted: Map<UnixSeconds, number[]>, { now, keyOf, cache }: Reading): Promise<Readings> {
  const readings: Readings = new Map()
  for (const [ts, ids] of wanted) {
    const tier = tierAt(ts, now)
    const kept = tier === MINUTES ? undefined : cache
    const key = kept ? keyOf(ids) : ''
    readings.set(
      ts,
      await readBetween(tier, ts, async (instant) => {
        const found = kept?.get(instant, key) ?? (await readInstant(on, tier, instant, ids))
        kept?.set(instant, key, found)
        return found
      }),
    )
  }
  return readings
}

/** Between two instants that are kept, in proportion: periods of some zones begin there, and lookbacks of more than two days. */
async function readBetween(
  tier: Tier,
  ts: UnixSeconds,
  read: (instant: UnixSeconds) => Promise<Map<number, Counts>>,
): Promise<Map<number, Counts>> {
  const before = floorTo(ts, tier.step)
  const start = await read(before)
  if (before === ts) return start
  const end = await read(before + tier.step)
  const share = (ts - before) / tier.step
  return new Map([...end].map(([id, counts]) => [id, interpolated(start.get(id) ?? NO_COUNTS, counts, share)]))
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
