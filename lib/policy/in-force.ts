import { type Place, scopesOf } from '../alert/in-force'
import { budgetPolicySchema, type PolicyInForce } from './budget-policy'
import { UNASSIGNED_POLICY } from './presets'

/** One row of `error_budget_policy_assignment` with its policy. */
export type AssignedPolicy = { id: number; scope: string; slug: string; name: string; version: number; settings: unknown }

/** Where no SLO is meant but its service as a whole. */
export const ofService = (serviceId: number, tier: string): Place => ({ id: 0, serviceId, tier })

/**
 * Finds the policy of each SLO or service: the narrowest assignment wins. A stored policy that cannot be read is passed over, and the
 * next wider one holds.
 */
export function policyOf(assigned: AssignedPolicy[]): (place: Place) => PolicyInForce {
  const byScope = new Map<string, Omit<PolicyInForce, 'scope'>>()
  for (const { scope, settings, ...policy } of assigned) {
    const read = budgetPolicySchema.safeParse(settings)
    if (read.success) byScope.set(scope, { ...policy, settings: read.data })
  }
  const made = new Map<string, PolicyInForce>()
  return (place) => {
    for (const [scope, key] of scopesOf(place)) {
      const found = byScope.get(key)
      if (!found) continue
      const inForce = made.get(key) ?? { ...found, scope: scope as PolicyInForce['scope'] }
      made.set(key, inForce)
      return inForce
    }
    return UNASSIGNED_POLICY
  }
}
