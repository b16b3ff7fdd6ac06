import { spentText } from '../format'
import { instantText, whenText } from '../format-time'
import type { Decision } from '../release/vocabulary'
import type { UnixSeconds } from '../time-series/units'
import type { RequestStatus } from './lifecycle'
import type { RequestDetail } from './reads-request'
import { APPROVER_WORDS, joined } from './words'

/** Where a request stands, as one sign with one word: a decision as long as it waits, what became of it afterwards. */
export type Sign = Decision | 'refused' | 'over' | 'out' | 'draft'
export type Standing = { sign: Sign; word: string }

const WAITS: Record<Decision, string> = { approve: 'approved', review: 'review', defer: 'deferred', block: 'blocked' }
const AFTERWARDS: Record<Exclude<RequestStatus, 'decided'>, Standing> = {
  draft: { sign: 'draft', word: 'draft' },
  approved: { sign: 'approve', word: 'approved' },
  refused: { sign: 'refused', word: 'refused' },
  withdrawn: { sign: 'over', word: 'withdrawn' },
  expired: { sign: 'over', word: 'expired' },
  released: { sign: 'out', word: 'went out' },
  observed: { sign: 'out', word: 'measured' },
}

export const standingOf = ({ status, decision }: { status: RequestStatus; decision: Decision | null }): Standing =>
  status === 'decided' ? { sign: decision ?? 'review', word: WAITS[decision ?? 'review'] } : AFTERWARDS[status]

type Told = Pick<
  RequestDetail,
  'status' | 'decision' | 'yours' | 'missing' | 'validUntil' | 'endReason' | 'endedAt' | 'approvals' | 'release' | 'costs'
>

/** The answer in one line, for whoever reads it. */
export function headlineOf(request: Told, now: UnixSeconds): string {
  const { status, decision, yours, missing, validUntil, approvals, release, endedAt } = request
  switch (status) {
    case 'draft':
      return 'Draft: not asked yet'
    case 'decided':
      if (decision === 'defer') return 'Deferred: asked again by itself'
      if (decision === 'block') return 'Blocked: only a waiver opens it'
      return yours
        ? 'Review: your decision is needed'
        : `Review: waits for the ${joined(missing.map((role) => APPROVER_WORDS[role]))}`
    case 'approved':
      return validUntil === null ? 'Approved' : `Approved until ${whenText(validUntil, now)}`
    case 'refused':
      return `Refused by ${approvals.findLast(({ approves, void: over }) => !approves && !over)?.by ?? 'a person'}`
    case 'withdrawn':
      return 'Withdrawn'
    case 'expired':
      return 'Expired: ask again by today’s numbers'
    case 'released':
      return `Went out ${whenText(release?.at ?? endedAt ?? now, now)}`
    case 'observed':
      return costHeadline(request)
  }
}

/** The gating budget that lost most within the day. */
export function worstCost(costs: Told['costs']): { name: string; day: number } | null {
  const measured = costs.flatMap(({ gating, slo, day }) => (gating && day !== null ? [{ name: slo.name, day }] : []))
  return measured.sort((a, b) => b.day - a.day)[0] ?? null
}

function costHeadline({ costs }: Told): string {
  const most = worstCost(costs)
  if (most === null) return 'Went out; no budget was measured'
  return most.day > 0 ? `Went out and cost ${spentText(most.day)} % of a budget` : 'Went out and cost nothing'
}

/** What follows the headline where nothing of the decision counts any more; empty while it does. */
export function afterwards(request: Told, now: UnixSeconds): string[] {
  const { status, endReason, endedAt, release, costs } = request
  const ended = endedAt === null ? [] : [`Since ${instantText(endedAt, now)} UTC.`]
  const most = worstCost(costs)
  if (status === 'refused' || status === 'withdrawn' || status === 'expired')
    return [endReason.replace(/^Refused by [^:]+: /, '').trim(), ...ended].filter(Boolean)
  if (status === 'released')
    return ['What it costs is measured after an hour and after a day, beyond what the ratio before would have spent.']
  if (status === 'observed' && release)
    return [
      `Out ${instantText(release.at, now)} UTC.`,
      most === null
        ? 'No gating SLO was measured on the day after.'
        : `Within a day **${spentText(most.day)} %** of the budget of **${most.name}** went beyond what the ratio before would have spent.`,
    ]
  return []
}
