import type { Severity } from '../incident/severity'
import type { PolicyInForce } from '../policy/budget-policy'
import type { ApproverRole, ChangeType, Decision, Risk } from '../release/vocabulary'
import type { JudgedState, SloState } from '../slo/state'
import type { StateReason } from '../slo/status'
import type { Ratio, UnixSeconds } from '../time-series/units'
import type { Condition } from './condition'

/** What a release decision is made of, and what it says. Everything here is stored as it was and shown unrounded. */

/** An SLO that gates releases, as it stands. */
export type GatingSlo = {
  id: number
  name: string
  state: SloState
  /** what the numbers alone would say; differs from `state` only when data are missing */
  judged: JudgedState
  reason: StateReason
  remaining: number
  pace: number | null
  coverage: Ratio
  coverageFloor: Ratio
  /** instant of the newest evaluation; null: never evaluated */
  ts: UnixSeconds | null
  /** the earliest instant at which its state is a better one, when nothing more goes wrong */
  easesAt: UnixSeconds | null
}

export type OpenIncident = { id: number; title: string; severity: Severity; service: string; here: boolean }

/** What releases like this one have cost, of the budget that they would leave least of. */
export type CostEstimate = {
  slo: { id: number; name: string }
  remaining: number
  /** `risk`: of this service and this risk; `service`: of this service whatever the risk */
  basis: 'risk' | 'service'
  releases: number
  /** median, and what one in ten has cost or more; shares of the budget */
  typical: Ratio
  costly: Ratio
}

export type HeldWaiver = { id: number; untilTs: UnixSeconds; budgetLimit: Ratio; spent: Ratio; reason: string }

export type DecisionInput = {
  now: UnixSeconds
  policy: PolicyInForce
  change: { type: ChangeType; risk: Risk; plannedAt: UnixSeconds | null }
  slos: GatingSlo[]
  incidents: OpenIncident[]
  costs: Record<Risk, CostEstimate | null>
  waivers: HeldWaiver[]
}

export const RULES = ['status', 'data', 'cost', 'freeze', 'incidents', 'lane', 'waiver'] as const
export type RuleName = (typeof RULES)[number]

/** One thing that was compared, as it was compared: pace 1.699912 > 1.5. */
export type RuleInput = {
  name: string
  value: number | string | null
  than?: [op: '>' | '<' | '≥' | '≤' | '=', value: number | string]
}

export type Rule = {
  rule: RuleName
  /** `asks`: the decision is at best `decision`; `lifts`: it is at worst `decision` */
  effect: 'passes' | 'asks' | 'lifts'
  decision: Decision | null
  sentence: string
  inputs: RuleInput[]
}

export type Alternative =
  | { kind: 'smaller'; risk: Risk; decision: Decision }
  | { kind: 'canary'; share: Ratio; costs: Ratio }
  | { kind: 'later'; at: UnixSeconds; why: string }
  | { kind: 'waiver' }

export type ReleaseDecision = {
  decision: Decision
  rules: Rule[]
  /** sentences; what matters stands between two asterisks */
  rationale: string[]
  /** proposed to whoever approves */
  conditions: Condition[]
  alternatives: Alternative[]
  /** whose word a review needs */
  approvers: ApproverRole[]
  /** `status`: thresholds and floors, for what the state would be with less left */
  policy: { slug: string; name: string; version: number } & Pick<PolicyInForce['settings'], 'unreachable' | 'status'>
  change: DecisionInput['change']
  slos: GatingSlo[]
  cost: CostEstimate | null
  waiver: HeldWaiver | null
  computedAt: UnixSeconds
  /** the oldest evaluation it rests on; null: none */
  dataAt: UnixSeconds | null
  validUntil: UnixSeconds
}
