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
  const known = new Map(rows.map((row) => [`${row.id} ${row.from} ${row.to}`, row]))
  return new Map(
    latencies.map(({ id, place }): [number, Quantiles] => {
      const { from, to } = place.period
      const before = monthPeriod(monthsLater(place.month, -1), place.zone)
      const [current, previous] = [known.get(`${id} ${from} ${to}`), known.get(`${id} ${before.from} ${before.to}`)]
      if (!current) return [id, { quantiles: null, quantilesMissing: place.asOf < to ? RUNNING : NOT_MEASURED }]
      const said = current.note === '' ? null : current.note
      if (current.p50 === null) return [id, { quantiles: null, quantilesMissing: said ?? NOT_MEASURED }]
      return [
        id,
        { quantiles: { current: figuresOf(current), previous: previous ? figuresOf(previous) : null }, quantilesMissing: said },
      ]
    }),
  )
}

const figuresOf = ({ p50, p95, p99 }: Stored) => ({ p50, p95, p99 })
