/** The closed words of release decisions (semantics §9). */

/** From the best to the worst. */
export const DECISIONS = ['approve', 'review', 'defer', 'block'] as const
export type Decision = (typeof DECISIONS)[number]

export const RISKS = ['low', 'medium', 'high'] as const
export type Risk = (typeof RISKS)[number]

export const CHANGE_TYPES = ['feature', 'reliability_fix', 'security_fix'] as const
export type ChangeType = (typeof CHANGE_TYPES)[number]

/** People who have a say in a review. */
export const APPROVER_ROLES = ['product_owner', 'slo_owner'] as const
export type ApproverRole = (typeof APPROVER_ROLES)[number]

const rank = (decision: Decision): number => DECISIONS.indexOf(decision)
export const worseDecision = (a: Decision, b: Decision): Decision => (rank(a) >= rank(b) ? a : b)
export const betterDecision = (a: Decision, b: Decision): Decision => (rank(a) <= rank(b) ? a : b)
export const isWorse = (a: Decision, than: Decision): boolean => rank(a) > rank(than)

export const DECISION_WORDS: Record<Decision, string> = {
  approve: 'Approve',
  review: 'Review',
  defer: 'Defer',
  block: 'Block',
}
export const CHANGE_TYPE_WORDS: Record<ChangeType, string> = {
  feature: 'feature',
  reliability_fix: 'reliability fix',
  security_fix: 'security fix',
}
