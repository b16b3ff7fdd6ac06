import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

/** Who holds what is no secret from anybody who is signed in. */
export const canReadGovernance = (actor: Actor): boolean => hasRole(actor, ...ROLES)
export const WHO_READS = 'Sign in to see who is responsible for what.'
