import type { Indicator, Matcher, Selector } from '../slo/indicator'
import { planOf, signalsOf } from '../slo/measurement-plan'
import { selectorText } from '../slo/promql'
import type { PortableSlo } from '../slo-as-code/portable'
import { SERIES } from './names'
import { type RecordingRule, record } from './rule'

/** How metrics name what was asked for; the recorded series say method and route. */
const METHODS = ['method', 'http_method', 'grpc_method', 'verb']
const ROUTES = ['route', 'http_route', 'handler', 'path', 'grpc_service', 'endpoint']
export const QUANTILES = [0.5, 0.95, 0.99]

/** What people look at first when a service is in trouble: requests, success and latency over five minutes. */
export function serviceRules(slos: PortableSlo[], service: string): RecordingRule[] {
  const indicators = slos.map(({ definition }) => definition.indicator)
  // Of several the one that asks whether requests succeeded at all.
  const requests = first(
    [...indicators].sort((a, b) => rankOf(a) - rankOf(b)),
    requestsOf,
  )
  const latency = first(indicators, (one) => (one.kind === 'latency' ? one : null))
  return [
    ...(requests ? [record(SERIES.requestRate, byRoute(requests.all), { service })] : []),
    ...(requests?.failed ? [record(SERIES.successRatio, successOf(requests.all, requests.failed), { service })] : []),
    ...(latency ? QUANTILES.map((q) => record(SERIES.latency, quantileOf(latency, q), { service, quantile: String(q) })) : []),
  ]
}

const first = <T, F>(items: T[], find: (item: T) => F | null): F | null => {
  for (const item of items) {
    const found = find(item)
    if (found) return found
  }
  return null
}

type Requests = { all: Selector; failed: Selector | null }

const KINDS: Indicator['kind'][] = ['availability', 'error-rate', 'bad-total', 'quality', 'good-total']

function rankOf({ kind }: Indicator): number {
  const rank = KINDS.indexOf(kind)
  return rank < 0 ? KINDS.length : rank
}

/** The requests of an SLO that counts them, and those that failed. */
function requestsOf(indicator: Indicator): Requests | null {
  if (rankOf(indicator) === KINDS.length) return null
  const plan = planOf(indicator)
  if (plan.shape !== 'bad-total' && plan.shape !== 'good-total') return null
  const [all] = plan.total
  const [part] = plan.part
  if (all?.fn !== 'increase' || part?.fn !== 'increase' || signalsOf(plan).length > 2) return null
  return { all: all.selector, failed: plan.shape === 'bad-total' ? part.selector : null }
}

const rate = (selector: Selector) => `rate(${selectorText(selector)}[5m])`

/** By the first of the labels that says something; the metric's own labels stay until all are read, so that none collide. */
function byRoute(all: Selector): string {
  const named = (text: string, name: string, labels: string[]) =>
    labels.reduceRight((inner, label) => `label_replace(${inner}, "${name}", "$1", "${label}", "(.+)")`, text)
  const kept = `sum by (${[...METHODS, ...ROUTES].join(', ')}) (${rate(all)})`
  const both = `sum by (headroom_method, headroom_route) (${named(named(kept, 'headroom_method', METHODS), 'headroom_route', ROUTES)})`
  const own = (text: string, name: string) => `label_replace(${text}, "${name}", "$1", "headroom_${name}", "(.*)")`
  return `sum by (method, route) (${own(own(both, 'method'), 'route')})`
}

const successOf = (all: Selector, failed: Selector): string => `1 - (sum(${rate(failed)}) or vector(0)) / (sum(${rate(all)}) > 0)`

type Latency = Extract<Indicator, { kind: 'latency' }>

function quantileOf(latency: Latency, quantile: number): string {
  const plan = planOf(latency)
  const [signal] = 'total' in plan ? plan.total : []
  const { metric, matchers } = (signal as { selector: Selector }).selector
  const histogram: Selector = latency.native
    ? { metric, matchers }
    : { metric: metric.replace(/_count$/, '_bucket'), matchers: matchers.filter(({ label }: Matcher) => label !== 'le') }
  const added = latency.native ? `sum(${rate(histogram)})` : `sum by (le) (${rate(histogram)})`
  // A comparison drops what is not a number: nothing was asked for.
  return `histogram_quantile(${quantile}, ${added}) >= 0`
}
