import { ROLE_WORDS, type Role } from './role'

/** Whoever asks. Every read and command takes one, and decides by it before anything else. */
export type Actor =
  | { type: 'user'; id: string; name: string; email: string; role: Role }
  /** `ownerId`: the person it speaks for; null when the command line made it */
  | { type: 'token'; id: string; name: string; role: Role; ownerId: string | null }
  | { type: 'system'; job: 'poller' | 'seed' | 'cli' | 'metrics' | 'start' | 'wall' }

export const actorName = (actor: Actor): string => (actor.type === 'system' ? actor.job : actor.name)
export const actorId = (actor: Actor): string => (actor.type === 'system' ? actor.job : actor.id)

/** The person behind an actor; null where none is. */
export const personIdOf = (actor: Actor): string | null =>
  actor.type === 'user' ? actor.id : actor.type === 'token' ? actor.ownerId : null

/** True for the portal itself and for people or tokens with one of these roles. */
export const hasRole = (actor: Actor, ...roles: Role[]): boolean => actor.type === 'system' || roles.includes(actor.role)

/** For the frame: who is signed in. */
export const personOf = (actor: Actor): { name: string; role: string } => ({
  name: actorName(actor),
  role: actor.type === 'system' ? 'Headroom' : ROLE_WORDS[actor.role],
})
