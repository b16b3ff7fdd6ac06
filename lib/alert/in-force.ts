import type { AlertPair } from '../slo/alert-pair'
import type { Seconds } from '../time-series/units'
import { type AlertPolicy, alertPairs, alertPolicySchema } from './alert-policy'
import { WORKBOOK } from './presets'

/** How far the assignment reaches that made a policy hold for an SLO; `preset`: there is none. */
export type AlertScope = 'slo' | 'service' | 'tier' | 'default' | 'preset'

/** The policy that holds for one SLO. */
export type Alerting = { id: number; slug: string; name: string; version: number; scope: AlertScope; settings: AlertPolicy }

export const UNASSIGNED: Alerting = { id: 0, ...WORKBOOK, version: 1, scope: 'preset' }

/** One row of `alert_policy_assignment` with its policy. */
export type Assigned = { id: number; scope: string; slug: string; name: string; version: number; settings: unknown }

/** Where an SLO stands: the narrowest assignment wins. */
export type Place = { id: number; serviceId: number; tier: string }

export const scopesOf = ({ id, serviceId, tier }: Place): [AlertScope, string][] => [
  ['slo', `slo:${id}`],
  ['service', `service:${serviceId}`],
  ['tier', `tier:${tier}`],
  ['default', 'default'],
]

/** Finds the policy of each SLO. A stored policy that cannot be read is passed over: the next wider one holds. */
export function alertingOf(assigned: Assigned[]): (place: Place) => Alerting {
  const byScope = new Map<string, Omit<Alerting, 'scope'>>()
  for (const { id, scope, slug, name, version, settings } of assigned) {
    const read = alertPolicySchema.safeParse(settings)
    if (read.success) byScope.set(scope, { id, slug, name, version, settings: read.data })
  }
  const made = new Map<string, Alerting>()
  return (place) => {
    for (const [scope, key] of scopesOf(place)) {
      const found = byScope.get(key)
      if (!found) continue
      const alerting = made.get(key) ?? { ...found, scope }
      made.set(key, alerting)
      return alerting
    }
    return UNASSIGNED
  }
}

type Rules = { alerting?: Alerting; scrapeSeconds?: Seconds; sliced?: boolean }
const kept = new WeakMap<Rules, { window: Seconds; pairs: AlertPair[] }>()

/** The pairs in force for an SLO whose window has this length now, also those that its target keeps from firing. */
export function pairsInForce(rules: Rules, window: Seconds): AlertPair[] {
  const known = kept.get(rules)
  if (known?.window === window) return known.pairs
  const { settings } = rules.alerting ?? UNASSIGNED
  const pairs = alertPairs(settings, window, { scrape: rules.scrapeSeconds, sliced: rules.sliced })
  kept.set(rules, { window, pairs })
  return pairs
}
