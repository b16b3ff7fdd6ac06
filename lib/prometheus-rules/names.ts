import { quoted } from '../slo/promql'
import type { Seconds } from '../time-series/units'

/**
 * Names of everything that is recorded. Series carry the names of the service and the SLO and nothing else: whatever else is
 * changed about an SLO, its past goes on.
 */
export const SERIES = {
  /** events, or slices of a minute, of the minute that ends at the sample */
  total1m: 'headroom:slo_total:count1m',
  bad1m: 'headroom:slo_bad:count1m',
  /** the same where one reading tells events of both kinds, some of them with `headroom_part` */
  events1m: 'headroom:slo_events:count1m',
  /** of five minutes, every five minutes, and since the last of those */
  total5m: 'headroom:slo_total:count5m',
  bad5m: 'headroom:slo_bad:count5m',
  totalRecent5m: 'headroom:slo_total:recent5m',
  badRecent5m: 'headroom:slo_bad:recent5m',
  /** of twenty minutes, every twenty minutes: what long windows are added up from; and since the last of those */
  total20m: 'headroom:slo_total:count20m',
  bad20m: 'headroom:slo_bad:count20m',
  totalRecent: 'headroom:slo_total:recent',
  badRecent: 'headroom:slo_bad:recent',
  /** the minute in which rules were evaluated last: tells whether five or twenty of them ended in a hole */
  minute: 'headroom:slo_rules:minute',
  /** what happened in a hole of the rules, at its end, by `headroom_part` (`partsOf`) */
  missed: 'headroom:slo_events:missed',
  /** what of a hole that lay an hour ago had happened by then */
  early: 'headroom:slo_events:early',
  burnRate: 'headroom:slo_burn_rate',
  totalWindow: 'headroom:slo_total:window',
  badWindow: 'headroom:slo_bad:window',
  sli: 'headroom:slo_sli',
  remaining: 'headroom:slo_budget_remaining',
  target: 'headroom:slo_target',
  windowDays: 'headroom:slo_window_days',
  info: 'headroom:slo_info',
  requestRate: 'headroom:service_requests:rate5m',
  successRatio: 'headroom:service_success:ratio5m',
  latency: 'headroom:service_latency_seconds:quantile5m',
} as const

/** A scrape that is under way is written with the time of its beginning: what is counted ended this long before. */
export const LAG: Seconds = 30
/** Ranges that end this long before an evaluation have nothing that it records itself, but all of the one before. */
export const JUST_BEFORE: Seconds = 30

export const BURN_ALERT = 'SLOBudgetBurn'
export const ABSENT_ALERT = 'SLODataAbsent'

export type Identity = { service: string; slo: string }

/** Matchers of the same labels are asked for dozens of times. */
const written = new WeakMap<Record<string, string>, string>()

export function selected(name: string, labels: Record<string, string>): string {
  let matchers = written.get(labels)
  if (matchers === undefined) {
    matchers = Object.entries(labels)
      .map(([label, value]) => `${label}=${quoted(value)}`)
      .join()
    written.set(labels, matchers)
  }
  return `${name}{${matchers}}`
}

/**
 * A range that holds the samples after `length` ago and up to now, one a minute, whether or not a version of Prometheus
 * counts the one exactly then.
 */
export const last = (length: Seconds): string => `[${length - 1}s]`

/** How windows are named: 5m, 1h, 24h. */
export const lengthName = (length: Seconds): string => (length % 3600 === 0 ? `${length / 3600}h` : `${length / 60}m`)

/** A number as PromQL reads it, without the noise of binary fractions. */
export const numberText = (value: number): string => String(Number(value.toPrecision(12)))
