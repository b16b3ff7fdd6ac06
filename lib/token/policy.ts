import { type Actor, hasRole } from '../auth/actor'

export const canCreateTokens = (actor: Actor): boolean => hasRole(actor, 'administrator')
