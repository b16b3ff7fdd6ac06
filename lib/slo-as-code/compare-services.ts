import { budgetPolicyChanges } from '../policy/changes'
import { budgetPolicyInputSchema } from '../policy/schema'
import { serviceChanges } from '../service/definition-diff'
import { LINKS, type ServiceDefinition, type ServiceRecord } from '../service/definition-input'
import { cycleText, cycleThrough } from '../service/dependency-graph'
import { FIELD_NAMES, type ServiceDeclared } from '../service/managed'
import { listText } from '../service/tier-recommendation'
import { same } from '../slo/differences'
import type { Declared } from './declared'
import type { BudgetPolicyFact, Facts, ServiceFact } from './facts'
import type { Fault } from './fault'
import { alertsThere } from './new-slo'
import { placeOfField } from './places'
import type { PlanInput } from './schema'
import { type Does, itemOf, placeOf, type Step } from './steps'
import { fieldsOfKnown, isDescribed, newService, type WantedService } from './wanted-services'

/** What becomes of the services and error-budget policies that files declare. */

type Compared = { steps: Step[]; faults: Fault[] }
type Rules = Pick<PlanInput, 'owner' | 'adopt' | 'prune' | 'source' | 'team' | 'tier' | 'serviceKind'>

export const WHO_BUDGETS =
  'Only SLO owners, product owners and administrators decide about error-budget policies: use a token of the role slo_owner.'

/** `stay`: services that this set made and its files no longer declare, where nothing is pruned */
export function compareServices(services: WantedService[], facts: Facts, rules: Rules): Compared & { stay: string[] } {
  const compared: Compared = { steps: [], faults: [] }
  const declared = new Set(services.map(({ service }) => service.slug))
  const names = new Set([...facts.services.keys(), ...declared])
  for (const wanted of services) {
    const known = facts.services.get(wanted.service.slug)
    const { steps, faults } = known ? knownService(wanted, known, facts, rules, names) : create(wanted, facts, rules, names)
    compared.steps.push(...steps)
    compared.faults.push(...faults)
  }
  compared.faults.push(...circles(compared.steps, services, facts))
  const left = [...facts.services.values()].filter(
    ({ slug, managedBy }) => rules.owner !== null && managedBy === rules.owner && !declared.has(slug),
  )
  if (rules.prune) compared.steps.push(...left.map(released))
  return { ...compared, stay: rules.prune ? [] : left.map(({ slug }) => slug) }
}

const declaredAs = ({ service }: WantedService, fields: ServiceDeclared['fields']): ServiceDeclared => ({
  ...{ format: service.format, ...placeOf(service.place) },
  fields,
})

function create(wanted: WantedService, facts: Facts, rules: Rules, names: ReadonlySet<string>): Compared {
  const { made, faults } = newService(wanted, facts, rules, names)
  if (!made) return { steps: [], faults }
  const { definition, fields, notes } = made
  const { slug, name, place } = wanted.service
  const changes = [`Created: ${createdText(definition)}`]
  const item = itemOf('service', 'create', slug, { name, place: placeOf(place), changes, notes })
  return { steps: [{ item, does: [{ does: 'create-service', definition, asDeclared: declaredAs(wanted, fields) }] }], faults }
}

function createdText({ tier, kind, team, timeZone, links, dependencies }: ServiceDefinition): string {
  return [
    ...[`tier ${tier.replace('_', ' ')}`, `kind ${kind}`, `team ${team}`],
    ...(timeZone === 'UTC' ? [] : [`time zone ${timeZone}`]),
    ...LINKS.flatMap((link) => (links[link] ? [`${link} ${links[link]}`] : [])),
    ...(dependencies.length > 0 ? [`depends on ${dependencies.join(', ')}`] : []),
  ].join(', ')
}

