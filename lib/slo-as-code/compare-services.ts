import { budgetPolicyChanges } from '../policy/changes'
import { budgetPolicyInputSchema } from '../policy/schema'
import { serviceChanges } from '../service/definition-diff'
import type { ServiceRecord } from '../service/definition-input'
import { cycleText, cycleThrough } from '../service/dependency-graph'
import type { ServiceDeclared } from '../service/managed'
import { same } from '../slo/differences'
import type { Declared } from './declared'
import type { BudgetPolicyFact, Facts, ServiceFact } from './facts'
import { type Fault, nearest } from './fault'
import type { PlanInput } from './schema'
import { type Does, itemOf, placeOf, type Step } from './steps'
import { isDescribed, newService, saidOfKnown, type WantedService } from './wanted-services'

/** What becomes of the services and error-budget policies that files declare. */

type Compared = { steps: Step[]; faults: Fault[] }
type Rules = Pick<PlanInput, 'owner' | 'adopt' | 'prune' | 'source' | 'team' | 'tier' | 'serviceKind'>

export const WHO_BUDGETS =
  'Only SLO owners, product owners and administrators decide about error-budget policies: use a token of the role slo_owner.'

/** `named`: services that SLOs of the files belong to, declared or not */
export function compareServices(services: WantedService[], named: Set<string>, facts: Facts, rules: Rules): Compared {
  const compared: Compared = { steps: [], faults: [] }
  for (const wanted of services) {
    const known = facts.services.get(wanted.service.slug)
    const { steps, faults } = known ? knownService(wanted, known, facts, rules) : create(wanted, facts, rules)
    compared.steps.push(...steps)
    compared.faults.push(...faults)
  }
  compared.faults.push(...wrongDependencies(compared.steps, services, facts))
  const declared = new Set([...named, ...services.map(({ service }) => service.slug)])
  if (rules.prune) compared.steps.push(...released(declared, facts, rules))
  return compared
}

const declaredAs = ({ service }: WantedService, fields: ServiceDeclared['fields']): ServiceDeclared => ({
  ...{ format: service.format, ...placeOf(service.place) },
  fields,
})

function create(wanted: WantedService, facts: Facts, rules: Rules): Compared {
  const made = newService(wanted, facts, rules)
  if ('faults' in made) return { steps: [], faults: made.faults }
  const { definition, fields, notes } = made.found
  const { slug, name, place } = wanted.service
  const { tier, kind, team, dependencies } = definition
  const needs = dependencies.length > 0 ? `, depends on ${dependencies.join(', ')}` : ''
  const changes = [`Created: tier ${tier.replace('_', ' ')}, kind ${kind}, team ${team}${needs}`]
  const item = itemOf('service', 'create', slug, { name, place: placeOf(place), changes, notes })
  return { steps: [{ item, does: [{ does: 'create-service', definition, asDeclared: declaredAs(wanted, fields) }] }], faults: [] }
}

/** A service is shared: SLOs of other files belong to it. Only the set that made it, or took it over, says what it is. */
function knownService(wanted: WantedService, known: ServiceFact, facts: Facts, { owner, adopt }: Rules): Compared {
  const { slug, place } = wanted.service
  const told = { name: known.name, place: placeOf(place) }
  const described = isDescribed(wanted)
  const ours = owner !== null && known.managedBy === owner
  const free = adopt && described && known.managedBy === null
  const said = saidOfKnown(wanted, known, facts)
  if ('faults' in said) return { steps: [], faults: ours || free ? said.faults : [] }
  const fields = said.found
  const present = Object.fromEntries(Object.keys(fields).map((key) => [key, known[key as keyof ServiceFact]]))
  const changes = serviceChanges(present, { ...known, ...fields } as unknown as ServiceRecord)
  const asDeclared = declaredAs(wanted, fields)
  const does = [{ does: 'change-service' as const, slug, version: known.version, fields, asDeclared }]
  if ((ours && changes.length > 0) || (free && (owner !== null || changes.length > 0))) {
    const taken = ours || owner === null ? [] : [`Managed by ${owner} from now on`]
    return {
      steps: [{ item: itemOf('service', 'change', slug, { ...told, changes: [...taken, ...changes] }), does }],
      faults: [],
    }
  }
  const left = !ours && described && changes.length > 0
  const notes = left ? [`It is there already and not of this set: it stays as it is. ${changes.join('; ')}: left out.`] : []
  // Where it stands in the files may have moved.
  const moved = ours && !same(known.declared, asDeclared)
  return { steps: [{ item: itemOf('service', 'unchanged', slug, { ...told, notes }), does: moved ? does : [] }], faults: [] }
}

