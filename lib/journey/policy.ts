import type { Actor } from '../auth/actor'
import { canDefineSlo, canReadSlos } from '../slo/policy'

export const canReadJourneys = (actor: Actor): boolean => canReadSlos(actor)

/** Whoever writes the promises says which way they lie on. */
export const canWriteJourney = (actor: Actor): boolean => canDefineSlo(actor)
