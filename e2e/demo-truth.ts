import type { DemoService } from '../lib/demo/service'
import type { SeriesSpec } from '../lib/demo/signal'
import type { Indicator, Selector } from '../lib/slo/indicator'

/**
 * What really happened in the demo over a stretch, from what its services did, not from what was scraped, stored or queried.
 * It shares nothing with the engine: sums of the generator's own numbers, chosen by labels.
 */

type Sums = { spec: SeriesSpec; sum: number }[]
export type Truth = { good: number; total: number }

const DAY = 86_400
/** Before this long before the anchor, the demo happened in steps of five minutes; later, of one. */
const FINE = 2 * DAY + 3_600

/** What minutes are judged by happened by the minute all the time. */
const judgedByTheMinute = ({ slos }: DemoService, metric: string): boolean =>
  slos.some(
    ({ indicator, method = 'occurrences' }) =>
      (method !== 'occurrences' || ['throughput', 'freshness-age', 'boolean', 'ratio'].includes(indicator.kind)) &&
      JSON.stringify(indicator).includes(metric),
  )

/** Everything that each series counted in (from, to]. */
export function countedBy(service: DemoService, anchor: number, from: number, to: number): Sums {
  const fineFrom = Math.floor((anchor - FINE) / 300) * 300
  return service.signals.flatMap((signal) => {
    const sums = signal.series.map((spec) => ({ spec, sum: 0 }))
    const step = (at: number, seconds: number) => {
      if (at <= (service.from ?? 0) || at > (service.until ?? Number.POSITIVE_INFINITY)) return
      const values = new Float64Array(signal.series.length)
      signal.add(at, seconds, values, 0)
      values.forEach((value, i) => {
        ;(sums[i] as Sums[number]).sum += value
      })
    }
    const coarseTo = signal.series.some(({ metric }) => judgedByTheMinute(service, metric)) ? from : Math.min(to, fineFrom)
    for (let at = from + 300; at <= coarseTo; at += 300) step(at, 300)
    for (let at = Math.max(from, coarseTo) + 60; at <= to; at += 60) step(at, 60)
    return sums
  })
}

const meets = (labels: Record<string, string>, { label, op, value }: Selector['matchers'][number]): boolean => {
  const text = labels[label] ?? ''
  if (op === '=') return text === value
  if (op === '!=') return text !== value
  return new RegExp(`^(?:${value})$`).test(text) === (op === '=~')
}

const sumOf = (sums: Sums, { metric, matchers }: Selector, more: Selector['matchers'] = []): number =>
  sums
    .filter(({ spec }) => spec.metric === metric && [...matchers, ...more].every((one) => meets(spec.labels, one)))
    .reduce((sum, one) => sum + one.sum, 0)

/** Good and total of an indicator that counts events; null for those that judge minutes or add up others. */
export function truthOf(indicator: Indicator, sums: Sums): Truth | null {
  const all = (selectors: Selector[]) => selectors.reduce((sum, selector) => sum + sumOf(sums, selector), 0)
  const without = (selector: Selector, bad: Selector['matchers']): Truth => {
    const total = sumOf(sums, selector)
    return { good: total - sumOf(sums, selector, bad), total }
  }
  switch (indicator.kind) {
    case 'availability':
    case 'error-rate':
      return indicator.excluded ? null : without(indicator.requests, indicator.failed)
    case 'quality':
      return indicator.excluded ? null : without(indicator.responses, indicator.degraded)
    case 'freshness-batches':
      return without(indicator.batches, indicator.late)
    case 'completeness':
      return { good: sumOf(sums, indicator.processed), total: sumOf(sums, indicator.expected) }
    case 'good-total':
      return { good: all(indicator.good), total: all(indicator.total) }
    case 'bad-total':
      return { good: all(indicator.total) - all(indicator.bad), total: all(indicator.total) }
    case 'latency': {
      if (indicator.native || indicator.excluded) return null
      const { metric, matchers } = indicator.histogram
      const within: Selector['matchers'] = [{ label: 'le', op: '=', value: String(indicator.thresholdSeconds) }]
      const good = sumOf(sums, { metric: `${metric}_bucket`, matchers: [...matchers, ...within] })
      return { good, total: sumOf(sums, { metric: `${metric}_count`, matchers }) }
    }
    default:
      return null
  }
}
