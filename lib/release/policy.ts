import { type Actor, hasRole } from '../auth/actor'
import { ROLES } from '../auth/role'

export const canReadReleases = (actor: Actor): boolean => hasRole(actor, ...ROLES)
export const canReportReleases = (actor: Actor): boolean =>
  hasRole(actor, 'engineer', 'slo_owner', 'product_owner', 'administrator')
export const canDecideAttributions = (actor: Actor): boolean => actor.type !== 'system' && canReportReleases(actor)

export const WHO_READS = 'Only people who are signed in may read releases.'
export const WHO_REPORTS = 'Viewers do not report releases. Ask an engineer, or use a token with the role engineer.'
export const WHO_DECIDES = 'Viewers do not decide what a release answers for. Ask an engineer.'
