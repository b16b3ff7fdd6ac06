import type { LineKind } from '../ledger/ledger'
import type { Tier } from '../service/tier'
import type { Period } from '../slo/window'
import type { Ratio, UnixSeconds } from '../time-series/units'
import type { Proposal } from './capacity'
import type { Ranked } from './priority'
import type { Quarter } from './quarter'
import type { PriorityRow, TeamToil } from './schema'

/** What takes from a budget, or gives back; an exclusion cancels itself and is left out. */
export const SPENT_KINDS = ['incident', 'release', 'dependency', 'no-data', 'credit', 'unexplained'] as const
export type SpentKind = (typeof SPENT_KINDS)[number]
export const SPENT_WORDS: Record<SpentKind, string> = {
  ...{ incident: 'incidents', release: 'releases', dependency: 'dependencies', 'no-data': 'no data', credit: 'credits' },
  unexplained: 'unexplained',
}

/** One SLO over a quarter. */
export type QuarterRow = {
  slo: { id: number; name: string }
  service: { slug: string; name: string }
  tier: Tier
  /** in force at the end */
  target: Ratio
  /** null when nothing, or too little, was counted */
  sli: Ratio | null
  /** of the quarter's budget; `spent` adds up to it */
  consumed: number | null
  met: boolean | null
  spent: Record<SpentKind, number>
  /** history begins within the quarter */
  since: UnixSeconds | null
}

/** One incident or release, and what it took from one budget. */
export type LargestCause = {
  kind: 'incident' | 'release' | 'dependency'
  title: string
  href: string
  slo: { id: number; name: string }
  service: string
  share: number
}

export type WaiverUsed = {
  id: number
  service: string
  reason: string
  from: UnixSeconds
  to: UnixSeconds
  /** share of a budget that it spent, and that it was given */
  spent: Ratio
  limit: Ratio
  ended: boolean
}

export type StoredPlan = { quarter: Quarter; reliability: Ratio; note: string; by: string; at: UnixSeconds; version: number }

/** What a team looks at when it plans the next quarter. */
export type Planning = {
  team: { slug: string; name: string }
  /** looked back at; it may still run */
  quarter: Quarter
  period: Period
  running: boolean
  /** newest evaluation */
  asOf: UnixSeconds | null
  rows: QuarterRow[]
  /** of the judged ones */
  judged: number
  met: number
  largest: LargestCause[]
  waivers: WaiverUsed[]
  releases: number
  incidents: number
  top: Ranked<PriorityRow>[]
  /** from the budgets of this quarter */
  toil: TeamToil
  /** for the next quarter */
  proposal: Proposal
  next: Quarter
  plan: StoredPlan | null
  /** what was agreed for the quarter that is looked at */
  agreed: StoredPlan | null
}

/** Shares of a ledger by kind; what cancels is left out, so they still add up. */
export function spentByKind(lines: { kind: LineKind; share: number }[]): Record<SpentKind, number> {
  const sum = (kind: SpentKind) => lines.reduce((total, line) => (line.kind === kind ? total + line.share : total), 0)
  return Object.fromEntries(SPENT_KINDS.map((kind) => [kind, sum(kind)])) as Record<SpentKind, number>
}
