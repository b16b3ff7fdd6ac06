import type { Actor } from '../auth/actor'
import { canRefreshSlo } from '../slo/policy'

/** Asking a source writes what it says; people who only look do neither. */
export const canCheckDrift = (actor: Actor): boolean => canRefreshSlo(actor)

export const WHO_CHECKS = 'Viewers cannot ask the sources. Ask an engineer or an owner of the SLO.'
