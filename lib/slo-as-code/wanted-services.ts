import { type ServiceRecord, serviceDefinitionSchema } from '../service/definition-input'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import type { Declared, DeclaredService, DeclaredSlo, ServiceSaid } from './declared'
import type { Facts, ServiceFact } from './facts'
import { type Fault, nearest } from './fault'
import { mergedServices } from './merged-services'
import { teamNamed } from './options'
import { placeOfField } from './places'
import type { PlanInput } from './schema'

/** What files say of services, and what is assumed of new ones where they say nothing. */

export type WantedService = {
  /** of all files that declare it */
  service: DeclaredService
  /** of its SLOs */
  links: DeclaredSlo['links']
}

type Options = Pick<PlanInput, 'team' | 'tier' | 'serviceKind'>
type Fields = Partial<ServiceRecord>

export function servicesOf({ services, slos }: Declared): WantedService[] {
  const found = new Map(
    mergedServices(services).map((service): [string, WantedService] => [
      service.slug,
      { service, links: { runbook: null, dashboard: null } },
    ]),
  )
  for (const { service, links } of slos) {
    const known = found.get(service)
    if (known)
      known.links = { runbook: known.links.runbook ?? links.runbook, dashboard: known.links.dashboard ?? links.dashboard }
  }
  return [...found.values()]
}

const slugOfTeam = (facts: Facts, name: string | null | undefined) => (name ? teamNamed(facts, name)?.slug : undefined)
const choices = ({ teams }: Facts): string => teams.map(({ slug }) => slug).join(', ') || 'none there yet'

const meantOr = (name: string, names: Iterable<string>, otherwise: string): string => {
  const meant = nearest(name, names)
  return meant ? `Did you mean ${meant}?` : otherwise
}

const faultOf = ({ service }: WantedService, stage: Fault['stage'], reason: string, more: Partial<Fault> = {}): Fault => ({
  ...{ ...service.place, severity: 'error', stage, reason, object: `Service ${service.slug}` },
  ...more,
})

/** What it says, without what the portal has none of. */
function saidOf({ service }: WantedService, facts: Facts, names: ReadonlySet<string>): ServiceSaid {
  const { team: named, dependencies, ...said } = service.said
  const team = slugOfTeam(facts, named)
  const needs = dependencies && [...new Set(dependencies.filter((one) => names.has(one)))].sort()
  return { ...said, ...(team && { team }), ...(needs && { dependencies: needs }) }
}

const leftOut = (wanted: WantedService, field: 'team' | 'dependencies', reason: string, suggestion: string): Fault =>
  faultOf(wanted, 'references', `${reason}: that is left out.`, {
    ...placeOfField(wanted.service, field),
    ...{ severity: 'warning', suggestion },
  })

function unknownTeam(wanted: WantedService, facts: Facts): Fault[] {
  const { team } = wanted.service.said
  if (!team || slugOfTeam(facts, team)) return []
  const slugs = facts.teams.map(({ slug }) => slug)
  const hint = meantOr(team, slugs, `There are: ${choices(facts)}.`)
  return [leftOut(wanted, 'team', `The portal has no team “${team}”`, hint)]
}

const unknownNeeds = (wanted: WantedService, names: ReadonlySet<string>): Fault[] =>
  (wanted.service.said.dependencies ?? [])
    .filter((one) => !names.has(one))
    .map((one) => {
      const hint = meantOr(one, names, 'It counts as soon as there is one.')
      return leftOut(wanted, 'dependencies', `There is no service “${one}” to depend on, here or in the portal`, hint)
    })

const webAddress = (text: string | null): string | null =>
  text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null

type Definition = ReturnType<typeof serviceDefinitionSchema.parse>
/** `made` is missing where an error is among the faults. */
export type MadeService = { made?: { definition: Definition; fields: Fields; notes: string[] }; faults: Fault[] }

