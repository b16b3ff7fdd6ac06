import type { ServiceDefinition } from '../service/definition-input'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import { type SloDefinitionRecord, sloDefinitionSchema, slugOf } from '../slo/definition-input'
import type { Declared, DeclaredService, DeclaredSlo } from './declared'
import { type Facts, keyOf, type SourceFact } from './facts'
import { type Fault, nearest } from './fault'
import type { DeclaredThen } from './plan'
import type { PlanInput } from './schema'

/** What files want the portal to have, with everything they leave open filled in; what cannot be filled in is a fault. */

export type WantedSlo = {
  key: string
  slo: DeclaredSlo
  definition: SloDefinitionRecord
  asDeclared: DeclaredThen
  source: SourceFact
}
export type WantedService = { service: DeclaredService; labels: Record<string, string>; links: DeclaredSlo['links'] }
export type Wanted = { slos: WantedSlo[]; services: WantedService[]; faults: Fault[]; notes: string[] }

type Options = Pick<PlanInput, 'source' | 'team' | 'tier' | 'serviceKind'>
type Say = { faults: Fault[]; notes: Set<string> }

export function wantedOf(declared: Declared, facts: Facts, options: Options): Wanted {
  const say: Say = { faults: [], notes: new Set() }
  const services = servicesOf(declared)
  const names = new Set([...facts.services.keys(), ...services.map(({ service }) => service.slug)])
  const slos = declared.slos.flatMap((slo) => {
    if (!slo.indicator) return []
    if (!names.has(slo.service)) {
      const meant = nearest(slo.service, names)
      const hint = meant ? `Did you mean ${meant}?` : 'Declare it in these files, or define it in the portal first.'
      fault(say, slo, 'references', `There is no service “${slo.service}”, here or in the portal.`, hint)
      return []
    }
    const source = sourceOf(slo, declared, facts, options, say)
    return source ? (wantedSlo(slo, source, say) ?? []) : []
  })
  for (const { budgetPolicy, ...slo } of declared.slos)
    if (
      budgetPolicy &&
      !facts.budgetPolicies.has(budgetPolicy) &&
      !declared.budgetPolicies.some((one) => one.slug === budgetPolicy)
    )
      fault(
        say,
        { ...slo, budgetPolicy },
        'references',
        `There is no error-budget policy “${budgetPolicy}”, here or in the portal.`,
      )
  return { slos, services, faults: say.faults, notes: [...say.notes] }
}

const fault = (
  say: Say,
  slo: DeclaredSlo,
  stage: Fault['stage'],
  reason: string,
  suggestion?: string,
  option?: Fault['option'],
) =>
  say.faults.push({
    ...{ ...slo.place, severity: 'error', stage, reason, object: `SLO ${slo.slug}` },
    ...(suggestion && { suggestion }),
    ...(option && { option }),
  })

function wantedSlo(slo: DeclaredSlo, source: SourceFact, say: Say): WantedSlo | null {
  const { slug, name, description, service, indicator, method, sliceTarget, target, window, labels } = slo
  const { noDataPolicy, coverageFloor, minEvents, gating, objectiveGroup } = slo
  const parsed = sloDefinitionSchema.safeParse({
    ...{ slug, name, description, service, dataSource: source.name, indicator, method, sliceTarget, target, window, labels },
    ...{ noDataPolicy, coverageFloor, minEvents, gating, objectiveGroup },
  })
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      fault(say, slo, 'validate', `The portal will not take the ${path.join('.') || 'SLO'}: ${message}`)
    return null
  }
  const { format, place, alerting, budgetPolicy, links } = slo
  return {
    ...{ key: keyOf(slo), slo, source, definition: parsed.data },
    asDeclared: { format, file: place.file, line: place.line, definition: parsed.data, alerting, budgetPolicy, links },
  }
}

