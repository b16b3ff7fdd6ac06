import type { Alerting, Format } from './declared'
import type { Fault } from './fault'

/** What applying files would do, in words; the same answer for screens, pipelines and the API. */

export const PLAN_KINDS = ['service', 'slo', 'alert-policy', 'budget-policy'] as const
/** refused: it is not this set's to change; nothing at all is applied then */
export const PLAN_VERBS = ['create', 'change', 'delete', 'unchanged', 'refused'] as const
export type PlanKind = (typeof PLAN_KINDS)[number]
export type PlanVerb = (typeof PLAN_VERBS)[number]

/** Shares of the budget that are left, 1 at most; `null` where nothing was or could be measured, and then why. */
export type PlanEffect = {
  before: number | null
  after: number | null
  why: string | null
  /** of what was measured for the plan: over which stretch */
  over?: string | undefined
}

export type PlanItem = {
  kind: PlanKind
  verb: PlanVerb
  /** "checkout" of services and budget policies, "checkout/availability" of SLOs and of the alert policy of one */
  key: string
  name: string
  /** number of the SLO in the portal; `null`: there is none yet, or it is no SLO */
  sloId: number | null
  /** where the files declare it; `null`: they no longer do */
  place: { file: string; line: number } | null
  /** one sentence each */
  changes: string[]
  /** why it is refused */
  reason: string | null
  notes: string[]
  /** of SLOs whose budget it touches */
  effect: PlanEffect | null
}

export type Plan = {
  /** `null`: a person brings the files in, and nobody manages what they make */
  owner: string | null
  /** no errors and nothing refused: it can be applied */
  ok: boolean
  counts: Record<PlanVerb, number>
  /** of all files, warnings as well; with an error there are no items */
  faults: Fault[]
  items: PlanItem[]
  /** what was assumed, a sentence each */
  notes: string[]
  /** names everything that the plan rests on: files, options, and versions of what is there. Effects are no part of it. */
  fingerprint: string
}

export type Applied = { plan: Plan; owner: string | null; at: number; revision: string | null }

/** What the files said when they were last applied: what is there now is compared with it. */
export type DeclaredThen = {
  format: Format
  file: string
  line: number
  /** lib/slo/definition-input.ts, as it was written then */
  definition: Record<string, unknown>
  alerting: Alerting
  budgetPolicy: string | null
  links: { runbook: string | null; dashboard: string | null }
}

export const countsOfItems = (items: PlanItem[]): Record<PlanVerb, number> => {
  const counts = { create: 0, change: 0, delete: 0, unchanged: 0, refused: 0 }
  for (const { verb } of items) counts[verb]++
  return counts
}

/** Refused because of a set that somebody may detach it from, on its page. */
export const canBeDetached = ({ kind, verb, sloId, reason }: PlanItem): boolean =>
  kind === 'slo' && verb === 'refused' && sloId !== null && (reason?.includes('or detach it on its page') ?? false)

export const hasErrors = (faults: Fault[]): boolean => faults.some(({ severity }) => severity === 'error')
/** Applying it would write something. */
export const changesAnything = ({ counts }: Plan): boolean => counts.create + counts.change + counts.delete > 0
