import type { AlertTransition } from '../alert/transition'
import { HOUR, MINUTE } from '../time-series/units'

/** A page of SLO 7 on 2026-07-16 at 13:52 UTC, as the engine would hand it over. For tests. */
export const FIRED_AT = Date.UTC(2026, 6, 16, 13, 52) / 1000

export function transition(change: Partial<AlertTransition> = {}): AlertTransition {
  const long = change.long ?? HOUR
  const short = change.short ?? 5 * MINUTE
  const at = change.at ?? FIRED_AT
  return {
    ...{ alertId: 1, kind: 'fired', at, sloId: 7, serviceId: 1, severity: 'page', long, short, firedAt: at },
    ...{ pendingSince: at - 2 * MINUTE, heldAt: at, muted: null, incidentId: null },
    evidence: {
      ...{ at, target: 0.999, threshold: 14.4, budgetShare: 0.02, minFailures: 0, minEvents: 0, for: 120, keepFiring: 0 },
      long: { length: long, good: 98_511, total: 100_000, burn: 14.89 },
      short: { length: short, good: 8_383, total: 8_500, burn: 13.764_7 },
      remaining: 0.2845,
    },
    ...change,
  }
}
