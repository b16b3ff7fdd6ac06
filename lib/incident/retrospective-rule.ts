import type { Ratio } from '../time-series/units'
import { worstOf } from './cost'

/** One incident that spends more of a budget needs a retrospective before it is closed (Site Reliability Workbook, error budget policy). */
export const RETROSPECTIVE_ABOVE: Ratio = 0.2

export type RetrospectiveFacts = {
  rootCause: string
  wentWell: string
  wentBadly: string
  retrospectiveAt: number | null
  actions: number
}

/**
 * The share of the budget that was hit hardest, over all stretches of an incident; 0 without any. `null`: what is known is little, and
 * of some stretch nothing is, as of SLOs that were deleted, or are drafts, before it was resolved.
 */
export function judgedShare(stretches: { sloId: number; share: Ratio | null }[]): Ratio | null {
  const worst = worstOf(stretches)?.share ?? 0
  return worst > RETROSPECTIVE_ABOVE || stretches.every(({ share }) => share !== null) ? worst : null
}

/** What is not known may have been expensive. */
export const needsRetrospective = (worstShare: Ratio | null): boolean => worstShare === null || worstShare > RETROSPECTIVE_ABOVE

/** What a retrospective still lacks, in words that end a sentence. */
export function missingFor({ rootCause, wentWell, wentBadly, retrospectiveAt, actions }: RetrospectiveFacts): string[] {
  return [
    rootCause.trim() === '' && 'the root cause',
    wentWell.trim() === '' && 'what went well',
    wentBadly.trim() === '' && 'what went badly',
    actions === 0 && 'at least one action item',
    retrospectiveAt === null && 'when the retrospective was held',
  ].filter((one): one is string => one !== false)
}

/** Why an incident of this cost may not be reviewed yet; `null` when it may. */
export function reviewProblem(worstShare: number | null, facts: RetrospectiveFacts): string | null {
  const missing = needsRetrospective(worstShare) ? missingFor(facts) : []
  if (missing.length === 0) return null
  const last = missing.at(-1)
  const list = missing.length === 1 ? last : `${missing.slice(0, -1).join(', ')} and ${last}`
  const why = worstShare === null ? 'What it cost is not known' : `It spent more than ${RETROSPECTIVE_ABOVE * 100} % of a budget`
  return `${why}, so it needs a retrospective first. Still missing: ${list}.`
}
