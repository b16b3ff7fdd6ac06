import type { Actor } from '../auth/actor'
import type { ApproverRole, Decision } from '../release/vocabulary'

/** The one state machine of a release request. */

export const REQUEST_STATUSES = [
  'draft',
  'decided',
  'approved',
  'refused',
  'withdrawn',
  'expired',
  'released',
  'observed',
] as const
export type RequestStatus = (typeof REQUEST_STATUSES)[number]

export const REQUEST_VERBS = [
  /** have it decided: for the first time, or again */
  'ask',
  'edit',
  'approve',
  'refuse',
  'take_back',
  'withdraw',
  'release',
  /** by the portal itself: the decision does not hold any more */
  'expire',
  /** by the portal itself: its cost is known */
  'observe',
] as const
export type RequestVerb = (typeof REQUEST_VERBS)[number]

const FROM: Record<RequestVerb, RequestStatus[]> = {
  ask: ['draft', 'decided', 'refused', 'expired'],
  edit: ['draft'],
  approve: ['decided'],
  refuse: ['decided'],
  take_back: ['decided', 'approved'],
  withdraw: ['draft', 'decided', 'approved', 'refused', 'expired'],
  release: ['approved'],
  expire: ['decided', 'approved'],
  observe: ['released'],
}

export type Approval = { role: ApproverRole; personId: string; approves: boolean }

/** What decides where a request can go. `approvals`: those that stand. */
export type Progress = { status: RequestStatus; decision: Decision | null; approvers: ApproverRole[]; approvals: Approval[] }

/** Roles whose word is still missing. */
export const missingApprovers = ({ approvers, approvals }: Pick<Progress, 'approvers' | 'approvals'>): ApproverRole[] =>
  [...new Set(approvers)].filter((role) => !approvals.some((one) => one.role === role && one.approves))

/** Where a decision leaves a request: an approval by the policy needs nobody. */
export const decidedStatus = (decision: Decision): RequestStatus => (decision === 'approve' ? 'approved' : 'decided')

/**
 * The status after a verb; `null` when the verb is not possible from here. `decision`: of `ask`, what was decided; `by`: of `approve`,
 * in whose role. Only a review can be approved: a wait ends by itself, a block by a waiver, and both by a new decision.
 */
export function moved(
  progress: Progress,
  verb: RequestVerb,
  { decision, by }: { decision?: Decision; by?: ApproverRole } = {},
): RequestStatus | null {
  if (!FROM[verb].includes(progress.status)) return null
  switch (verb) {
    case 'ask':
      return decision ? decidedStatus(decision) : null
    case 'edit':
      return 'draft'
    case 'approve': {
      if (progress.decision !== 'review' || !by) return null
      const missing = missingApprovers(progress)
      if (!missing.includes(by)) return null
      return missing.length === 1 ? 'approved' : 'decided'
    }
    case 'refuse':
      return 'refused'
    case 'take_back':
      return progress.approvals.length > 0 ? 'decided' : null
    case 'withdraw':
      return 'withdrawn'
    case 'release':
      return 'released'
    case 'expire':
      return 'expired'
    case 'observe':
      return 'observed'
  }
}

/** In which part an actor may speak: an administrator stands in for whoever is missing. */
export function partOf(actor: Actor, missing: ApproverRole[]): ApproverRole | null {
  if (actor.type === 'system') return null
  if (actor.role === 'administrator') return missing[0] ?? null
  return missing.find((role) => role === actor.role) ?? null
}
