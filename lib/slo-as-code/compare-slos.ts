import { SCOPE_WORDS } from '../alert/words'
import { changesBetween } from '../slo/definition-diff'
import { same } from '../slo/differences'
import { type AlertRules, alertStep, WHO_ALERTS } from './compare-alerts'
import { WHO_BUDGETS } from './compare-services'
import type { Facts, SloFact } from './facts'
import { alertsThere, measuresText, promiseText } from './new-slo'
import type { PlanInput } from './schema'
import { type Does, itemOf, placeOf, type Step } from './steps'
import type { WantedSlo } from './wanted'

/** Where an SLO of this service will stand. */
export type Standing = (service: string) => { serviceId: number; tier: string }

/** What becomes of the SLOs that files declare, and of those that files no longer declare. */

type Rules = Pick<PlanInput, 'owner' | 'adopt' | 'prune' | 'policies'> & AlertRules & { mayBudget: boolean }

export function compareSlo(wanted: WantedSlo, facts: Facts, rules: Rules & { standing: Standing }): Step[] {
  const fact = facts.slos.get(wanted.key)
  const step = sloStep(wanted, fact, rules, alertsOf(wanted, fact, facts, rules))
  if (step.item.verb === 'refused' || rules.policies === 'keep') return [step]
  const alerts = alertStep(wanted, fact, facts, rules)
  return alerts ? [step, alerts] : [step]
}

/** Alerts that files bring are an item of their own; else it is said here what will hold. */
function alertsOf({ slo }: WantedSlo, fact: SloFact | undefined, facts: Facts, rules: Rules & { standing: Standing }): string[] {
  if (slo.alerting.kind !== 'default' && rules.policies === 'files') return []
  const kept = fact?.alerts && (rules.policies === 'keep' || !fact.alerts.own) ? fact.alerts : null
  return [kept ? `alerts “${kept.name}” (${SCOPE_WORDS.slo})` : alertsThere(facts.alertsAssigned, rules.standing(slo.service))]
}

function sloStep(
  { key, slo, definition, asDeclared }: WantedSlo,
  fact: SloFact | undefined,
  rules: Rules,
  alerts: string[],
): Step {
  const { owner, adopt } = rules
  const told = { name: slo.name, sloId: fact?.id ?? null, place: placeOf(slo.place) }
  const refuse = (reason: string): Step => ({ item: itemOf('slo', 'refused', key, { ...told, reason }), does: [] })
  const budget = budgetOf(key, asDeclared.budgetPolicy, fact)
  if (budget && !rules.mayBudget) return refuse(WHO_BUDGETS)
  const also: Does[] = budget ? [{ does: 'put-budget-policy', key, policy: budget.policy }] : []
  const said = budget ? [budget.words] : []
  const promise = [promiseText(definition), ...alerts].join(', ')
  const measures = measuresText(definition.indicator)
  if (!fact) {
    const item = itemOf('slo', 'create', key, { ...told, changes: [`Created: ${promise}`, measures, ...said] })
    return { item, does: [{ does: 'create-slo', definition, asDeclared }, ...also] }
  }
  const ours = owner !== null && (fact.managedBy ?? fact.prunedBy) === owner
  const changes = changesBetween(fact.definition, definition)
  if (fact.lifecycle === 'draft') changes.unshift('Activated')
  const differs = changes.length > 0 || said.length > 0 || fact.deleted
  if (owner === null && !differs) return { item: itemOf('slo', 'unchanged', key, told), does: [] }
  if (!ours && fact.managedBy !== null) {
    const file = fact.declared?.file ?? 'unknown'
    const by = `It is managed by Git (set ${fact.managedBy}, file ${file})`
    return refuse(
      fact.deleted
        ? `${by} and deleted: only its set brings it back. Choose another name.`
        : `${by}. Change it in that file, or detach it on its page in the portal before other files take it.`,
    )
  }
  if (!ours && !adopt)
    return refuse(
      fact.deleted
        ? 'An SLO of this name was deleted. Adopt it to bring it back with its history, or choose another name.'
        : 'It exists and is managed by people in the portal. Adopt it to let these files change it.',
    )
  const taken = ours || owner === null ? [] : [`Managed by ${owner} from now on`]
  const back = fact.deleted ? [`Brought back with its history: ${promise}`, measures] : []
  const all = [...back, ...taken, ...changes, ...said]
  const write: Does = { does: 'change-slo', fact, definition, asDeclared, changes }
  if (all.length > 0)
    return { item: itemOf('slo', fact.deleted ? 'create' : 'change', key, { ...told, changes: all }), does: [write, ...also] }
  // Where it stands in the files may have moved.
  const does = same(fact.declared, asDeclared) ? [] : [write]
  return { item: itemOf('slo', 'unchanged', key, told), does }
}

/** A policy that files named before and do not any more is taken back. */
function budgetOf(
  key: string,
  wanted: string | null,
  fact: SloFact | undefined,
): { policy: string | null; words: string } | null {
  const present = fact?.budgetPolicy ?? null
  const ours = Boolean(fact?.declared?.budgetPolicy)
  if (wanted === present || (wanted === null && !ours) || key === '') return null
  return { policy: wanted, words: `Error-budget policy ${present ?? 'of what is wider'} → ${wanted ?? 'of what is wider'}` }
}

/** What this set made and its files no longer declare. */
export function leftovers(declared: Set<string>, facts: Facts, rules: Rules): { steps: Step[]; stay: string[] } {
  const { owner, prune } = rules
  const left = [...facts.slos.values()].filter(
    ({ key, managedBy, deleted }) => owner !== null && managedBy === owner && !deleted && !declared.has(key),
  )
  if (!prune) return { steps: [], stay: left.map(({ key }) => key) }
  return { steps: left.flatMap((fact) => goes(fact, rules)), stay: [] }
}

/** A preset that the file named goes with it: whoever brings the SLO back decides anew. */
const presetOff = ({ key, alerts, ownPolicy, declared }: SloFact): Does[] =>
  alerts && !ownPolicy && declared && declared.alerting.kind !== 'default' ? [{ does: 'take-alerts-off', key, own: null }] : []

function goes(fact: SloFact, { mayAlert, mayBudget }: Rules): Step[] {
  const { key, id, definition, ownPolicy: own, alerts } = fact
  const told = { name: definition.name, sloId: id }
  const named = fact.declared?.budgetPolicy && fact.budgetPolicy
  if (named && !mayBudget) return [{ item: itemOf('slo', 'refused', key, { ...told, reason: WHO_BUDGETS }), does: [] }]
  const gone: Step = {
    item: itemOf('slo', 'delete', key, { ...told, changes: ['No longer in the files; its history stays'] }),
    does: [
      { does: 'delete-slo', fact },
      ...presetOff(fact),
      ...(named ? [{ does: 'put-budget-policy' as const, key, policy: null }] : []),
    ],
  }
  if (!own) return [gone]
  const name = alerts?.name ?? own.input.name
  const item = mayAlert
    ? itemOf('alert-policy', 'delete', key, { ...told, name, changes: ['Goes with its SLO'] })
    : itemOf('alert-policy', 'refused', key, { ...told, name, reason: `${WHO_ALERTS}.` })
  return [gone, { item, does: mayAlert ? [{ does: 'take-alerts-off', key, own }] : [] }]
}
