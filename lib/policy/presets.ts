import { DEFAULT_STATUS_POLICY } from '../slo/status-policy'
import { type BudgetPolicy, budgetPolicySchema, type PolicyInForce } from './budget-policy'

export type BudgetPreset = { slug: string; name: string; description: string; settings: BudgetPolicy }

/** Semantics §5 and §9. Holds wherever nothing else is assigned. */
export const STANDARD: BudgetPreset = {
  slug: 'standard',
  name: 'Standard',
  description: 'Spend the budget while there is one; slow down as it goes; stop features when it is gone.',
  settings: budgetPolicySchema.parse({
    status: DEFAULT_STATUS_POLICY,
    matrix: {
      healthy: { low: 'approve', medium: 'approve', high: 'review' },
      attention: { low: 'approve', medium: 'review', high: 'defer' },
      warning: { low: 'review', medium: 'defer', high: 'block' },
      critical: { low: 'defer', medium: 'block', high: 'block' },
      exhausted: { low: 'block', medium: 'block', high: 'block' },
    },
    lanes: { feature: 'block', reliability_fix: 'review', security_fix: 'review' },
    incidents: {},
    approvers: { low: ['product_owner'], medium: ['product_owner'], high: ['product_owner', 'slo_owner'] },
    states: {
      healthy: { consequence: 'Releases go out as planned. The budget is there to be spent.' },
      attention: {
        consequence: 'High-risk releases wait. The team looks for what spends the budget.',
        allClear: 'High-risk releases are reviewed again.',
      },
      warning: {
        consequence: 'Only small releases go out, each after a review. The cause of the burn comes before new features.',
        allClear: 'Releases of medium risk go out after a review again.',
      },
      critical: {
        consequence: 'Releases are deferred or blocked. Somebody works on the cause until the burn has stopped.',
        allClear: 'Small releases go out after a review again.',
      },
      exhausted: {
        consequence: 'Features stop; reliability and security fixes go on after a review. A waiver takes two people.',
        allClear: 'Normal releases resume.',
      },
    },
  }),
}

/** For services whose failures nobody waits for: the budget warns, and only its end stops releases. */
export const LENIENT: BudgetPreset = {
  slug: 'lenient',
  name: 'Lenient',
  description: 'For services nobody waits for: the budget warns early and stops releases only when it is gone.',
  settings: budgetPolicySchema.parse({
    ...STANDARD.settings,
    matrix: {
      healthy: { low: 'approve', medium: 'approve', high: 'approve' },
      attention: { low: 'approve', medium: 'approve', high: 'review' },
      warning: { low: 'approve', medium: 'review', high: 'review' },
      critical: { low: 'review', medium: 'review', high: 'defer' },
      exhausted: { low: 'review', medium: 'block', high: 'block' },
    },
    costFloor: 0,
    incidents: { here: 'review', dependencies: 'approve' },
    states: {
      healthy: { consequence: 'Releases go out as planned.' },
      attention: { consequence: 'Releases go out; those of high risk after a review.' },
      warning: { consequence: 'Releases of medium and high risk go out after a review.' },
      critical: {
        consequence: 'Every release is reviewed; those of high risk wait.',
        allClear: 'Small releases go out as planned again.',
      },
      exhausted: {
        consequence: 'Only small releases and fixes go out, each after a review.',
        allClear: 'Releases go out after a review again.',
      },
    },
  }),
}

export const BUDGET_PRESETS = [STANDARD, LENIENT]

export const UNASSIGNED_POLICY: PolicyInForce = { id: 0, ...STANDARD, version: 1, scope: 'preset' }
