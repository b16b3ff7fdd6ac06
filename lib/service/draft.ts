import { numberOf } from '../slo/draft'
import { labelsFromText, labelsToText } from '../slo/labels'
import { NOTHING_STATED, type REVENUE_IMPACTS } from './characteristics'
import { LINKS, NO_CONTEXT, type ServiceContext, type ServiceRecord } from './definition-input'
import type { Tier } from './tier'

type YesNo = '' | 'yes' | 'no'

/** A service as a form holds it: texts and choices, empty where nothing is said. */
export type ServiceDraft = ServiceContext & {
  name: string
  slug: string
  description: string
  tier: Tier | ''
  kind: ServiceRecord['kind']
  /** slug of a team, or NEW_TEAM */
  team: string
  newTeam: string
  labels: string
  runbook: string
  dashboard: string
  repository: string
  revenueImpact: '' | (typeof REVENUE_IMPACTS)[number]
  safetyImpact: YesNo
  userFacing: YesNo
  traffic: string
  sloOwner: string
  productOwner: string
  timeZone: string
  dependencies: string[]
}

/** No slug looks like this. */
export const NEW_TEAM = '+'

export const EMPTY_SERVICE_DRAFT: ServiceDraft = {
  ...{ name: '', slug: '', description: '', tier: '', kind: 'api', team: '', newTeam: '', labels: '' },
  ...{ runbook: '', dashboard: '', repository: '', ...NO_CONTEXT },
  ...{ revenueImpact: '', safetyImpact: '', userFacing: '', traffic: '', sloOwner: '', productOwner: '', dependencies: [] },
  timeZone: 'UTC',
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
const yesNo = (choice: YesNo): boolean | null => (choice === '' ? null : choice === 'yes')
const choiceOf = (value: boolean | null): YesNo => (value === null ? '' : value ? 'yes' : 'no')

/** The unparsed definition, for `serviceDefinitionSchema`. */
export function serviceInputOf(draft: ServiceDraft): Record<string, unknown> {
  const { name, slug, description, tier, kind, team, newTeam, dependencies } = draft
  const { runbook, dashboard, repository, userExpectations, businessImpact, technicalConstraints } = draft
  return {
    ...{ name, slug, description, tier, kind, dependencies },
    team: team === NEW_TEAM ? null : orNull(team),
    newTeam: team === NEW_TEAM ? newTeam.trim() || null : null,
    labels: labelsFromText(draft.labels),
    links: { runbook: orNull(runbook), dashboard: orNull(dashboard), repository: orNull(repository) },
    context: { userExpectations, businessImpact, technicalConstraints },
    characteristics: characteristicsInputOf(draft),
    ...{ sloOwner: orNull(draft.sloOwner), productOwner: orNull(draft.productOwner), timeZone: draft.timeZone.trim() },
  }
}

export const characteristicsInputOf = ({ revenueImpact, safetyImpact, userFacing, traffic }: ServiceDraft) => ({
  ...NOTHING_STATED,
  revenueImpact: revenueImpact || null,
  safetyImpact: yesNo(safetyImpact),
  userFacing: yesNo(userFacing),
  traffic: traffic.trim() === '' ? null : numberOf(traffic.toLowerCase()),
})

/** The form field that a path of the schema belongs to. */
export function fieldOfServicePath(path: string): string {
  const [first = path, second = ''] = path.split('.')
  return ['links', 'context', 'characteristics'].includes(first) && second !== '' ? second : first
}

/** Where the form has a field of the definition. */
export const draftFieldsOf = (field: keyof ServiceRecord): (keyof ServiceDraft)[] => {
  if (field === 'links') return [...LINKS]
  if (field === 'context') return Object.keys(NO_CONTEXT) as (keyof ServiceContext)[]
  return field === 'characteristics' ? [] : [field]
}

/** The form of a stored service. */
export function draftOfService(record: ServiceRecord): ServiceDraft {
  const { name, slug, description, tier, kind, team, links, context, characteristics, dependencies } = record
  const { revenueImpact, safetyImpact, userFacing, traffic } = characteristics
  return {
    ...{ name, slug, description, tier, kind, team, newTeam: '', ...context, dependencies },
    labels: labelsToText(record.labels),
    ...{ runbook: links.runbook ?? '', dashboard: links.dashboard ?? '', repository: links.repository ?? '' },
    revenueImpact: revenueImpact ?? '',
    safetyImpact: choiceOf(safetyImpact),
    userFacing: choiceOf(userFacing),
    traffic: traffic === null ? '' : String(traffic),
    ...{ sloOwner: record.sloOwner ?? '', productOwner: record.productOwner ?? '', timeZone: record.timeZone },
  }
}
