import { type Actor, hasRole } from '../auth/actor'

export const canReadChannels = (actor: Actor): boolean =>
  hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')
/** Whoever answers for the budgets decides who hears of them. */
export const canChangeChannels = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'administrator')

export const WHO_READS = 'Viewers do not see where notices go. Ask an engineer or an administrator.'
export const WHO_CHANGES = 'Only administrators and SLO owners change where notices go.'
