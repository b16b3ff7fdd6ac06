import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

export const canReadReviews = (actor: Actor): boolean => hasRole(actor, ...ROLES)

/** Whoever sits in the meeting and does something about it runs it and writes down what is said; viewers look on. */
export const canRunReviews = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')

/** When a review is held, and that one falls out, is for those who answer for objectives. */
export const canPlanReviews = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'slo_owner', 'product_owner', 'administrator')

export const WHO_READS = 'Only people who are signed in may read reviews.'
export const WHO_RUNS = 'Viewers look on. Ask an engineer or an owner to run the review.'
export const WHO_PLANS = 'Only SLO owners, product owners and administrators plan and skip reviews.'
