import { type Actor, hasRole } from '../auth/actor'
import { ROLES, type Role } from '../auth/role'
import { roleText } from './words'

export const canReadBudgetPolicies = (actor: Actor): boolean => hasRole(actor, ...ROLES)
/** Whoever keeps objectives and whoever decides about spending write down what follows from them. */
export const canDefineBudgetPolicy = (actor: Actor): boolean => hasRole(actor, 'slo_owner', 'product_owner', 'administrator')

/** The role that an actor agrees in: its own, where the policy asks for it. */
export const agreesAs = (actor: Actor, agreedBy: Role[]): Role | null =>
  actor.type !== 'system' && agreedBy.includes(actor.role) ? actor.role : null

export const WHO_READS = 'Only people who are signed in may read error-budget policies.'
export const WHO_DEFINES = 'Only SLO owners, product owners and administrators decide about error-budget policies.'
export const whoAgrees = (agreedBy: Role[]): string =>
  agreedBy.length === 0
    ? 'Nobody has to agree to this policy.'
    : `This policy is agreed by one person of each of these roles: ${agreedBy.map(roleText).join(', ')}. Yours is another.`
