import { policyOf } from '../policy/in-force'
import { assignedPolicies } from './assigned-policies'

/** Which error-budget policy holds for an SLO or a service, from what is assigned now. */
export const loadBudgetPolicies = assignedPolicies('error_budget_policy', policyOf)