/** What a service is said to need has to be there, and not need it in turn. */
function wrongDependencies(steps: Step[], services: WantedService[], facts: Facts): Fault[] {
  const said = new Map(steps.flatMap(({ does }) => does.flatMap(needsSaid)))
  const names = new Set([...facts.services.keys(), ...services.map(({ service }) => service.slug)])
  const graph = new Map([...facts.services].map(([slug, { dependencies }]) => [slug, dependencies]))
  for (const [slug, needs] of said) graph.set(slug, needs)
  const circles = new Set<string>()
  return services.flatMap(({ service: { slug, place } }) => {
    const needs = said.get(slug)
    if (!needs) return []
    const fault = (reason: string, suggestion?: string): Fault => ({
      ...{ ...place, severity: 'error', stage: 'references', reason, object: `Service ${slug}` },
      ...(suggestion && { suggestion }),
    })
    const unknown = needs
      .filter((one) => !names.has(one))
      .map((one) => {
        const meant = nearest(one, names)
        return fault(
          `There is no service “${one}” for it to depend on, here or in the portal.`,
          meant && `Did you mean ${meant}?`,
        )
      })
    const cycle = cycleThrough(graph, slug)
    const known = cycle ? [...new Set(cycle)].sort().join() : ''
    if (!cycle || circles.has(known)) return unknown
    circles.add(known)
    return [...unknown, fault(`These depend on each other: ${cycleText(cycle)}.`, 'Take one arrow out.')]
  })
}

function needsSaid(one: Does): [slug: string, needs: string[]][] {
  if (one.does === 'create-service') return [[one.definition.slug, one.definition.dependencies]]
  return one.does === 'change-service' && one.fields.dependencies ? [[one.slug, one.fields.dependencies]] : []
}

/** Services are never deleted; one that the files no longer know is given back to people. */
const released = (declared: Set<string>, { services }: Facts, { owner }: Rules): Step[] =>
  [...services.values()]
    .filter(({ slug, managedBy }) => owner !== null && managedBy === owner && !declared.has(slug))
    .map(({ slug, name, version }) => ({
      item: itemOf('service', 'change', slug, { name, changes: ['No longer in the files: people manage it from now on'] }),
      does: [{ does: 'release-service', slug, version }],
    }))

export function compareBudgetPolicies(declared: Declared, facts: Facts, { owner, adopt, prune }: Rules, may: boolean): Compared {
  const compared: Compared = { steps: [], faults: [] }
  const named = new Set<string>()
  for (const { slug, name, settings, place } of declared.budgetPolicies) {
    if (named.has(slug)) continue
    named.add(slug)
    const told = { name, place: placeOf(place) }
    const parsed = budgetPolicyInputSchema.safeParse({ slug, name, settings, description: '' })
    if (!parsed.success) {
      const reason = `The portal will not take the error-budget policy: ${parsed.error.issues[0]?.message}`
      compared.faults.push({ ...place, severity: 'error', stage: 'validate', reason })
      continue
    }
    const policy = parsed.data
    const fact = facts.budgetPolicies.get(slug)
    const ours = owner !== null && fact?.managedBy === owner
    const changes = fact ? budgetPolicyChanges(fact.input, policy) : []
    const refuse = (reason: string) =>
      compared.steps.push({ item: itemOf('budget-policy', 'refused', slug, { ...told, reason }), does: [] })
    const taken = !ours && owner !== null ? [`Managed by ${owner} from now on`] : []
    if (fact && changes.length === 0 && (ours || owner === null))
      compared.steps.push({ item: itemOf('budget-policy', 'unchanged', slug, told), does: [] })
    else if (!may) refuse(WHO_BUDGETS)
    else if (!fact)
      compared.steps.push({
        item: itemOf('budget-policy', 'create', slug, { ...told, changes: ['Created'] }),
        does: [{ does: 'create-budget-policy', policy }],
      })
    else if (fact.preset) refuse('It has the name of a policy that comes with Headroom. Give it another one.')
    else if (!ours && fact.managedBy !== null) refuse(`It is managed by Git (set ${fact.managedBy}).`)
    else if (!ours && !adopt) refuse('It exists and nobody manages it. Adopt it to let these files change it.')
    else
      compared.steps.push({
        item: itemOf('budget-policy', 'change', slug, { ...told, changes: [...taken, ...changes] }),
        does: [{ does: 'change-budget-policy', fact, policy, changes }],
      })
  }
  for (const [slug, fact] of facts.budgetPolicies)
    if (prune && owner !== null && fact.managedBy === owner && !named.has(slug)) compared.steps.push(goes(slug, fact, may))
  return compared
}

function goes(slug: string, fact: BudgetPolicyFact, may: boolean): Step {
  const { name } = fact.input
  if (!may) {
    return { item: itemOf('budget-policy', 'refused', slug, { name, reason: WHO_BUDGETS }), does: [] }
  }
  const changes = ['No longer in the files']
  return { item: itemOf('budget-policy', 'delete', slug, { name, changes }), does: [{ does: 'delete-budget-policy', fact }] }
}
