import { same } from '../slo/differences'
import type { ServiceRecord } from './definition-input'

/** A service that comes from files: what they say of it is changed there, and the rest here. */

/** What the files said when they were last applied. */
export type ServiceDeclared = { format: string; file: string; line: number; fields: Partial<ServiceRecord> }

export type ManagedService = {
  /** name of the set of files */
  owner: string
  /** `null`: it was applied before the portal kept what files say of services */
  declared: ServiceDeclared | null
}

/** Fields that only the files change. */
export const saidFields = (managed: ManagedService | null): (keyof ServiceRecord)[] =>
  Object.keys(managed?.declared?.fields ?? {}) as (keyof ServiceRecord)[]

/** Fields of these that a new version would change. */
export const saidOtherwise = (managed: ManagedService | null, before: ServiceRecord, after: ServiceRecord) =>
  saidFields(managed).filter((field) => !same(before[field], after[field]))

export const FIELD_NAMES: Record<keyof ServiceRecord, string> = {
  ...{ name: 'name', slug: 'short name', description: 'description', tier: 'tier', kind: 'kind', team: 'engineering team' },
  ...{ labels: 'labels', links: 'links', context: 'context', characteristics: 'characteristics', sloOwner: 'SLO owner' },
  ...{ productOwner: 'product owner', timeZone: 'time zone', dependencies: 'dependencies' },
}

/** "set shop/slos, file slos/shop.yaml" */
export const setText = ({ owner, declared }: ManagedService): string =>
  declared ? `set ${owner}, file ${declared.file}` : `set ${owner}`

export const managedServiceText = (name: string, managed: ManagedService, what: string): string =>
  `“${name}” is managed by Git (${setText(managed)}): ${what}`
