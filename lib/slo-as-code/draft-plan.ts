import type { UnixSeconds } from '../time-series/units'
import { checkComposites } from './check-composites'
import { compareBudgetPolicies, compareServices } from './compare-services'
import { compareSlo, leftovers, type Standing } from './compare-slos'
import { type Facts, keyOf } from './facts'
import { type Fault, inOrder } from './fault'
import { unknownOptions } from './options'
import { hasErrors } from './plan'
import type { ReadFiles } from './read-files'
import type { PlanInput } from './schema'
import { itemOf, placeOf, type Step } from './steps'
import { wantedOf } from './wanted'

/** A plan before budgets are looked at. */
export type Draft = { steps: Step[]; faults: Fault[]; notes: string[] }

export type DraftRules = Omit<PlanInput, 'files'> & { mayAlert: boolean; mayBudget: boolean; now: UnixSeconds }

type Files = Pick<ReadFiles, 'declared' | 'faults'> & { unchosen?: ReadonlySet<string> }

/** What the portal's schema refuses is an error here, said once: as a warning it was about files by themselves. */
const ONLY_A_WARNING = /^The portal will not take /
/** Here it is known whether the portal has it. */
const NOT_HERE = /^There is no Service “.*” in these files\.$/

/** Compares what files declare with what is there. The order of the files changes nothing. */
export function draftPlan({ declared, faults: read, unchosen }: Files, facts: Facts, rules: DraftRules): Draft {
  const strange = unknownOptions(facts, rules)
  if (strange.length > 0) return { steps: [], faults: inOrder([...strange, ...read]), notes: [] }
  const partly = hasErrors(read)
  const unread = read.some(({ severity, stage }) => severity === 'error' && stage === 'text')
  const wanted = wantedOf(declared, facts, rules, unread)
  const services = compareServices(wanted.services, facts, rules)
  const policies = compareBudgetPolicies(declared, facts, rules, rules.mayBudget)
  const said = read.filter(
    ({ severity, reason }) => severity === 'error' || !(ONLY_A_WARNING.test(reason) || (NOT_HERE.test(reason) && !unread)),
  )
  const keys = new Set(declared.slos.map(keyOf))
  const left = leftovers(keys, facts, rules)
  const standing = standings(services.steps, facts)
  const slos = wanted.slos.flatMap((one) => compareSlo(one, facts, { ...rules, standing }))
  const composites = checkComposites(
    { wanted: wanted.slos, declared, unchosen, steps: { declared: slos, left: left.steps }, partly },
    facts,
  )
  const faults = [...said, ...wanted.faults, ...services.faults, ...policies.faults, ...composites.faults]
  if (rules.prune && !partly && keys.size === 0 && left.steps.length > 0)
    faults.push({
      ...{ file: '', line: 1, column: 1, path: '', severity: 'error', stage: 'references' },
      reason: `These files declare no SLO, and pruning would delete all ${left.steps.length} of the set. Nothing is pruned by files that are empty.`,
      suggestion: 'Check the paths; detach what is to stay.',
    })
  if (hasErrors(faults)) return { steps: [], faults: inOrder(faults), notes: [] }
  const unmeasured = declared.slos
    .filter(({ indicator }) => indicator === null)
    .map((slo): Step => {
      const reason = 'It is measured by something that does not speak PromQL. Take it out of these files.'
      const told = { name: slo.name, place: placeOf(slo.place), reason }
      return { item: itemOf('slo', 'refused', keyOf(slo), told), does: [] }
    })
  const stay = [
    ...(left.stay.length > 0
      ? [`No longer in the files, and kept: ${listed(left.stay)}. Pruning deletes what the set made and no longer declares.`]
      : []),
    ...(services.stay.length > 0
      ? [`No longer in the files, and still managed by them: ${listed(services.stay)}. Pruning gives services back to people.`]
      : []),
  ]
  return {
    steps: [...services.steps, ...policies.steps, ...slos, ...unmeasured, ...composites.left],
    faults: inOrder(faults),
    notes: [...wanted.notes, ...stay],
  }
}

/** Where alert policies look for an SLO: its service, which may not be there yet, and the tier of it. */
function standings(steps: Step[], facts: Facts): Standing {
  const tiers = new Map(steps.flatMap(({ does }) => does.flatMap(tierOf)))
  return (slug) => {
    const known = facts.services.get(slug)
    return { serviceId: known?.id ?? 0, tier: tiers.get(slug) ?? known?.tier ?? '' }
  }
}

function tierOf(one: Step['does'][number]): [slug: string, tier: string][] {
  if (one.does === 'create-service') return [[one.definition.slug, one.definition.tier]]
  return one.does === 'change-service' && one.fields.tier ? [[one.slug, one.fields.tier]] : []
}

const listed = (keys: string[]): string =>
  keys.length > 10 ? `${keys.slice(0, 10).join(', ')} and ${keys.length - 10} more` : keys.join(', ')
