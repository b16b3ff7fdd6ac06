import type { Assigned } from '../alert/in-force'
import type { PolicyInput } from '../alert/schema'
import type { BudgetPolicyInput } from '../policy/schema'
import type { ServiceRecord } from '../service/definition-input'
import type { ServiceDeclared } from '../service/managed'
import type { CompositeFact, MemberFact } from '../slo/composite-members'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Seconds } from '../time-series/units'
import type { DeclaredThen } from './plan'

/** What the portal has where files want to be: everything that a plan compares them with. */

export type SourceFact = { name: string; url: string; scrapeSeconds: Seconds }
export type ServiceFact = Omit<ServiceRecord, 'context' | 'characteristics' | 'sloOwner' | 'productOwner'> & {
  id: number
  managedBy: string | null
  declared: ServiceDeclared | null
  version: number
}
/** The alert policy that was written from the file of one SLO. */
export type OwnPolicy = { id: number; version: number; input: PolicyInput; elsewhere: number }
export type SloFact = {
  id: number
  /** "checkout/availability" */
  key: string
  version: number
  deleted: boolean
  lifecycle: 'draft' | 'active'
  managedBy: string | null
  /** of a deleted one: the set whose files no longer declared it, and that may bring it back */
  prunedBy: string | null
  declared: DeclaredThen | null
  definition: SloDefinitionRecord
  /** what is assigned to this SLO itself */
  alerts: { slug: string; name: string; settings: unknown; own: boolean } | null
  ownPolicy: OwnPolicy | null
  /** slug of the error-budget policy that is assigned to this SLO itself */
  budgetPolicy: string | null
}
export type BudgetPolicyFact = {
  id: number
  version: number
  preset: boolean
  managedBy: string | null
  input: BudgetPolicyInput
  /** how many places it holds in */
  uses: number
}

export type Facts = {
  sources: SourceFact[]
  teams: { slug: string; name: string }[]
  services: Map<string, ServiceFact>
  slos: Map<string, SloFact>
  /** all that are not deleted, whoever manages them */
  composites: Map<string, CompositeFact>
  /** SLOs of services that files name only as those of members */
  members: Map<string, MemberFact>
  /** presets by what they say */
  alertPresets: { slug: string; name: string; settings: unknown }[]
  /** alert policies that hold for more than one SLO: of services, tiers, and the default */
  alertsAssigned: Assigned[]
  /** those that the files name, and those of this set */
  budgetPolicies: Map<string, BudgetPolicyFact>
  /** slugs of all of them */
  budgetPolicyNames: string[]
}

export const keyOf = ({ service, slug }: { service: string; slug: string }): string => `${service}/${slug}`
