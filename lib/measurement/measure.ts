import pLimit from 'p-limit'
import type { PrometheusClient } from '../prometheus/client'
import { PrometheusRefused } from '../prometheus/errors'
import type { Accounting, Signal, SlotReading, SourcePlan } from '../slo/measurement-plan'
import { readSlot, signalsOf } from '../slo/measurement-plan'
import { type Dialect, signalKey } from '../slo/promql'
import { type BatchQuery, batchQueries, bisect } from '../slo/query-batch'
import type { Seconds, UnixSeconds } from '../time-series/units'

/** What has to be known of an SLO to measure it. */
export type Measured = { id: number; plan: SourcePlan; accounting: Accounting }

export type Source = { client: PrometheusClient; dialect: Dialect }

/** A stretch of steps: evaluated at from + step, from + 2 step, … to. */
export type Stretch = { from: UnixSeconds; to: UnixSeconds; step: Seconds }

export type Measurement = {
  instants: UnixSeconds[]
  /** per SLO one reading per instant, `null` where the series were absent */
  readings: Map<number, (SlotReading | null)[]>
  /** SLOs whose query the source refuses, and its words */
  refused: Map<number, string>
  queries: number
}

/** Four questions at a time keep a source responsive to others. */
const CONCURRENCY = 4
/** `or` grows with the square of a pack, at every step: over a stretch small packs are answered far sooner. */
const RANGE_PACK = 10

/** For `advance`: what moves on is what the source counts. */
export const askSource =
  (source: Source) =>
  (slos: Measured[], stretch: Stretch): Promise<Measurement> =>
    measure(source, slos, stretch)

/**
 * Measures SLOs of one source over a stretch, with as few questions as there can be. A question that is refused is
 * halved until the one at fault is found: it alone is left out. Throws PrometheusUnavailable when the source is down.
 */
export async function measure(source: Source, slos: Measured[], stretch: Stretch): Promise<Measurement> {
  const instants: UnixSeconds[] = []
  for (let ts = stretch.from + stretch.step; ts <= stretch.to; ts += stretch.step) instants.push(ts)
  const how = { step: stretch.step, dialect: source.dialect, ...(instants.length > 1 && { pack: RANGE_PACK }) }
  const columns = new Map<string, Float64Array>()
  const faults = new Map<string, string>()
  const limit = pLimit(CONCURRENCY)
  let queries = 0

  async function ask(query: BatchQuery): Promise<void> {
    try {
      queries += 1
      const rows = await limit(() => fetchRows(source.client, query.promql, stretch, instants))
      collect(query, rows, { columns, faults, instants, stretch })
    } catch (error) {
      if (!(error instanceof PrometheusRefused)) throw error
      const halves = bisect(query, how)
      if (halves.length === 0) for (const signal of query.signals) faults.set(signalKey(signal), error.message)
      else await Promise.all(halves.map(ask))
    }
  }
  await Promise.all(
    batchQueries(
      slos.flatMap((slo) => signalsOf(slo.plan)),
      how,
    ).map(ask),
  )

  const readings: Measurement['readings'] = new Map()
  const refused: Measurement['refused'] = new Map()
  for (const slo of slos) {
    const fault = signalsOf(slo.plan)
      .map((signal) => faults.get(signalKey(signal)))
      .find(Boolean)
    if (fault) refused.set(slo.id, fault)
    else readings.set(slo.id, readingsOf(slo, columns, instants.length, stretch.step))
  }
  return { instants, readings, refused, queries }
}

type Row = { labels: Record<string, string>; points: [ts: number, value: number][] }

async function fetchRows(client: PrometheusClient, promql: string, stretch: Stretch, instants: UnixSeconds[]): Promise<Row[]> {
  const [only, ...more] = instants
  if (only === undefined) return []
  if (more.length > 0) return client.range(promql, only, stretch.to, stretch.step)
  const samples = await client.instant(promql, only)
  return samples.map(({ labels, value }) => ({ labels, points: [[only, value]] }))
}

type Collected = {
  columns: Map<string, Float64Array>
  faults: Map<string, string>
  instants: UnixSeconds[]
  stretch: Stretch
}

function collect(query: BatchQuery, rows: Row[], { columns, faults, instants, stretch }: Collected): void {
  // An expression is anybody's text; what the portal asks by itself is a sum, or the parts of one.
  const expressions = new Set(query.signals.filter(({ fn }) => fn === 'expression').map(signalKey))
  for (const row of rows)
    for (const key of query.keysOf(row.labels)) {
      if (columns.has(key) && expressions.has(key)) {
        faults.set(key, 'The expression returns several series; aggregate it to one, for example with sum(…).')
        continue
      }
      const column = columns.get(key) ?? new Float64Array(instants.length).fill(Number.NaN)
      for (const [ts, value] of row.points) {
        const index = Math.round((ts - stretch.from) / stretch.step) - 1
        const before = column[index] ?? Number.NaN
        if (Number.isNaN(value)) continue
        column[index] = Number.isNaN(before) ? value : before + value
      }
      columns.set(key, column)
    }
}

function readingsOf(slo: Measured, columns: Map<string, Float64Array>, count: number, step: Seconds): (SlotReading | null)[] {
  const keys = new Map<Signal, string>(signalsOf(slo.plan).map((signal) => [signal, signalKey(signal)]))
  return Array.from({ length: count }, (_, index) =>
    readSlot(
      slo.plan,
      slo.accounting,
      (signal) => {
        const value = columns.get(keys.get(signal) ?? '')?.[index]
        return value === undefined || Number.isNaN(value) ? null : value
      },
      step,
    ),
  )
}
