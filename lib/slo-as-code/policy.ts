import { type Actor, hasRole } from '../auth/actor'

/** Whoever may define SLOs may do it by files. Policies need the right to decide about those as well. */
export const canApplyFiles = (actor: Actor): boolean => hasRole(actor, 'engineer', 'slo_owner', 'administrator')
/** Taking an SLO away from its files is for those who answer for objectives. */
export const canDetach = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'administrator')

export const WHO_APPLIES = 'Only engineers, SLO owners and administrators plan and apply files.'
export const WHO_DETACHES = 'Only SLO owners and administrators take something away from its files.'
