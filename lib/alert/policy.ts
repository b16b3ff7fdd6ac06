import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

export const canReadAlerts = (actor: Actor): boolean => hasRole(actor, ...ROLES)
/** Whoever keeps objectives decides when people are woken up; a product owner decides about spending, not about the bell. */
export const canDefineAlertPolicy = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'administrator')

export const WHO_READS = 'Only people who are signed in may read alerts and their policies.'
export const WHO_DEFINES = 'Only SLO owners and administrators decide about alert policies.'
