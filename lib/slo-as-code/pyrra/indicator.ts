import type { Indicator, Selector } from '../../slo/indicator'
import type { Cursor } from '../cursor'
import { prometheusDuration } from '../duration'
import { shown } from '../fault'
import { asLatency, bareNotes, readOneSelector, type Understood } from '../queries'
import { required } from '../rules'

/** The four indicators of Pyrra. Each metric is one selector, never an expression. */

const METRICS: Record<string, string[]> = {
  ratio: ['errors', 'total'],
  latency: ['success', 'total'],
  latencyNative: ['total'],
}

const kindOf = (indicator: Cursor): string =>
  [...Object.keys(METRICS), 'bool_gauge'].find((kind) => indicator.get(kind).present) ?? ''

const metricsOf = (indicator: Cursor): Cursor[] => {
  const kind = kindOf(indicator)
  if (kind === 'bool_gauge') return [indicator.in('bool_gauge', 'metric')]
  return (METRICS[kind] ?? []).map((name) => indicator.in(kind, name, 'metric'))
}

export function pyrraIndicatorRules(indicator: Cursor): void {
  for (const metric of metricsOf(indicator)) {
    const text = metric.text()
    if (!required(metric) || text === undefined) continue
    const read = readOneSelector(text)
    if (!read.ok) metric.error('validate', read.reason)
  }
  const bucket = indicator.in('latency', 'success', 'metric')
  const read = readOneSelector(bucket.text() ?? '')
  if (indicator.get('latency').present && read.ok && !isBucket(read.selector))
    bucket.error('validate', 'The successes are one bucket: they need le with a number.', 'For example le="0.5".')
  const latency = indicator.in('latencyNative', 'latency')
  if (!indicator.get('latencyNative').present || !required(latency)) return
  if (latency.text() !== undefined && !prometheusDuration(latency.text() as string))
    latency.error('validate', `“${shown(latency.text())}” is no duration of Prometheus.`, 'For example 500ms.')
}

const isBucket = ({ matchers }: Selector): boolean =>
  matchers.some(({ label, op, value }) => label === 'le' && op === '=' && value !== '' && Number.isFinite(Number(value)))

/** After the rules were met. */
export function pyrraIndicator(indicator: Cursor): Understood | null {
  const kind = kindOf(indicator)
  const selectors = metricsOf(indicator).flatMap((metric) => {
    const read = readOneSelector(metric.text() ?? '')
    if (read.ok && read.offset)
      metric.warn('validate', 'The offset is left out: here it belongs to the source, which is asked only after its own.')
    return read.ok ? [read.selector] : []
  })
  const found = shaped(kind, indicator, selectors)
  if (!found) return null
  const grouping = indicator
    .in(kind, 'grouping')
    .each()
    .flatMap((label) => label.text() ?? [])
  return { indicator: found, grouping, notes: bareNotes(selectors) }
}

function shaped(kind: string, indicator: Cursor, [first, second]: Selector[]): Indicator | null {
  if (!first) return null
  if (kind === 'bool_gauge') return { kind: 'boolean', series: first }
  if (kind === 'latencyNative') {
    const seconds = prometheusDuration(indicator.in('latencyNative', 'latency').text() ?? '')
    return seconds ? { kind: 'latency', histogram: first, thresholdSeconds: seconds, native: true } : null
  }
  if (!second) return null
  if (kind === 'ratio') return { kind: 'bad-total', bad: [first], total: [second] }
  return asLatency({ kind: 'good-total', good: [first], total: [second] })
}
