import { MINUTE, type UnixSeconds } from '../lib/time-series/units'
import { serviceName } from './fleet'

type Span = { from: UnixSeconds; to: UnixSeconds }

/** Counters of ok and failed requests per service and minute, as OpenMetrics. */
export function counters(services: number, { from, to }: Span): string {
  const parts: string[] = []
  for (let i = 0; i < services; i += 1)
    for (const [status, perMinute] of [
      ['200', 600],
      ['500', 1],
    ] as const) {
      const series = `http_requests_total{service="${serviceName(i)}",status="${status}"}`
      let value = 0
      for (let at = from; at <= to; at += MINUTE) {
        value += perMinute
        parts.push(`${series} ${value} ${at}\n`)
      }
    }
  parts.push('# EOF\n')
  return parts.join('')
}
