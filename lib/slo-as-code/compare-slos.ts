import { type AlertPolicy, alertPairs, alertPolicySchema } from '../alert/alert-policy'
import { policyChanges } from '../alert/changes'
import { NO_ALERTS } from '../alert/presets'
import { SCOPE_WORDS, unreachableText } from '../alert/words'
import { changesBetween } from '../slo/definition-diff'
import { same } from '../slo/differences'
import { windowLength } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import { WHO_BUDGETS } from './compare-services'
import type { Alerting, DeclaredSlo } from './declared'
import type { Facts, SloFact } from './facts'
import { alertsThere, measuresText, pairsText, promiseText } from './new-slo'
import type { PlanInput } from './schema'
import { type Does, itemOf, placeOf, type Step } from './steps'
import type { WantedSlo } from './wanted'

/** Where an SLO of this service will stand. */
export type Standing = (service: string) => { serviceId: number; tier: string }

/** What becomes of the SLOs that files declare, of their alerts, and of those that files no longer declare. */

type Rules = Pick<PlanInput, 'owner' | 'adopt' | 'prune' | 'policies'> & {
  mayAlert: boolean
  mayBudget: boolean
  now: UnixSeconds
}

const WHO_ALERTS = 'Only SLO owners and administrators decide about alert policies: use a token of the role slo_owner'

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

/** What a file can leave out so that the portal decides; the others always say how they alert. */
const LEFT_OUT: Record<DeclaredSlo['format'], string> = {
  openslo: ', or leave alertPolicies out of the file.',
  seed: ', or leave alerting out of the file.',
  sloth: '. A file of Sloth always says how it alerts.',
  pyrra: '. A file of Pyrra always says how it alerts.',
  'slo-generator': ', or leave the error-budget policy out of the files.',
}

function alertStep(wanted: WantedSlo, fact: SloFact | undefined, facts: Facts, rules: Rules): Step | null {
  const { key, slo } = wanted
  const told = { name: `Alerts of ${slo.name}`, sloId: fact?.id ?? null, place: placeOf(slo.place) }
  const { alerting } = slo
  const present = fact?.alerts ?? null
  const own = fact?.ownPolicy ?? null
  const whoAlerts = `${WHO_ALERTS}${alerting.kind === 'default' ? '.' : LEFT_OUT[slo.format]}`
  const step = (
    verb: 'create' | 'change' | 'delete' | 'unchanged',
    changes: string[],
    does: Does[],
    notes: string[] = [],
  ): Step =>
    verb !== 'unchanged' && !rules.mayAlert
      ? { item: itemOf('alert-policy', 'refused', key, { ...told, reason: whoAlerts }), does: [] }
      : { item: itemOf('alert-policy', verb, key, { ...told, changes, notes }), does }
  if (alerting.kind === 'default') {
    const said = present?.own || (fact?.declared?.alerting.kind ?? 'default') !== 'default'
    return present && said
      ? step('delete', ['What the portal assigns holds again'], [{ does: 'take-alerts-off', key, own }])
      : null
  }
  const verb = present ? 'change' : 'create'
  // Whatever its name: it says what the file says.
  if (present && !present.own && saysTheSame(present.settings, alerting)) return step('unchanged', [], [])
  const preset =
    alerting.kind === 'none'
      ? facts.alertPresets.find(({ slug }) => slug === NO_ALERTS.slug)
      : facts.alertPresets.find(({ settings }) => sameSettings(settings, alerting.settings))
  if (preset) {
    if (present?.slug === preset.slug) return step('unchanged', [], [])
    const words = `Alert policy ${present ? `“${present.name}” → ` : ''}“${preset.name}”`
    return step(verb, [words], [{ does: 'put-alerts', key, own, preset: preset.slug }])
  }
  if (alerting.kind === 'none') return null
  const notes = unreachable(wanted, alerting.settings, rules.now)
  const settings = alerting.settings
  if (present?.own && own) {
    const changes = policyChanges(own.input, { ...own.input, settings })
    return changes.length === 0
      ? step('unchanged', [], [], notes)
      : step('change', changes, [{ does: 'put-own-alerts', key, own, settings, changes }], notes)
  }
  const words = `${present ? `Alert policy “${present.name}” → its own` : 'Its own alert policy'}: ${pairsText(settings)}`
  const changes = own ? policyChanges(own.input, { ...own.input, settings }) : []
  return step(verb, [words], [{ does: 'put-own-alerts', key, own, settings, changes }], notes)
}

function sameSettings(stored: unknown, settings: AlertPolicy): boolean {
  const read = alertPolicySchema.safeParse(stored)
  return read.success && same(read.data, settings)
}

function saysTheSame(stored: unknown, alerting: Exclude<Alerting, { kind: 'default' }>): boolean {
  if (alerting.kind === 'policy') return sameSettings(stored, alerting.settings)
  const read = alertPolicySchema.safeParse(stored)
  return read.success && read.data.pairs.length === 0
}

/** Pairs that the target keeps from firing stay in the policy and are left out where it is evaluated. */
function unreachable({ slo, definition, source }: WantedSlo, settings: AlertPolicy, now: UnixSeconds): string[] {
  const pairs = alertPairs(settings, windowLength(definition.window, now), { scrape: source.scrapeSeconds })
  return pairs.flatMap((pair) => unreachableText(pair, definition.target, `“${slo.name}”`) ?? [])
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
