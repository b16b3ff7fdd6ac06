import { ABSENT_ALERT, BURN_ALERT, SERIES } from '../prometheus-rules/names'
import { quoted } from '../slo/promql'

/** PromQL over the series that the exported rules record. */

/** Which of them a dashboard looks at: matchers without braces, with Grafana's variables in them. */
export type Scope = { slos: string; services: string }

export const OVERVIEW_SCOPE: Scope = { slos: 'service=~"$service"', services: 'service=~"$service"' }
export const serviceScope = (service: string): Scope => ({
  slos: `service=${quoted(service)},slo=~"$slo"`,
  services: `service=${quoted(service)}`,
})
export const sloScope = (service: string, slo: string): Scope => ({
  slos: `service=${quoted(service)},slo=${quoted(slo)}`,
  services: `service=${quoted(service)}`,
})

const KEY = 'by (service, slo)'
/** Hides the noise of binary fractions, as the portal does. */
const NOISE = '1e-9'

/** Two replicas of a Prometheus say the same twice: the worse one counts. */
export const lowest = (series: string, { slos }: Scope): string => `min ${KEY} (${series}{${slos}})`
export const highest = (series: string, { slos }: Scope): string => `max ${KEY} (${series}{${slos}})`
export const burn = (window: string, { slos }: Scope): string => `max ${KEY} (${SERIES.burnRate}{${slos},window="${window}"})`

/** What is left is shown rounded down, what is spent rounded up: Grafana rounds to the nearest. `digits` after the point. */
export const floored = (expression: string, digits: number): string =>
  `floor((${expression}) * 1e${digits} + ${NOISE}) / 1e${digits}`
export const ceiled = (expression: string, digits: number): string =>
  `ceil((${expression}) * 1e${digits} - ${NOISE}) / 1e${digits}`

/** Who is firing, by pair of windows. */
export const firing = ({ slos }: Scope): string =>
  `max by (alertname, severity, service, slo, long, short) (ALERTS{alertname=~"${BURN_ALERT}|${ABSENT_ALERT}",alertstate="firing",${slos}})`

/** How many SLOs alert. 0 is only said where the rules run: nothing at all means that nobody knows. */
export const alerting = (alert: string, severity: string, scope: Scope): string =>
  orNone(`ALERTS{alertname="${alert}",alertstate="firing",severity="${severity}",${scope.slos}}`, SERIES.info, scope)

export const exhausted = (scope: Scope): string => orNone(`${SERIES.remaining}{${scope.slos}} <= 0`, SERIES.remaining, scope)

const orNone = (series: string, known: string, { slos }: Scope): string =>
  `count(count ${KEY} (${series})) or 0 * count(${known}{${slos}})`

/** Lines that people can tell apart. */
const MOST_LINES = 15

/**
 * Only the highest lines. Who they are is asked once, of the last hour of the range: else they would come and go within it,
 * and an hour is cheap whatever the range is.
 */
const most = (labels: string, lines: string, selector: string): string =>
  `${lines} and on (${labels}) topk(${MOST_LINES}, max by (${labels}) (max_over_time(${selector}[1h] @ end())))`
export const least = (expression: string): string => `sort(bottomk(${MOST_LINES}, ${expression}))`

export const mostBurn = (window: string, scope: Scope): string =>
  most('service, slo', burn(window, scope), `${SERIES.burnRate}{${scope.slos},window="${window}"}`)

const REQUESTS = SERIES.requestRate
/** Requests per second. */
export const requests = ({ services }: Scope, labels: string): string => `sum by (${labels}) (${REQUESTS}{${services}})`
export const mostRequests = (scope: Scope, labels: string): string =>
  most(labels, requests(scope, labels), `${REQUESTS}{${scope.services}}`)

export const success = ({ services }: Scope): string => `min by (service) (${SERIES.successRatio}{${services}})`
/** Seconds. */
export const latency = (quantile: string, { services }: Scope): string =>
  `max by (service) (${SERIES.latency}{${services},quantile="${quantile}"})`
