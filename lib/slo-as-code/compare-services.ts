import { budgetPolicyChanges } from '../policy/changes'
import { budgetPolicyInputSchema } from '../policy/schema'
import { serviceChanges } from '../service/definition-diff'
import { serviceDefinitionSchema } from '../service/definition-input'
import type { Declared } from './declared'
import type { BudgetPolicyFact, Facts, ServiceFact } from './facts'
import type { Fault } from './fault'
import type { PlanInput } from './schema'
import { itemOf, placeOf, type Step } from './steps'
import { newService, type WantedService } from './wanted'

/** What becomes of the services and error-budget policies that files declare. */

type Compared = { steps: Step[]; faults: Fault[] }
type Rules = Pick<PlanInput, 'owner' | 'adopt' | 'prune' | 'source' | 'team' | 'tier' | 'serviceKind'>

export const WHO_BUDGETS =
  'Only SLO owners, product owners and administrators decide about error-budget policies: use a token of the role slo_owner.'

export function compareServices(services: WantedService[], facts: Facts, rules: Rules): Compared {
  const compared: Compared = { steps: [], faults: [] }
  for (const wanted of services) {
    const known = facts.services.get(wanted.service.slug)
    if (known) compared.steps.push(knownService(wanted, known, rules))
    else {
      const made = newService(wanted, facts, rules)
      if ('fault' in made) compared.faults.push(made.fault)
      else create(wanted, made, compared)
    }
  }
  return compared
}

function create(
  { service }: WantedService,
  { definition, notes }: { definition: unknown; notes: string[] },
  into: Compared,
): void {
  const { slug, name, place } = service
  const parsed = serviceDefinitionSchema.safeParse(definition)
  if (parsed.success) {
    const { tier, kind, team } = parsed.data
    const changes = [`Created: tier ${tier.replace('_', ' ')}, kind ${kind}, team ${team}`]
    const item = itemOf('service', 'create', slug, { name, place: placeOf(place), changes, notes })
    into.steps.push({ item, does: [{ does: 'create-service', definition: parsed.data }] })
    return
  }
  for (const { path, message } of parsed.error.issues)
    into.faults.push({
      ...{ ...place, severity: 'error', stage: 'validate', object: `Service ${slug}` },
      reason: `The portal will not take the ${path.join('.') || 'service'}: ${message}`,
    })
}

/** A service is shared: SLOs of other files belong to it. Only the set that made it, or took it over, says what it is called. */
function knownService({ service, labels }: WantedService, known: ServiceFact, { owner, adopt }: Rules): Step {
  const { slug, name, description, place, format } = service
  const told = { name: known.name, place: placeOf(place) }
  const fields = { name, description, labels }
  const changes = serviceChanges({ name: known.name, description: known.description, labels: known.labels }, {
    ...known,
    ...fields,
  } as unknown as Parameters<typeof serviceChanges>[1])
  const ours = owner !== null && known.managedBy === owner
  // Other formats name a service in passing; OpenSLO describes it.
  const described = format === 'openslo'
  const adopts = adopt && described && known.managedBy === null && (owner !== null || changes.length > 0)
  if ((ours && changes.length > 0) || adopts) {
    const taken = ours || owner === null ? [] : [`Managed by ${owner} from now on`]
    const does = [{ does: 'change-service' as const, slug, version: known.version, fields }]
    return { item: itemOf('service', 'change', slug, { ...told, changes: [...taken, ...changes] }), does }
  }
  const left = !ours && described && changes.length > 0
  const notes = left ? ['It is there already and not of this set: name, description and labels stay as they are.'] : []
  return { item: itemOf('service', 'unchanged', slug, { ...told, notes }), does: [] }
}

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
