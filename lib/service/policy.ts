import { type Actor, hasRole } from '../auth/actor'

/** Whoever builds a service or keeps its objectives describes it; product owners and viewers read. */
export const canDefineService = (actor: Actor): boolean => hasRole(actor, 'engineer', 'slo_owner', 'administrator')
