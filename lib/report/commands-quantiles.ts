import 'server-only'
import type pg from 'pg'
import { monthPeriod } from '../ledger/period'
import { isOpen, loadSources, type SourceRow } from '../measurement/source-health'
import type { PrometheusClient } from '../prometheus/client'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import { sampleValue } from '../prometheus/response'
import { type Indicator, indicatorSchema, type Selector } from '../slo/indicator'
import { planOf, type Signal } from '../slo/measurement-plan'
import { selectorText } from '../slo/promql'
import type { Period } from '../slo/window'
import { DAY, type UnixSeconds } from '../time-series/units'
import { lastWholeMonth, monthsLater } from './month'
import { type Bucket, quantileOf } from './quantile'

type Latency = Extract<Indicator, { kind: 'latency' }>
type Due = Period & { sloId: number; sourceId: number; indicator: Latency }
type Measured = { p50: number | null; p95: number | null; p99: number | null; note: string }

const QS = { p50: 0.5, p95: 0.95, p99: 0.99 } as const
const NONE = { p50: null, p95: null, p99: null }
/** After this long a report waits no more, and the answer is that there is none. */
const PATIENCE = DAY

/**
 * Measures quantiles of latencies over the newest whole months that nobody has measured, a few at a time: objectives over the
 * same histogram share a question. Returns how many are still open.
 */
