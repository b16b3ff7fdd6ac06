import type pg from 'pg'
import type { Counts } from '../slo/counts'
import type { Seconds, UnixSeconds } from '../time-series/units'
import { TIERS, type Tier } from './tiers'

/** The cumulative counters of one SLO at one instant. */
export type Sample = Counts & { sloId: number; ts: UnixSeconds }

type Queryable = Pick<pg.Pool, 'query'>
type Row = [sloId: number, ts: number, good: number, total: number, measured: number]

const toSample = ([sloId, ts, good, total, measured]: Row): Sample => ({ sloId, ts, good, total, measured })

async function select(on: Queryable, text: string, values: unknown[]): Promise<Sample[]> {
  const { rows } = await on.query({ text, values, rowMode: 'array' })
  return (rows as Row[]).map(toSample)
}

/** Enough rows a statement to be fast, few enough to keep memory flat. */
const ROWS = 20_000

/**
 * Writes each sample into every tier whose step it falls on and that still keeps it at `now`. A row that exists stays:
 * history is never rewritten here, and measuring the same instant twice is harmless.
 */
export async function writeSamples(on: Queryable, samples: Sample[], now: UnixSeconds): Promise<void> {
  for (const tier of TIERS) {
    const due = samples.filter(({ ts }) => ts % tier.step === 0 && ts > now - tier.keep)
    for (let start = 0; start < due.length; start += ROWS) await insert(on, tier, due.slice(start, start + ROWS))
  }
}

async function insert(on: Queryable, { table }: Tier, samples: Sample[]): Promise<void> {
  await on.query(
    `INSERT INTO ${table} (ts, slo_id, good, total, measured)
     SELECT * FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[], $5::int[])
     ON CONFLICT (ts, slo_id) DO NOTHING`,
    [
      samples.map((s) => s.ts),
      samples.map((s) => s.sloId),
      samples.map((s) => s.good),
      samples.map((s) => s.total),
      samples.map((s) => s.measured),
    ],
  )
}

/** Readings of these SLOs at exactly these instants; instants without a row are left out. */
export const samplesAt = (on: Queryable, tier: Tier, instants: UnixSeconds[], sloIds: number[]): Promise<Sample[]> =>
  select(
    on,
    `SELECT slo_id, ts, good, total, measured FROM ${tier.table} WHERE ts = ANY($1::int[]) AND slo_id = ANY($2::int[])`,
    [instants, sloIds],
  )

/** The newest reading of each SLO, wherever it is kept: where measuring goes on from. */
export async function newestSamples(on: Queryable, sloIds: number[]): Promise<Map<number, Sample>> {
  const newest = new Map<number, Sample>()
  for (const { table } of TIERS) {
    const missing = sloIds.filter((id) => !newest.has(id))
    if (missing.length === 0) break
    const found = await select(
      on,
      `SELECT s.* FROM unnest($1::int[]) AS wanted(id) CROSS JOIN LATERAL (
         SELECT slo_id, ts, good, total, measured FROM ${table} WHERE slo_id = wanted.id ORDER BY ts DESC LIMIT 1) s`,
      [missing],
    )
    for (const sample of found) newest.set(sample.sloId, sample)
  }
  return newest
}

/** One SLO's readings over a stretch, thinned to `step`, oldest first. */
export const samplesBetween = (
  on: Queryable,
  tier: Tier,
  sloId: number,
  stretch: { from: UnixSeconds; to: UnixSeconds; step: Seconds },
): Promise<Sample[]> =>
  select(
    on,
    `SELECT slo_id, ts, good, total, measured FROM ${tier.table}
     WHERE slo_id = $1 AND ts BETWEEN $2 AND $3 AND ts % $4 = 0 ORDER BY ts`,
    [sloId, stretch.from, stretch.to, stretch.step],
  )
