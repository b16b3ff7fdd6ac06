import { type SloDefinitionRecord, sloDefinitionSchema, slugOf } from '../slo/definition-input'
import type { Declared, DeclaredSlo } from './declared'
import { type Facts, keyOf, type SourceFact } from './facts'
import { type Fault, nearest } from './fault'
import { sourceChosen } from './options'
import { placeOfField } from './places'
import type { DeclaredThen } from './plan'
import type { PlanInput } from './schema'
import { servicesOf, type WantedService } from './wanted-services'

/** What files want the portal to have, with everything they leave open filled in; what cannot be filled in is a fault. */

export type WantedSlo = {
  key: string
  slo: DeclaredSlo
  definition: SloDefinitionRecord
  asDeclared: DeclaredThen
  source: SourceFact
}
export type Wanted = { slos: WantedSlo[]; services: WantedService[]; faults: Fault[]; notes: string[] }

type Options = Pick<PlanInput, 'source' | 'team' | 'tier' | 'serviceKind'>
type Say = { faults: Fault[]; notes: Set<string> }

/** `partly`: not every file could be read as text */
export function wantedOf(declared: Declared, facts: Facts, options: Options, partly = false): Wanted {
  const say: Say = { faults: [], notes: new Set() }
  const services = servicesOf(declared)
  const names = new Set([...facts.services.keys(), ...services.map(({ service }) => service.slug)])
  const faulty = new Set(declared.faulty)
  const slos = declared.slos.flatMap((slo) => {
    if (!slo.indicator) return []
    if (!names.has(slo.service)) {
      // It may be in what could not be read.
      if (partly || faulty.has(slo.service)) return []
      const meant = nearest(slo.service, names)
      const hint = meant ? `Did you mean ${meant}?` : 'Declare it in these files, or define it in the portal first.'
      const at = { ...slo, place: placeOfField(slo, 'service') }
      fault(say, at, 'references', `There is no service “${slo.service}”, here or in the portal.`, hint)
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
        { ...slo, budgetPolicy, place: placeOfField(slo, 'budgetPolicy') },
        'references',
        `There is no error-budget policy “${budgetPolicy}”, here or in the portal.`,
        policyHint(budgetPolicy, declared, facts),
      )
  return { slos, services, faults: say.faults, notes: [...say.notes] }
}

function policyHint(name: string, { budgetPolicies }: Declared, facts: Facts): string {
  const meant = nearest(name, [...facts.budgetPolicyNames, ...budgetPolicies.map(({ slug }) => slug)])
  return meant ? `Did you mean ${meant}?` : 'Define it in the portal, or leave it out of the file.'
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
      fault(
        say,
        { ...slo, place: placeOfField(slo, path[0]) },
        'validate',
        `The portal will not take the ${path.join('.') || 'SLO'}: ${message}`,
      )
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
  if (options.source !== null) return sourceChosen(facts, options.source) ?? null
  const now = facts.slos.get(keyOf(slo))
  const present = now && sources.find(({ name }) => name === now.definition.dataSource)
  const only = sources.length === 1 ? sources[0] : undefined
  const taken = present ?? only
  if (!taken) {
    const what = slo.source === null ? 'The file names no source.' : `The portal has no source “${slo.source}”.`
    const names = sources.map(({ name }) => name).join(', ')
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
