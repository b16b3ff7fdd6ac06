import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'
import { personBehind } from '../correction/policy'

export const canReadDecisions = (actor: Actor): boolean => hasRole(actor, ...ROLES)
/** Whoever ships asks. The portal's own command line asks in the name of a pipeline. */
export const canAskForRelease = (actor: Actor): boolean =>
  hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')
/** Whoever answers for the product or the objective has a say. */
export const canDecideReleases = (actor: Actor): boolean =>
  actor.type !== 'system' && hasRole(actor, 'slo_owner', 'product_owner', 'administrator')

export const WHO_READS = 'Only people who are signed in may read release decisions.'
export const WHO_ASKS = 'Viewers do not ask for releases. Ask an engineer, or use a token with the role engineer.'
export const WHO_DECIDES = 'Only product owners, SLO owners and administrators decide about releases and waivers.'

/** Why this actor cannot speak about what that person asked for; `null` when it can. Nobody decides about their own. */
export function ownProblem(actor: Actor, askedBy: string | null, what: 'release' | 'waiver'): string | null {
  const person = personBehind(actor)
  if (person === null) return 'A decision needs a person. Sign in, or use a token that belongs to one.'
  return person === askedBy ? `You asked for this ${what}. Somebody else has to decide.` : null
}
