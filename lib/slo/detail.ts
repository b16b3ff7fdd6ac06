import type { AlertScope } from '../alert/in-force'
import type { SloDrift } from '../drift/report'
import type { SloFinding } from '../finding/finding'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import type { AlertPair } from './alert-pair'
import type { CompositeRule, LatePolicy } from './composite'
import type { Countdown } from './countdown'
import type { IndicatorKind } from './indicator'
import type { Managed } from './managed'
import type { BudgetingMethod, NoDataPolicy } from './objective'
import type { Outlook } from './outlook'
import type { Meaning } from './queries'
import type { SloState } from './state'
import type { Status } from './status'
import type { StatusPolicy } from './status-policy'
import type { SloWindow } from './window'

/** A composite's rule and its members. */
export type SloComposite = {
  rule: CompositeRule
  late: LatePolicy
  members: {
    /** `null` when there is no page of it */
    id: number | null
    name: string
    service: string
    weight: number
    state: SloState | null
    remaining: number | null
    /** why it is late for good */
    gone: 'deleted' | 'draft' | 'unknown' | null
  }[]
}

/** Everything the screen of one SLO shows except its charts. */
export type SloDetail = {
  id: number
  name: string
  slug: string
  description: string
  service: { slug: string; name: string; tier: string; kind: string; team: string }
  indicatorKind: IndicatorKind
  method: BudgetingMethod
  target: Ratio
  window: SloWindow
  noDataPolicy: NoDataPolicy
  coverageFloor: Ratio
  minEvents: number
  gating: boolean
  labels: string[]
  lifecycle: 'draft' | 'active'
  version: number
  versionSince: UnixSeconds
  versionAuthor: string
  /** `null`: people change it here */
  managed: Managed | null
  /** `null` until the first evaluation */
  status: Status | null
  since: UnixSeconds | null
  /** the same window as it was measured, when something in it is excluded or credited; `null`: nothing is */
  measured: Pick<Status, 'sli' | 'consumed' | 'remaining' | 'counts'> | null
  outlook: Outlook | null
  countdown: Countdown
  policy: StatusPolicy
  /** where these thresholds come from */
  budgetPolicy: { slug: string; name: string }
  /** the alert policy that holds, and what made it hold */
  alerting: { slug: string; name: string; version: number; scope: AlertScope; keepFiring: Seconds }
  pairs: (AlertPair & {
    longBurn: number | null
    shortBurn: number | null
    /** fires now, or did when data ended */
    holds: boolean
    /** without data an alert stays as it was */
    frozen: boolean
    canFire: boolean
    /** seconds until a full outage fires it, `null` never */
    fullOutageFiresAfter: Seconds | null
  })[]
  /** one-minute budget equivalent of the whole window, and what is left of it */
  budgetMinutes: number
  backfill: {
    state: 'pending' | 'running' | 'done' | 'failed'
    from: UnixSeconds | null
    to: UnixSeconds | null
    cursor: UnixSeconds | null
    error: string | null
  }
  quarantine: { since: UnixSeconds; error: string } | null
  source: { name: string; staleSince: UnixSeconds | null; lastError: string | null; retryAt: UnixSeconds | null }
  findings: SloFinding[]
  drift: SloDrift
  /** the PromQL the poller asks, readable, per signal */
  queries: { signal: Meaning; promql: string }[]
  recounts: Recount[]
  /** `null` for what a source measures */
  composite: SloComposite | null
  previousId: number | null
  nextId: number | null
}

/** What the source counts more (or less) now in a stretch than when it was measured; the ledger keeps what was measured. */
export type Recount = {
  from: UnixSeconds
  to: UnixSeconds
  good: number
  total: number
  foundAt: UnixSeconds
}

/** Series for the charts of one SLO: at most 720 points, `null` where nothing was measured. */
export type SloHistory = {
  sloId: number
  from: UnixSeconds
  to: UnixSeconds
  step: Seconds
  ts: UnixSeconds[]
  /** each at its own time, over the window that ended then */
  remaining: (number | null)[]
  burn1h: (number | null)[]
  burn6h: (number | null)[]
  burn24h: (number | null)[]
  /** of the step before each point */
  sli: (Ratio | null)[]
  /** events in the step before each point */
  total: (number | null)[]
  gaps: { from: UnixSeconds; to: UnixSeconds }[]
  /** rises above 10 points: old burn leaves a rolling window; `burnedAt` is when it had been spent */
  rises: { at: UnixSeconds; points: number; burnedAt: UnixSeconds }[]
  /** approved stretches that do not count */
  exclusions: { from: UnixSeconds; to: UnixSeconds }[]
  /** approved extra minutes, and what they are of the budget */
  credits: { at: UnixSeconds; minutes: number; points: number }[]
  /** what `remaining` would be without any of these; `null` when there are none */
  measuredRemaining: (number | null)[] | null
}

export const HISTORY_RANGES = ['24h', '7d', '30d', '90d'] as const
export type HistoryRange = (typeof HISTORY_RANGES)[number]

/** A service with its SLOs summed up for a list. */
export type ServiceSummary = {
  slug: string
  name: string
  description: string
  tier: string
  kind: string
  team: string
  labels: string[]
  /** how many SLOs are in each state */
  states: Record<string, number>
  worst: string | null
  sloCount: number
}
