import type pg from 'pg'
import type { ExcludedSpan } from '../correction/lens'
import { mergedSpans, type Stretch } from '../correction/spans'
import { boundaryAt, resolutionAt } from '../slo/boundaries'
import { type Counts, NO_COUNTS } from '../slo/counts'
import type { UnixSeconds } from '../time-series/units'
import { FIVES, HOURS, MINUTES, type Tier } from './tiers'

type Queryable = Pick<pg.Pool, 'query'>

type SpanRow = [number, number, number, number | null, number | null, number | null, number | null, number | null, number | null]

export async function readSpans(on: Queryable, ids: number[]): Promise<(ExcludedSpan & { id: number })[]> {
  const { rows } = await on.query({
    text: `SELECT slo_id, from_ts, to_ts, start_good, start_total, start_measured, end_good, end_total, end_measured
           FROM excluded_span WHERE slo_id = ANY($1::int[]) ORDER BY slo_id, from_ts`,
    values: [ids],
    rowMode: 'array',
  })
  return (rows as SpanRow[]).map(([id, from, to, sg, st, sm, eg, et, em]) => ({
    id,
    from,
    to,
    start: sg === null || st === null || sm === null ? null : { good: sg, total: st, measured: sm },
    end: eg === null || et === null || em === null ? null : { good: eg, total: et, measured: em },
  }))
}

type Boundary = { id: number; ts: UnixSeconds }
const keyOf = (id: number, ts: UnixSeconds): string => `${id} ${ts}`

/** Raw counters at many instants of many SLOs, each from the finest tier that still keeps it. Missing: before history. */
async function readBoundaries(on: Queryable, wanted: Boundary[], now: UnixSeconds): Promise<Map<string, Counts>> {
  const found = new Map<string, Counts>()
  const byTier = new Map<Tier, Boundary[]>()
  for (const boundary of wanted) {
    const tier = [MINUTES, FIVES].find(({ step }) => step === resolutionAt(now - boundary.ts)) ?? HOURS
    byTier.set(tier, [...(byTier.get(tier) ?? []), boundary])
  }
  for (const [{ table }, boundaries] of byTier) {
    const { rows } = await on.query({
      text: `SELECT w.id, w.ts, s.good, s.total, s.measured FROM unnest($1::int[], $2::int[], $3::int[]) AS w (id, ts, kept)
             JOIN ${table} s ON s.ts = w.kept AND s.slo_id = w.id`,
      values: [boundaries.map(({ id }) => id), boundaries.map(({ ts }) => ts), boundaries.map(({ ts }) => boundaryAt(ts, now))],
      rowMode: 'array',
    })
    for (const [id, ts, good, total, measured] of rows as [number, number, number, number, number][])
      found.set(keyOf(id, ts), { good, total, measured })
  }
  return found
}

/** Writes down the raw counters at the ends of spans that the counters have reached. Inside the transaction that moved them. */
export async function pinSpans(on: Queryable, ids: number[], at: UnixSeconds): Promise<void> {
  const { rows } = await on.query<{ id: number; from: number; to: number }>(
    `SELECT slo_id AS id, from_ts AS "from", to_ts AS "to" FROM excluded_span WHERE slo_id = ANY($1::int[])
     AND ((start_good IS NULL AND from_ts <= $2) OR (start_good IS NOT NULL AND end_good IS NULL AND to_ts <= $2))`,
    [ids, at],
  )
  if (rows.length === 0) return
  const read = await readBoundaries(
    on,
    rows.flatMap(({ id, from, to }) => [from, to].filter((ts) => ts <= at).map((ts) => ({ id, ts }))),
    at,
  )
  const spans = rows.map(({ id, from, to }) => ({ id, ...pinned({ from, to }, at, (ts) => read.get(keyOf(id, ts))) }))
  await writePins(on, spans)
}

/** A span with what is known of its ends when the counters stand at `at`. */
const pinned = ({ from, to }: Stretch, at: UnixSeconds, reading: (ts: UnixSeconds) => Counts | undefined): ExcludedSpan => ({
  from,
  to,
  start: from <= at ? (reading(from) ?? NO_COUNTS) : null,
  end: to <= at ? (reading(to) ?? NO_COUNTS) : null,
})

