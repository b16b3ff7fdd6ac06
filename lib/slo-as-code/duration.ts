import type { Seconds } from '../time-series/units'

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 }

/** A duration as Prometheus writes it, "1h30m". Seconds; `null` when it is none. */
export function prometheusDuration(text: string): Seconds | null {
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text) || text.length > 40) return null
  let seconds = 0
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) seconds += Number(count) * (UNITS[unit as string] as number)
  return seconds
}
