import { type ServiceRecord, serviceDefinitionSchema } from '../service/definition-input'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import type { Declared, DeclaredService, DeclaredSlo, ServiceSaid } from './declared'
import type { Facts, ServiceFact } from './facts'
import type { Fault } from './fault'
import { teamNamed } from './options'
import { placeOfField } from './places'
import type { PlanInput } from './schema'

/** What files say of services, and what is assumed of new ones where they say nothing. */

export type WantedService = {
  service: DeclaredService
  /** of all files that declare it */
  labels: Record<string, string>
  said: ServiceSaid
  /** of its SLOs */
  links: DeclaredSlo['links']
}

type Options = Pick<PlanInput, 'team' | 'tier' | 'serviceKind'>
type Fields = Partial<ServiceRecord>

/** The same service in several files is one, with the labels of all of them. */
export function servicesOf({ services, slos }: Declared): WantedService[] {
  const found = new Map<string, WantedService>()
  for (const service of services) {
    const known = found.get(service.slug)
    if (known) {
      known.labels = { ...service.labels, ...known.labels }
      known.said = { ...service.said, ...known.said }
    } else {
      const { labels, said } = service
      found.set(service.slug, { service, labels, said, links: { runbook: null, dashboard: null } })
    }
  }
  for (const { service, links } of slos) {
    const known = found.get(service)
    if (known)
      known.links = { runbook: known.links.runbook ?? links.runbook, dashboard: known.links.dashboard ?? links.dashboard }
  }
  return [...found.values()]
}

const slugOfTeam = (facts: Facts, name: string | null | undefined) => (name ? teamNamed(facts, name)?.slug : undefined)
const choices = ({ teams }: Facts): string => teams.map(({ slug }) => slug).join(', ') || 'none there yet'

const faultOf = ({ service }: WantedService, stage: Fault['stage'], reason: string, more: Partial<Fault> = {}): Fault => ({
  ...{ ...service.place, severity: 'error', stage, reason, object: `Service ${service.slug}` },
  ...more,
})

/** What it says itself counts more than its labels, which are free: those that name nothing of the portal stay labels. */
function saidOf({ labels, said }: WantedService, facts: Facts): ServiceSaid {
  const label = (key: string): string | undefined => labels[key] ?? labels[`headroom_dev_${key}`]
  const team = slugOfTeam(facts, said.team ?? label('team')) ?? said.team
  const tier = said.tier ?? TIERS.find((one) => one === label('tier')?.replaceAll(/[- ]/g, '_').toLowerCase())
  const kind = said.kind ?? SERVICE_KINDS.find((one) => one === label('kind')?.toLowerCase())
  return { ...said, ...(team && { team }), ...(tier && { tier }), ...(kind && { kind }) }
}

const webAddress = (text: string | null): string | null =>
  text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null

export type MadeService = { definition: ReturnType<typeof serviceDefinitionSchema.parse>; fields: Fields; notes: string[] }
export type Found<One> = { found: One } | { faults: Fault[] }

/** A service that is not there yet: team, tier and kind as the files say, else whoever applies, else the usual, with a note. */
export function newService(wanted: WantedService, facts: Facts, options: Options): Found<MadeService> {
  const { service, labels, links } = wanted
  const { teams } = facts
  const said = saidOf(wanted, facts)
  const optional = slugOfTeam(facts, options.team)
  const team = said.team ?? optional ?? (teams.length === 1 ? teams[0]?.slug : undefined)
  if (!team || !teams.some(({ slug }) => slug === team)) {
    const asked = said.team ?? labels.team ?? options.team
    const reason = asked
      ? `The portal has no team “${asked}” for the new service ${service.slug}.`
      : `The new service ${service.slug} names no team.`
    const suggestion = `Set its label team, or the option team, to one of: ${choices(facts)}.`
    return { faults: [faultOf(wanted, 'references', reason, { suggestion, option: 'team' })] }
  }
  const tier = said.tier ?? options.tier
  const kind = said.kind ?? options.serviceKind
  const assumed = [
    ...(said.team || optional ? [] : [`team ${team}`]),
    ...(tier ? [] : ['tier standard']),
    ...(kind ? [] : ['kind api']),
  ]
  const parsed = serviceDefinitionSchema.safeParse({
    ...{ name: service.name, slug: service.slug, description: service.description, labels, team },
    ...{ tier: tier ?? 'standard', kind: kind ?? 'api' },
    links: { runbook: webAddress(links.runbook), dashboard: webAddress(links.dashboard), repository: null },
    ...{ ...said, team },
  })
  if (!parsed.success) return { faults: refused(wanted, parsed.error.issues) }
  const notes = assumed.length > 0 ? [`Assumed: ${assumed.join(', ')}. Labels of the service or options say otherwise.`] : []
  return { found: { definition: parsed.data, fields: picked(parsed.data, fieldsOf(wanted, said)), notes } }
}

/** Of one that is there: what the files say of it, in the words of the portal. */
export function saidOfKnown(wanted: WantedService, known: ServiceFact, facts: Facts): Found<Fields> {
  const said = saidOf(wanted, facts)
  if (said.team !== undefined && !facts.teams.some(({ slug }) => slug === said.team)) {
    const suggestion = `Write one of: ${choices(facts)}.`
    return { faults: [faultOf(wanted, 'references', `The portal has no team “${said.team}”.`, { suggestion })] }
  }
  const fields = fieldsOf(wanted, said)
  const parsed = serviceDefinitionSchema.safeParse({ ...known, ...fields })
  if (parsed.success) return { found: picked(parsed.data, fields) }
  const own = parsed.error.issues.filter(({ path }) => Object.hasOwn(fields, String(path[0])))
  return own.length > 0 ? { faults: refused(wanted, own) } : { found: fields }
}

/** Other formats name a service in passing; OpenSLO describes it. */
export const isDescribed = ({ service }: WantedService): boolean => service.format === 'openslo'

function fieldsOf(wanted: WantedService, said: ServiceSaid): Fields {
  const { service, labels } = wanted
  const { name, description } = service
  if (isDescribed(wanted)) return { name, description, labels, ...said }
  return Object.keys(labels).length > 0 ? { labels } : {}
}

const picked = (definition: MadeService['definition'], fields: Fields): Fields => {
  const dependencies = [...new Set(definition.dependencies)].sort()
  const all: Record<string, unknown> = { ...definition, dependencies }
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
