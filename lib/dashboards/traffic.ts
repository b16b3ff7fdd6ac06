import type { Drawn } from './model'
import { lines } from './panels'
import type { Scope } from './series'
import * as series from './series'

const FIVE = 'Over five minutes.'
export const QUANTILES = [
  { name: 'p50', quantile: '0.5' },
  { name: 'p95', quantile: '0.95' },
  { name: 'p99', quantile: '0.99' },
]

export const requestsPanel = (expr: string, legend: string): Drawn =>
  lines(
    { title: 'Requests by method and route', description: `${FIVE} The busiest fifteen.` },
    { queries: [{ expr, legend }], unit: 'reqps', min: 0, stacked: true },
  )

export const successPanel = (scope: Scope): Drawn =>
  lines(
    { title: 'Success rate', description: `${FIVE} Requests that succeeded of all; a gap where there were none.` },
    { queries: [{ expr: series.success(scope), legend: '{{service}}' }], unit: 'percentunit', decimals: 3 },
  )

export const latencyPanel = (scope: Scope): Drawn =>
  lines(
    { title: 'Latency', description: `${FIVE} Half, 95 % and 99 % of the requests are at least this fast.` },
    {
      queries: QUANTILES.map(({ name, quantile }) => ({ expr: series.latency(quantile, scope), legend: name })),
      unit: 's',
      min: 0,
    },
  )

export const latencyByService = (scope: Scope): Drawn[] =>
  QUANTILES.map(({ name, quantile }) =>
    lines(
      { title: `Latency ${name}`, description: FIVE },
      { queries: [{ expr: series.latency(quantile, scope), legend: '{{service}}' }], unit: 's', min: 0 },
    ),
  )