async function writePins(on: Queryable, spans: (ExcludedSpan & { id: number })[]): Promise<void> {
  await on.query(
    `UPDATE excluded_span e SET start_good = coalesce(e.start_good, n.sg), start_total = coalesce(e.start_total, n.st),
       start_measured = coalesce(e.start_measured, n.sm), end_good = n.eg, end_total = n.et, end_measured = n.em
     FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[], $5::int[], $6::float8[], $7::float8[], $8::int[])
       AS n (id, from_ts, sg, st, sm, eg, et, em) WHERE e.slo_id = n.id AND e.from_ts = n.from_ts`,
    columnsOf(spans).filter((_, i) => i !== 2),
  )
}

const columnsOf = (spans: (ExcludedSpan & { id: number })[]): unknown[][] => [
  spans.map(({ id }) => id),
  spans.map(({ from }) => from),
  spans.map(({ to }) => to),
  ...[(c: Counts) => c.good, (c: Counts) => c.total, (c: Counts) => c.measured].map((of) =>
    spans.map(({ start }) => start && of(start)),
  ),
  ...[(c: Counts) => c.good, (c: Counts) => c.total, (c: Counts) => c.measured].map((of) =>
    spans.map(({ end }) => end && of(end)),
  ),
]

/** Exclusions of one SLO as they were asked for, and how far its counters have come. */
export type WantedSpans = { id: number; stretches: Stretch[]; newest: UnixSeconds }

/**
 * The spans that wanted stretches come to, with the raw counters at those ends that were reached. Ends that were read
 * before keep their reading: by now the ledger may be coarser there. Writes nothing.
 */
export async function spansFor(on: Queryable, wanted: WantedSpans[], now: UnixSeconds): Promise<Map<number, ExcludedSpan[]>> {
  const kept = new Map<string, Counts>()
  const ids = wanted.map(({ id }) => id)
  for (const { id, from, to, start, end } of await readSpans(on, ids)) {
    if (start) kept.set(keyOf(id, from), start)
    if (end) kept.set(keyOf(id, to), end)
  }
  const merged = wanted.map(({ id, stretches, newest }) => ({
    id,
    newest,
    spans: mergedSpans(stretches, now, (ts) => kept.has(keyOf(id, ts))),
  }))
  const missing = merged.flatMap(({ id, newest, spans }) =>
    spans
      .flatMap(({ from, to }) => [from, to])
      .filter((ts) => ts <= newest && !kept.has(keyOf(id, ts)))
      .map((ts) => ({ id, ts })),
  )
  const read = await readBoundaries(on, missing, now)
  return new Map(
    merged.map(({ id, newest, spans }) => [
      id,
      spans.map((span) => pinned(span, newest, (ts) => kept.get(keyOf(id, ts)) ?? read.get(keyOf(id, ts)))),
    ]),
  )
}

/** Writes what `spansFor` found in place of what was there. True for the SLOs whose spans are others now. */
export async function replaceSpans(client: Queryable, spans: Map<number, ExcludedSpan[]>): Promise<Set<number>> {
  const before = new Map<number, string[]>()
  for (const { id, from, to } of await readSpans(client, [...spans.keys()]))
    before.set(id, [...(before.get(id) ?? []), `${from} ${to}`])
  const changed = [...spans].filter(([id, mine]) => (before.get(id) ?? []).join() !== mine.map((s) => `${s.from} ${s.to}`).join())
  const rows = changed.flatMap(([id, mine]) => mine.map((span) => ({ id, ...span })))
  if (changed.length > 0)
    await client.query('DELETE FROM excluded_span WHERE slo_id = ANY($1::int[])', [changed.map(([id]) => id)])
  if (rows.length > 0)
    await client.query(
      `INSERT INTO excluded_span (slo_id, from_ts, to_ts, start_good, start_total, start_measured, end_good, end_total, end_measured)
       SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::float8[], $5::float8[], $6::int[], $7::float8[], $8::float8[], $9::int[])`,
      columnsOf(rows),
    )
  return new Set(changed.map(([id]) => id))
}
