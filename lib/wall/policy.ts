import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

/** Whoever is signed in may know where walls hang. */
export const canReadWallLinks = (actor: Actor): boolean => hasRole(actor, ...ROLES)
/** Whoever answers for the budgets decides who sees them without signing in. */
export const canChangeWallLinks = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'administrator')

export const WHO_READS = 'Sign in to see where walls hang.'
export const WHO_CHANGES = 'Only administrators and SLO owners make and revoke links to the wall.'
