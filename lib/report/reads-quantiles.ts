import 'server-only'
import { pool } from '../db/client'
import { monthPeriod } from '../ledger/period'
import type { Indicator } from '../slo/indicator'
import type { ObjectiveMonth } from './document'
import { monthsLater } from './month'
import type { MonthPlace } from './objective'

type Wanted = { id: number; place: MonthPlace; indicator: Indicator }
type Stored = { id: number; from: number; to: number; p50: number | null; p95: number | null; p99: number | null; note: string }
type Quantiles = Pick<ObjectiveMonth, 'quantiles' | 'quantilesMissing'>

const NOT_MEASURED = 'The quantiles of this month were not measured at its end.'
const RUNNING = 'Quantiles are measured when the month is over.'

/** What was measured of latencies at the ends of their months; SLOs of other kinds have none. */
export async function quantilesOf(wanted: Wanted[]): Promise<Map<number, Quantiles>> {
  const latencies = wanted.filter(({ indicator }) => indicator.kind === 'latency')
  if (latencies.length === 0) return new Map()
  const { rows } = await pool().query<Stored>(
    `SELECT slo_id AS id, from_ts AS "from", to_ts AS "to", p50, p95, p99, note FROM month_quantile WHERE slo_id = ANY($1::int[])`,
    [latencies.map(({ id }) => id)],
  )
  const excluded = await excludedIn(latencies)
  const known = new Map(rows.map((row) => [`${row.id} ${row.from} ${row.to}`, row]))
  return new Map(
    latencies.map(({ id, place }): [number, Quantiles] => {
      const { from, to } = place.period
      const before = monthPeriod(monthsLater(place.month, -1), place.zone)
      const [current, previous] = [known.get(`${id} ${from} ${to}`), known.get(`${id} ${before.from} ${before.to}`)]
      if (!current) return [id, { quantiles: null, quantilesMissing: place.asOf < to ? RUNNING : NOT_MEASURED }]
      const said = [current.note, excluded.has(id) ? WITH_EXCLUDED : ''].filter(Boolean).join(' ') || null
      if (current.p50 === null) return [id, { quantiles: null, quantilesMissing: said ?? NOT_MEASURED }]
      return [
        id,
        { quantiles: { current: figuresOf(current), previous: previous ? figuresOf(previous) : null }, quantilesMissing: said },
      ]
    }),
  )
}

const WITH_EXCLUDED = 'Excluded stretches are part of the quantiles: a histogram cannot give them back.'

/** Which of them have something excluded within their month. */
async function excludedIn(latencies: Wanted[]): Promise<Set<number>> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT DISTINCT w.id FROM unnest($1::int[], $2::int[], $3::int[]) AS w (id, from_ts, to_ts)
     JOIN excluded_span x ON x.slo_id = w.id AND x.from_ts < w.to_ts AND x.to_ts > w.from_ts`,
    [
      latencies.map(({ id }) => id),
      latencies.map(({ place }) => place.period.from),
      latencies.map(({ place }) => place.period.to),
    ],
  )
  return new Set(rows.map(({ id }) => id))
}

const figuresOf = ({ p50, p95, p99 }: Stored) => ({ p50, p95, p99 })
