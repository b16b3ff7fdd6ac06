import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

export const canReadPriorities = (actor: Actor): boolean => hasRole(actor, ...ROLES)
/** Whoever does the work, and whoever decides what is done first: everybody but people who only look. */
export const canPlan = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')

export const WHO_READS = 'Only people who are signed in may read priorities and plans.'
export const WHO_PLANS = 'Viewers do not estimate or plan. Ask an engineer or an owner.'
