import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'
import type { IncidentVerb } from './lifecycle'

export const canReadIncidents = (actor: Actor): boolean => hasRole(actor, ...ROLES)

/** Whoever may be called at night writes incidents: opens, acknowledges, notes, claims. */
export const canRunIncidents = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')

/** Closing the lesson is for those who answer for the objective. */
const canReviewIncidents = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'slo_owner', 'product_owner', 'administrator')

export const canMove = (actor: Actor, verb: IncidentVerb): boolean =>
  verb === 'review' ? canReviewIncidents(actor) : canRunIncidents(actor)

/** Another program's alerts come with a token that says whose they are. */
export const canReceiveAlerts = (actor: Actor): boolean => actor.type === 'token' && canRunIncidents(actor)

export const WHO_READS = 'Only people who are signed in may read incidents.'
export const WHO_RUNS = 'Viewers cannot change incidents. Ask an engineer or an owner of the SLO.'
const WHO_REVIEWS = 'Only SLO owners, product owners and administrators mark an incident as reviewed.'
export const whoMoves = (verb: IncidentVerb): string => (verb === 'review' ? WHO_REVIEWS : WHO_RUNS)
