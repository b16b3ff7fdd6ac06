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

/** As sentences name them, in the order of the form. */
export const FIELD_NAMES: Record<keyof ServiceRecord, string> = {
  ...{ name: 'name', slug: 'short name', timeZone: 'time zone', description: 'description', kind: 'kind', labels: 'labels' },
  ...{ characteristics: 'characteristics', tier: 'tier', team: 'engineering team', sloOwner: 'SLO owner' },
  ...{ productOwner: 'product owner', dependencies: 'dependencies', context: 'context', links: 'links' },
}

/** Fields that only the files change. */
export const saidFields = (managed: ManagedService | null): (keyof ServiceRecord)[] =>
  (Object.keys(FIELD_NAMES) as (keyof ServiceRecord)[]).filter((field) => managed?.declared?.fields[field] !== undefined)

/** Fields of these that a new version would change. */
export const saidOtherwise = (managed: ManagedService | null, before: ServiceRecord, after: ServiceRecord) =>
  saidFields(managed).filter((field) => !same(before[field], after[field]))

/** "set shop/slos, file slos/shop.yaml" */
export const setText = ({ owner, declared }: ManagedService): string =>
  declared ? `set ${owner}, file ${declared.file}` : `set ${owner}`

export const managedServiceText = (name: string, managed: ManagedService, what: string): string =>
  `“${name}” is managed by Git (${setText(managed)}): ${what}`