/** A service is shared: SLOs of other files belong to it. Only the set that made it, or took it over, says what it is. */
function knownService(
  wanted: WantedService,
  known: ServiceFact,
  facts: Facts,
  { owner, adopt }: Rules,
  names: ReadonlySet<string>,
): Compared {
  const { slug, place } = wanted.service
  const told = { name: known.name, place: placeOf(place) }
  const ours = owner !== null && known.managedBy === owner
  const free = adopt && isDescribed(wanted) && known.managedBy === null
  const { fields, faults } = fieldsOfKnown(wanted, known, facts, names)
  const unchanged = (notes: string[], does: Does[] = [], said: Fault[] = []): Compared => ({
    steps: [{ item: itemOf('service', 'unchanged', slug, { ...told, notes }), does }],
    faults: said,
  })
  const stays = 'It is there already and not of this set: it stays as it is.'
  if (!fields) return ours || free ? { steps: [], faults } : unchanged([stays])
  const present = Object.fromEntries(Object.keys(fields).map((key) => [key, known[key as keyof ServiceFact]]))
  const changes = serviceChanges(present, { ...known, ...fields } as unknown as ServiceRecord)
  if (!ours && !free)
    return unchanged(isDescribed(wanted) && changes.length > 0 ? [`${stays} Left out: ${changes.join('; ')}.`] : [])
  const asDeclared = declaredAs(wanted, fields)
  const { version, managedBy: seen } = known
  const does: Does[] = [{ does: 'change-service', slug, version, seen, fields, changes, asDeclared }]
  const taken = owner === null ? [] : ours ? closedAndOpened(known.declared, fields) : [`Managed by ${owner} from now on`]
  // Where it stands in the files may have moved.
  if (taken.length + changes.length === 0) return unchanged([], ours && !same(known.declared, asDeclared) ? does : [], faults)
  const notes = otherAlerts(known, fields.tier, facts)
  return {
    steps: [{ item: itemOf('service', 'change', slug, { ...told, changes: [...taken, ...changes], notes }), does }],
    faults,
  }
}

/** What files begin to say is closed to people from then on. Of one that was applied before the portal kept it nothing is known. */
function closedAndOpened(before: ServiceDeclared | null, fields: ServiceDeclared['fields']): string[] {
  const names = (some: ServiceDeclared['fields'], others: ServiceDeclared['fields']) =>
    (Object.keys(FIELD_NAMES) as (keyof ServiceRecord)[])
      .filter((key) => some[key] !== undefined && others[key] === undefined)
      .map((key) => FIELD_NAMES[key])
  const [closed, opened] = before ? [names(fields, before.fields), names(before.fields, fields)] : [[], []]
  return [
    ...(closed.length > 0 ? [`The files say its ${listText(closed)} from now on`] : []),
    ...(opened.length > 0 ? [`The files no longer say its ${listText(opened)}: people do`] : []),
  ]
}

/** Alert policies are assigned to tiers as well: with the tier they change for its SLOs. */
function otherAlerts(
  { id: serviceId, tier: before }: ServiceFact,
  after: string | undefined,
  { alertsAssigned }: Facts,
): string[] {
  if (after === undefined || after === before) return []
  const [was, is] = [before, after].map((tier) => alertsThere(alertsAssigned, { serviceId, tier }))
  return was === is ? [] : [`Its SLOs that say nothing of alerts go from ${was} to ${is}.`]
}

/** Services that would need themselves, by way of others or not. */
function circles(steps: Step[], services: WantedService[], facts: Facts): Fault[] {
  const said = new Map(steps.flatMap(({ does }) => does.flatMap(needsSaid)))
  const graph = new Map([...facts.services].map(([slug, { dependencies }]) => [slug, dependencies]))
  for (const [slug, needs] of said) graph.set(slug, needs)
  const known = new Set<string>()
  return services.flatMap(({ service }): Fault[] => {
    const { slug } = service
    const cycle = said.has(slug) ? cycleThrough(graph, slug) : null
    const key = cycle ? [...new Set(cycle)].sort().join() : ''
    if (!cycle || known.has(key)) return []
    known.add(key)
    // Arrows that no file writes are those of the portal.
    const there = cycle.slice(0, -1).flatMap((from, i) => (said.has(from) ? [] : [`${from} → ${cycle[i + 1]}`]))
    const portal = there.length > 0 ? ` The portal has ${there.join(' and ')}.` : ''
    const reason = `These depend on each other: ${cycleText(cycle)}.${portal}`
    const fault = { reason, suggestion: 'Take one arrow out.', object: `Service ${slug}` }
    return [{ ...placeOfField(service, 'dependencies'), severity: 'error', stage: 'references', ...fault }]
  })
}

function needsSaid(one: Does): [slug: string, needs: string[]][] {
  if (one.does === 'create-service') return [[one.definition.slug, one.definition.dependencies]]
  return one.does === 'change-service' && one.fields.dependencies ? [[one.slug, one.fields.dependencies]] : []
}

/** Services are never deleted; one that the files no longer declare is given back to people. */
const released = ({ slug, name, version }: ServiceFact): Step => ({
  item: itemOf('service', 'change', slug, { name, changes: ['No longer in the files: people manage it from now on'] }),
  does: [{ does: 'release-service', slug, version }],
})

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
