import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

export const canReadCorrections = (actor: Actor): boolean => hasRole(actor, ...ROLES)
export const canRequestCorrection = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')
/** Whoever answers for the budget decides what does not count against it. */
export const canDecideCorrections = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'slo_owner', 'product_owner', 'administrator')

/** Who stands behind an actor: a token speaks for the person who made it. `null`: nobody known. */
export const personBehind = (actor: Actor): string | null =>
  actor.type === 'user' ? actor.id : actor.type === 'token' ? actor.ownerId : null

export const WHO_REQUESTS = 'Viewers cannot ask for corrections. Ask an engineer or an owner of the SLO.'
export const WHO_DECIDES = 'Only SLO owners, product owners and administrators decide about corrections.'

/** Why this actor may not decide about what that person asked for; `null` when it may. Never the same person (semantics §7). */
export function decisionProblem(actor: Actor, requestedBy: string): string | null {
  if (!canDecideCorrections(actor)) return WHO_DECIDES
  const person = personBehind(actor)
  if (person === null) return 'A decision needs a person. Sign in, or use a token that belongs to one.'
  return person === requestedBy ? 'You asked for this correction. Somebody else has to decide.' : null
}