export async function measureQuantiles(pool: pg.Pool, now: UnixSeconds, most = 5): Promise<number> {
  const due = await dueQuantiles(pool, now)
  const groups = new Map<string, Due[]>()
  for (const one of due) {
    const key = `${one.sourceId} ${one.from} ${one.to} ${selectorText(histogramOf(one.indicator))} ${one.indicator.native ?? false}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  if (groups.size === 0) return 0
  const sources = new Map((await loadSources(pool)).map((source) => [source.id, source]))
  const away = new Set<number>()
  let left = groups.size
  let asked = 0
  for (const group of groups.values()) {
    const [{ sourceId, indicator, from, to }] = group as [Due]
    if (asked >= most) break
    if (away.has(sourceId)) continue
    asked += 1
    const measured = await ask(sources.get(sourceId), indicator, { from, to }, now)
    if (!measured) away.add(sourceId)
    else {
      await keep(pool, group, measured, now)
      left -= 1
    }
  }
  return left
}

/** Of the last two months: the one to report on, and the one to compare with. */
async function dueQuantiles(pool: pg.Pool, now: UnixSeconds): Promise<Due[]> {
  const { rows } = await pool.query<{
    sloId: number
    sourceId: number
    indicator: unknown
    zone: string
    since: number
    known: number[]
  }>(
    `SELECT s.id AS "sloId", s.data_source_id AS "sourceId", s.indicator, v.time_zone AS zone, e.history_from AS since,
       ARRAY(SELECT q.from_ts FROM month_quantile q WHERE q.slo_id = s.id AND q.to_ts > $1 - ${100 * DAY}) AS known
     FROM slo s JOIN service v ON v.id = s.service_id JOIN slo_evaluation e ON e.slo_id = s.id
     WHERE s.deleted_at IS NULL AND s.lifecycle = 'active' AND s.indicator->>'kind' = 'latency' AND e.history_from IS NOT NULL ORDER BY s.id`,
    [now],
  )
  const periods = new Map<string, Period[]>()
  const periodsOf = (zone: string): Period[] => {
    const last = lastWholeMonth(now, zone)
    const found = periods.get(zone) ?? [last, monthsLater(last, -1)].map((month) => monthPeriod(month, zone))
    periods.set(zone, found)
    return found
  }
  return rows.flatMap(({ sloId, sourceId, indicator, zone, since, known }) => {
    const parsed = indicatorSchema.safeParse(indicator)
    if (!parsed.success || parsed.data.kind !== 'latency') return []
    const latency = parsed.data
    return periodsOf(zone)
      .filter(({ from, to }) => since < to && !known.includes(from))
      .map((period) => ({ ...period, sloId, sourceId, indicator: latency }))
  })
}

/** The histogram with what is nobody's request left out, as the objective counts it. */
function histogramOf(indicator: Latency): Selector {
  const plan = planOf(indicator)
  const [total] = plan.shape === 'good-total' ? plan.total : []
  const { matchers } = (total as Extract<Signal, { selector: Selector }>).selector
  return { metric: indicator.native ? indicator.histogram.metric : `${indicator.histogram.metric}_bucket`, matchers }
}

/** null: later, perhaps. */
async function ask(
  source: SourceRow | undefined,
  indicator: Latency,
  period: Period,
  now: UnixSeconds,
): Promise<Measured | null> {
  const late = now - period.to > PATIENCE
  if (!source || isOpen(source, now)) return late ? { ...NONE, note: AWAY } : null
  try {
    return indicator.native
      ? await nativeQuantiles(source.client, indicator, period)
      : await classicQuantiles(source.client, indicator, period)
  } catch (error) {
    if (error instanceof PrometheusRefused) return { ...NONE, note: `The source refuses to say the quantiles: ${error.message}` }
    if (error instanceof PrometheusUnavailable) return late ? { ...NONE, note: AWAY } : null
    throw error
  }
}

const AWAY = 'The source did not answer within a day after the month, so its quantiles are not known.'
const NO_SERIES = 'The source has no observations of this month.'

/**
 * Each bucket's increase day by day, added up: a month at once is more samples than a source may load. The rest that is no whole
 * day, where clocks change, is asked for by itself.
 */
async function classicQuantiles(client: PrometheusClient, indicator: Latency, { from, to }: Period): Promise<Measured> {
  const series = selectorText(histogramOf(indicator))
  const increase = (seconds: number) => `sum by (le) (increase(${series}[${seconds}s]))`
  const whole = Math.floor((to - from) / DAY)
  const rest = to - from - whole * DAY
  const days = await client.range(increase(DAY), from + DAY, from + whole * DAY, DAY)
  const more = rest > 0 ? await client.instant(increase(rest), to) : []
  const sums = new Map<number, number>()
  const add = (le: string | undefined, value: number) => {
    if (le === undefined || !Number.isFinite(value)) return
    // One bound has two spellings: 1 and 1.0.
    sums.set(sampleValue(le), (sums.get(sampleValue(le)) ?? 0) + value)
  }
  const seen = new Set<number>()
  for (const { labels, points } of days)
    for (const [ts, value] of points) {
      seen.add(ts)
      add(labels.le, value)
    }
  for (const { labels, value } of more) add(labels.le, value)
  const buckets = [...sums].map(([le, count]): Bucket => ({ le, count }))
  const [p50, p95, p99] = [QS.p50, QS.p95, QS.p99].map((q) => quantileOf(q, buckets)) as [
    number | null,
    number | null,
    number | null,
  ]
  if (p50 === null) return { ...NONE, note: NO_SERIES }
  const note =
    seen.size < whole ? `The source has ${seen.size} of the ${whole} days of this month; the quantiles rest on these.` : ''
  return { p50, p95, p99, note }
}

/** A native histogram has no bounds to add up by: the whole month is one question for each quantile. */
async function nativeQuantiles(client: PrometheusClient, indicator: Latency, { from, to }: Period): Promise<Measured> {
  const grown = `sum(increase(${selectorText(histogramOf(indicator))}[${to - from}s]))`
  const found: (number | null)[] = []
  for (const q of [QS.p50, QS.p95, QS.p99]) {
    const value = (await client.instant(`histogram_quantile(${q}, ${grown})`, to))[0]?.value
    found.push(value !== undefined && Number.isFinite(value) ? value : null)
  }
  const [p50, p95, p99] = found as [number | null, number | null, number | null]
  return p50 === null ? { ...NONE, note: NO_SERIES } : { p50, p95, p99, note: '' }
}

async function keep(pool: pg.Pool, group: Due[], { p50, p95, p99, note }: Measured, now: UnixSeconds): Promise<void> {
  await pool.query(
    `INSERT INTO month_quantile (slo_id, from_ts, to_ts, p50, p95, p99, note, measured_at)
     SELECT id, $2, $3, $4, $5, $6, $7, $8 FROM unnest($1::int[]) AS w (id) ON CONFLICT DO NOTHING`,
    [group.map(({ sloId }) => sloId), group[0]?.from, group[0]?.to, p50, p95, p99, note, now],
  )
}