/** A service that is not there yet: team, tier and kind as its files and labels say, else whoever applies, else the usual, with a note. */
export function newService(wanted: WantedService, facts: Facts, options: Options, names: ReadonlySet<string>): MadeService {
  const { service, links } = wanted
  const { labels } = service
  const label = (key: string): string | undefined => labels[key] ?? labels[`headroom_dev_${key}`]
  const said = saidOf(wanted, facts, names)
  const needs = unknownNeeds(wanted, names)
  const { teams } = facts
  const stated = said.team ?? slugOfTeam(facts, label('team')) ?? slugOfTeam(facts, options.team)
  const team = stated ?? (teams.length === 1 ? teams[0]?.slug : undefined)
  if (!team) {
    const asked = service.said.team ?? label('team') ?? options.team
    const reason = asked
      ? `The portal has no team “${asked}” for the new service ${service.slug}.`
      : `The new service ${service.slug} names no team.`
    const where = service.said.team ? 'its annotation headroom.dev/team' : 'its label team'
    const suggestion = `Set ${where}, or the option team, to one of: ${choices(facts)}.`
    const place = placeOfField(service, 'team')
    return { faults: [faultOf(wanted, 'references', reason, { ...place, suggestion, option: 'team' }), ...needs] }
  }
  const faults = [...unknownTeam(wanted, facts), ...needs]
  const tier = said.tier ?? tierNamed(label('tier')) ?? options.tier
  const kind = said.kind ?? SERVICE_KINDS.find((one) => one === label('kind')?.toLowerCase()) ?? options.serviceKind
  const assumed = [
    ...(stated ? [] : [`team ${team}${labelled('team', label('team'))}`]),
    ...(tier ? [] : [`tier standard${labelled('tier', label('tier'))}`]),
    ...(kind ? [] : [`kind api${labelled('kind', label('kind'))}`]),
  ]
  const parsed = serviceDefinitionSchema.safeParse({
    ...{ name: service.name, slug: service.slug, description: service.description, labels },
    links: { runbook: webAddress(links.runbook), dashboard: webAddress(links.dashboard), repository: null },
    ...{ ...said, team, tier: tier ?? 'standard', kind: kind ?? 'api' },
  })
  if (!parsed.success) return { faults: [...faults, ...refused(wanted, parsed.error.issues)] }
  const notes = assumed.length > 0 ? [`Assumed: ${assumed.join(', ')}. Labels of the service or options say otherwise.`] : []
  return { made: { definition: parsed.data, fields: picked(parsed.data, fieldsOf(wanted, said)), notes }, faults }
}

/** Labels are free; one that looks as if it meant something of the portal is named where it does not. */
const labelled = (what: string, label: string | undefined): string =>
  label ? ` (the label says “${label}”, which is no ${what} here)` : ''

const tierNamed = (label: string | undefined) => TIERS.find((one) => one === label?.replaceAll(/[- ]/g, '_').toLowerCase())

/** Of one that is there: what the files say of it, in the words of the portal. Its labels are free: they say no more than themselves. */
export function fieldsOfKnown(
  wanted: WantedService,
  known: ServiceFact,
  facts: Facts,
  names: ReadonlySet<string>,
): { fields?: Fields; faults: Fault[] } {
  const faults = [...unknownTeam(wanted, facts), ...unknownNeeds(wanted, names)]
  const fields = fieldsOf(wanted, saidOf(wanted, facts, names))
  const parsed = serviceDefinitionSchema.safeParse({ ...known, ...fields })
  if (parsed.success) return { fields: picked(parsed.data, fields), faults }
  const own = parsed.error.issues.filter(({ path }) => Object.hasOwn(fields, String(path[0])))
  return own.length > 0 ? { faults: [...faults, ...refused(wanted, own)] } : { fields, faults }
}

/** Other formats name a service in passing; OpenSLO describes it. */
export const isDescribed = ({ service }: WantedService): boolean => service.format === 'openslo'

function fieldsOf(wanted: WantedService, said: ServiceSaid): Fields {
  const { name, description, labels } = wanted.service
  if (isDescribed(wanted)) return { name, description, labels, ...said }
  return Object.keys(labels).length > 0 ? { labels } : {}
}

const picked = (definition: Definition, fields: Fields): Fields => {
  const all: Record<string, unknown> = definition
  return Object.fromEntries(Object.keys(fields).map((key) => [key, all[key]]))
}

const refused = (wanted: WantedService, issues: { path: PropertyKey[]; message: string }[]): Fault[] =>
  issues.map(({ path, message }) =>
    faultOf(
      wanted,
      'validate',
      `The portal will not take the ${path.join('.') || 'service'}: ${message}`,
      placeOfField(wanted.service, path[0]),
    ),
  )
