import type { Indicator, Matcher, Selector } from '../slo/indicator'
import type { SloWindow } from '../slo/window'

export const rolling = (days: number): SloWindow => ({ kind: 'rolling', days })

export const only = (service: string, ...more: Matcher[]): Matcher[] => [{ label: 'service', op: '=', value: service }, ...more]

/** Requests of people; probes are nobody's request. */
export const requestsOf = (service: string, ...more: Matcher[]): Selector => ({
  metric: 'http_requests_total',
  matchers: only(service, { label: 'route', op: '!=', value: '/health' }, ...more),
})

export const availabilityOf = (service: string, ...more: Matcher[]): Indicator => ({
  kind: 'availability',
  requests: requestsOf(service, ...more),
  failed: [{ label: 'status', op: '=~', value: '5..' }],
})

export const latencyOf = (service: string, thresholdSeconds: number): Indicator => ({
  kind: 'latency',
  histogram: { metric: 'http_request_duration_seconds', matchers: only(service) },
  thresholdSeconds,
})
