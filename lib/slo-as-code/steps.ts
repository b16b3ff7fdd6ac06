import type { AlertPolicy } from '../alert/alert-policy'
import type { BudgetPolicyInput } from '../policy/schema'
import type { ServiceDefinition, ServiceRecord } from '../service/definition-input'
import type { ServiceDeclared } from '../service/managed'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { BudgetPolicyFact, OwnPolicy, SloFact } from './facts'
import type { DeclaredThen, PlanItem, PlanKind, PlanVerb } from './plan'

/** One item of a plan together with what applying it writes. */

export type Does =
  | { does: 'create-service'; definition: ServiceDefinition; asDeclared: ServiceDeclared }
  | ChangeService
  | { does: 'release-service'; slug: string; version: number }
  | { does: 'create-budget-policy'; policy: BudgetPolicyInput }
  | { does: 'change-budget-policy'; fact: BudgetPolicyFact; policy: BudgetPolicyInput; changes: string[] }
  | { does: 'delete-budget-policy'; fact: BudgetPolicyFact }
  | { does: 'create-slo'; definition: SloDefinitionRecord; asDeclared: DeclaredThen }
  /** `changes` is empty: only what the files said, and whose it is, are written */
  | { does: 'change-slo'; fact: SloFact; definition: SloDefinitionRecord; asDeclared: DeclaredThen; changes: string[] }
  | { does: 'delete-slo'; fact: SloFact }
  /** a preset by its slug, or the SLO's own policy */
  | { does: 'put-alerts'; key: string; own: OwnPolicy | null; preset: string }
  | { does: 'put-own-alerts'; key: string; own: OwnPolicy | null; settings: AlertPolicy; changes: string[] }
  | { does: 'take-alerts-off'; key: string; own: OwnPolicy | null }
  | { does: 'put-budget-policy'; key: string; policy: string | null }

/** `fields`: what the files say of it. `changes` is empty: only whose it is, and where it stands in files, are written. */
type ChangeService = {
  does: 'change-service'
  slug: string
  version: number
  /** the set that managed it when this was planned */
  seen: string | null
  fields: Partial<ServiceRecord>
  changes: string[]
  asDeclared: ServiceDeclared
}

export type Step = { item: PlanItem; does: Does[] }

type Told = Partial<Omit<PlanItem, 'kind' | 'verb' | 'key'>>

export const itemOf = (kind: PlanKind, verb: PlanVerb, key: string, told: Told): PlanItem => ({
  ...{ kind, verb, key },
  ...{ name: key, sloId: null, place: null, changes: [], reason: null, notes: [], effect: null },
  ...told,
})

export const placeOf = ({ file, line }: { file: string; line: number }) => ({ file, line })
