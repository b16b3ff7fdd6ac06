import type { Indicator, Selector } from '../../slo/indicator'
import { planOf, type Signal } from '../../slo/measurement-plan'
import { observationsUnder, quoted, selectorText } from '../../slo/promql'
import type { Cursor } from '../cursor'
import type { Objects } from './references'

/** What OpenSLO can say of an indicator: queries that any Prometheus answers, and a comparison. */
export type Measure =
  | { good: string; total: string }
  | { bad: string; total: string }
  /** a share of good */
  | { raw: string }
  | { threshold: string; op: 'gte' | 'lte'; value: number }

/** Bridges a few missed scrapes. */
const RANGE = '5m'

/** In words of PromQL; of a composite, over what the rules of its members record. */
export function measureOf(indicator: Indicator): Measure {
  const plan = planOf(indicator)
  switch (plan.shape) {
    case 'good-total':
      return { good: sumOf(plan.part, true), total: sumOf(plan.total, false) }
    case 'bad-total':
      return { bad: sumOf(plan.part, true), total: sumOf(plan.total, false) }
    case 'rate-at-least':
      return { threshold: queryOf(plan.value), op: 'gte', value: plan.threshold }
    case 'at-most':
      return { threshold: queryOf(plan.value), op: 'lte', value: plan.threshold }
    case 'share':
      return { raw: plan.whole ? `${queryOf(plan.part)} / ${queryOf(plan.whole)}` : queryOf(plan.part) }
    case 'members':
      return { raw: composed(plan.rule, plan.members) }
  }
}

/** Series that do not exist yet count as none, but a total without any series stays absent. */
function sumOf(signals: Signal[], orZero: boolean): string {
  const queries = signals.map(queryOf)
  if (queries.length === 1) return orZero && signals[0]?.fn === 'increase' ? `${queries[0]} or vector(0)` : (queries[0] as string)
  return queries.map((query) => `(${query} or vector(0))`).join(' + ')
}

const rate = (selector: Selector): string => `sum(rate(${selectorText(selector)}[${RANGE}]))`

function queryOf(signal: Signal): string {
  if (signal.fn === 'expression') return signal.expression
  const series = selectorText(signal.selector)
  switch (signal.fn) {
    case 'increase':
      return rate(signal.selector)
    case 'native-count':
      return `histogram_count(${rate(signal.selector)})`
    case 'native-under':
      return observationsUnder(signal.bound, rate(signal.selector))
    case 'sum-over-time':
      return `sum(sum_over_time(${series}[${RANGE}]))`
    case 'count-over-time':
      return `sum(count_over_time(${series}[${RANGE}]))`
    case 'age':
      return `time() - max(${series})`
  }
}

type Composite = Extract<Indicator, { kind: 'composite' }>

/** From the series that the rules of its members record; a member without data is left out. */
function composed(rule: Composite['rule'], members: Composite['members']): string {
  const shares = members.map(({ service, slo, weight }) => {
    const labels = `{service=${quoted(service)},slo=${quoted(slo)}}`
    const share = `(1 - headroom:slo_bad:count1m${labels} / (headroom:slo_total:count1m${labels} > 0))`
    return { labels, share, weight }
  })
  const all = (write: (one: (typeof shares)[number]) => string) => shares.map(write).join(' or ')
  switch (rule) {
    case 'weighted-mean':
      return `sum(${all(({ share, weight }) => `${share} * ${weight}`)}) / sum(${all(({ share, weight }) => `${share} * 0 + ${weight}`)})`
    case 'worst-of':
      return `min(${all(({ share }) => share)})`
    case 'product':
      return `exp(sum(ln(${all(({ share }) => share)})))`
    case 'any-bad-slice':
      return `min(${all(({ share, labels }) => `${share} >= bool headroom:slo_target${labels}`)})`
  }
}

/** The same as it stands in a file, as text to compare; nothing is interpreted. */
export function writtenMeasure(sli: Cursor, objective: Cursor): string {
  const query = (metric: Cursor) => metric.in('metricSource', 'spec', 'query').text()
  const ratio = sli.get('ratioMetric')
  const [op, value] = [objective.get('op').text(), objective.get('value').number()]
  const [good, bad, total, raw] = ['good', 'bad', 'total', 'raw'].map((name) => query(ratio.get(name)))
  const threshold = query(sli.get('thresholdMetric'))
  const success = ratio.get('rawType').text() !== 'failure'
  return textOf({ good, bad, total, raw: success ? raw : undefined, threshold, op, value })
}

export const measureText = (measure: Measure): string => textOf(measure)

const textOf = (parts: Record<string, string | number | undefined>): string =>
  ['good', 'bad', 'total', 'raw', 'threshold', 'op', 'value'].map((name) => JSON.stringify(parts[name] ?? null)).join('\n')

/** The source of what is measured, by reference; of a ratio that of its total. */
export function writtenSource(sli: Cursor): string | undefined {
  const ratio = sli.get('ratioMetric')
  const metric = [ratio.get('total'), ratio.get('raw'), sli.get('thresholdMetric')].find(({ present }) => present)
  return metric?.in('metricSource', 'metricSourceRef').text()
}

/** The indicator that is named or written there, with its metadata. */
export const indicatorOf = (holder: Cursor, objects: Objects): Cursor | undefined => {
  const ref = holder.get('indicatorRef')
  return ref.present ? objects.find('SLI', ref.text()) : holder.get('indicator')
}