/** As the file names it, else as whoever applies says, else as it is, else the only one there is. */
function sourceOf(slo: DeclaredSlo, declared: Declared, facts: Facts, options: Options, say: Say): SourceFact | null {
  const { sources } = facts
  const named = slo.source === null ? undefined : sourceNamed(slo.source, declared, sources)
  if (named) return named
  const names = sources.map(({ name }) => name).join(', ')
  if (options.source !== null) {
    const chosen = sources.find(({ name }) => name === options.source)
    if (chosen) return chosen
    fault(say, slo, 'references', `There is no source “${options.source}” in the portal.`, `There are: ${names || 'none'}.`)
    return null
  }
  const now = facts.slos.get(keyOf(slo))
  const present = now && sources.find(({ name }) => name === now.definition.dataSource)
  const only = sources.length === 1 ? sources[0] : undefined
  const taken = present ?? only
  if (!taken) {
    const what = slo.source === null ? 'The file names no source.' : `The portal has no source “${slo.source}”.`
    const choice = names ? `Choose one with the option source: ${names}.` : 'Connect a source first.'
    fault(say, slo, 'references', what, choice, 'source')
    return null
  }
  if (slo.source !== null)
    say.notes.add(`The portal has no source “${slo.source}”: what names it is measured by “${taken.name}”.`)
  return taken
}

function sourceNamed(name: string, { sources }: Declared, known: SourceFact[]): SourceFact | undefined {
  const byName = known.find((one) => one.name === name || slugOf(one.name) === name)
  const url = sources.find(({ slug }) => slug === name)?.url?.replace(/\/$/, '')
  return byName ?? (url ? known.find((one) => one.url.replace(/\/$/, '') === url) : undefined)
}

/** The same service in several files is one, with the labels of all of them. */
function servicesOf({ services, slos }: Declared): WantedService[] {
  const found = new Map<string, WantedService>()
  for (const service of services) {
    const known = found.get(service.slug)
    if (known) known.labels = { ...service.labels, ...known.labels }
    else found.set(service.slug, { service, labels: service.labels, links: { runbook: null, dashboard: null } })
  }
  for (const { service, links } of slos) {
    const known = found.get(service)
    if (known)
      known.links = { runbook: known.links.runbook ?? links.runbook, dashboard: known.links.dashboard ?? links.dashboard }
  }
  return [...found.values()]
}

const webAddress = (text: string | null): string | null =>
  text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null

/** A service that is not there yet: team, tier and kind from its labels, else from whoever applies, else the usual, with a note. */
export function newService(
  { service, labels, links }: WantedService,
  facts: Facts,
  options: Options,
): { definition: unknown; notes: string[] } | { fault: Fault } {
  const label = (key: string): string | undefined => labels[key] ?? labels[`headroom_dev_${key}`]
  const { teams } = facts
  const asked = label('team') ?? options.team ?? undefined
  const named = (name: string | null | undefined) =>
    teams.find(({ slug, name: full }) => slug === name || full === name || slug === slugOf(name ?? ''))
  const team = named(label('team')) ?? named(options.team) ?? (teams.length === 1 ? teams[0] : undefined)
  if (!team) {
    const reason = asked
      ? `The portal has no team “${asked}” for the new service ${service.slug}.`
      : `The new service ${service.slug} names no team.`
    const suggestion = `Set its label team, or the option team, to one of: ${teams.map(({ slug }) => slug).join(', ') || 'none there yet'}.`
    const object = `Service ${service.slug}`
    return { fault: { ...service.place, severity: 'error', stage: 'references', reason, suggestion, object, option: 'team' } }
  }
  const tier = TIERS.find((one) => one === label('tier')?.replaceAll(/[- ]/g, '_').toLowerCase()) ?? options.tier
  const kind = SERVICE_KINDS.find((one) => one === label('kind')?.toLowerCase()) ?? options.serviceKind
  const assumed = [
    ...(named(label('team')) || named(options.team) ? [] : [`team ${team.slug}`]),
    ...(tier ? [] : ['tier standard']),
    ...(kind ? [] : ['kind api']),
  ]
  const definition: Record<keyof Pick<ServiceDefinition, 'name' | 'slug'>, string> & Record<string, unknown> = {
    ...{ name: service.name, slug: service.slug, description: service.description, labels, team: team.slug },
    ...{ tier: tier ?? 'standard', kind: kind ?? 'api' },
    links: { runbook: webAddress(links.runbook), dashboard: webAddress(links.dashboard), repository: null },
  }
  const notes = assumed.length > 0 ? [`Assumed: ${assumed.join(', ')}. Labels of the service or options say otherwise.`] : []
  return { definition, notes }
}
