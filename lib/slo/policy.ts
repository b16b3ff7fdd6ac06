import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

/** Whoever is signed in may look. */
export const canReadSlos = (actor: Actor): boolean => hasRole(actor, ...ROLES)

/** Refreshing writes and asks the source; people who only look do neither. */
export const canRefreshSlo = (actor: Actor): boolean => hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')

/** Verifying asks the source a heavy question. */
export const canVerifySlo = (actor: Actor): boolean => canRefreshSlo(actor)

/** Whoever keeps objectives honest writes them; a product owner decides about spending, not about the ruler. */
export const canDefineSlo = (actor: Actor): boolean => hasRole(actor, 'engineer', 'slo_owner', 'administrator')

/** What the screen of an SLO offers to this actor. */
export const maySlo = (actor: Actor) => ({
  refresh: canRefreshSlo(actor),
  verify: canVerifySlo(actor),
  define: canDefineSlo(actor),
})
