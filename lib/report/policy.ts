import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

export const canReadReports = (actor: Actor): boolean => hasRole(actor, ...ROLES)
/** Whoever answers for a report builds it; tokens by their role. */
export const canBuildReports = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'product_owner', 'administrator')
/** A link opens a report to people who cannot sign in. */
export const canShareReports = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'product_owner', 'administrator')
/** Everyone for themselves; for addresses of others, whoever may share. */
export const canSubscribe = (actor: Actor): boolean => actor.type !== 'system' && hasRole(actor, ...ROLES)
export const canSubscribeOthers = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'slo_owner', 'product_owner', 'administrator')

export const WHO_READS = 'Only people who are signed in may read reports.'
export const WHO_BUILDS = 'Only SLO owners, product owners and administrators build reports.'
export const WHO_SHARES = 'Only SLO owners, product owners and administrators share reports with people outside.'
export const WHO_SUBSCRIBES = 'Only people who are signed in may subscribe to reports.'
export const WHO_SUBSCRIBES_OTHERS = 'Only SLO owners, product owners and administrators subscribe addresses. Subscribe yourself.'
