import { LATE_WORDS } from '../slo/composite'
import { type CompositeFact, graphOf, MadeOf, type MemberFact, memberFaults } from '../slo/composite-members'
import { windowText } from '../slo/definition-diff'
import { same } from '../slo/differences'
import { compositeWords } from './composite-words'
import type { Declared } from './declared'
import { type Facts, keyOf, type SloFact } from './facts'
import type { Fault } from './fault'
import type { Step } from './steps'
import type { WantedSlo } from './wanted'

/** SLOs made of SLOs, as they will be once a plan is written: every rule that writing one checks, said before. */

type Planned = {
  wanted: WantedSlo[]
  declared: Declared
  /** SLOs that the files declare as well, and that are not to be taken */
  unchosen?: ReadonlySet<string> | undefined
  /** of SLOs that files declare, and of those that they no longer do */
  steps: Record<'declared' | 'left', Step[]>
  /** files had errors: what they would have declared is not known */
  partly: boolean
}
type State = { known: (key: string) => MemberFact | undefined; composites: Map<string, CompositeFact> }

export function checkComposites(
  { wanted, declared, unchosen, steps, partly }: Planned,
  facts: Facts,
): { faults: Fault[]; left: Step[] } {
  const { refused, written, gone } = fatesOf([...steps.declared, ...steps.left])
  const named = new Set(declared.slos.map(keyOf))
  // What is refused says so itself, and what was wrong otherwise, too.
  const ours = new Map(wanted.filter(({ key }) => !refused.has(key)).map((one) => [one.key, one]))
  const untold = (key: string): boolean => named.has(key) && !ours.has(key)
  const before: State = { known: (key) => factOf(facts.slos.get(key)) ?? facts.members.get(key), composites: facts.composites }
  const after = stateAfter(before, ours, gone)
  const [graphBefore, graphAfter] = [graphOf(before.composites), graphOf(after.composites)]
  const words = compositeWords({
    declared: named,
    unchosen,
    gone,
    known: [...named, ...facts.slos.keys(), ...facts.members.keys()],
  })

  const faults = [...ours.values()].flatMap(({ key, slo, definition }) => {
    // One that stays as it is may be at odds with its members as it was: that is not of this plan.
    const was = written.has(key) ? undefined : facts.slos.get(key)?.definition
    const old = was ? memberFaults(was, before.known, graphBefore) : []
    return memberFaults(definition, after.known, graphAfter)
      .filter(({ member, why }) => !untold(member) && !(partly && why === 'unknown'))
      .map((fault) => words.ofComposite({ slo, definition }, fault, old.some((one) => same(one, fault)) ? 'warning' : 'error'))
  })
  const made = new MadeOf(after.composites)
  for (const { key, slo, definition } of ours.values()) {
    const now = before.known(key)
    if (now && !now.deleted && windowText(now.window) === windowText(definition.window)) continue
    for (const [composite, { window }] of made.notSharing(key, definition.window))
      if (!named.has(composite)) faults.push(words.ofMember({ slo, definition }, composite, windowText(window)))
  }
  return { faults, left: steps.left.map((step) => lateIn(step, made)) }
}

/** What becomes of SLOs: written with a check of their members, refused, or deleted. */
function fatesOf(steps: Step[]): Record<'refused' | 'written' | 'gone', Set<string>> {
  const fates = { refused: new Set<string>(), written: new Set<string>(), gone: new Set<string>() }
  for (const { item, does } of steps) {
    if (item.kind === 'slo' && item.verb === 'refused') fates.refused.add(item.key)
    for (const one of does) {
      if (one.does === 'delete-slo') fates.gone.add(one.fact.key)
      if (one.does === 'create-slo' || (one.does === 'change-slo' && (one.changes.length > 0 || one.fact.deleted)))
        fates.written.add(item.key)
    }
  }
  return fates
}

const factOf = (fact: SloFact | undefined): MemberFact | undefined => {
  if (!fact) return undefined
  const { definition, lifecycle, deleted } = fact
  return { lifecycle, deleted, name: definition.name, window: definition.window }
}

function stateAfter({ known, composites }: State, ours: Map<string, WantedSlo>, gone: Set<string>): State {
  const stay = [...composites].filter(([key]) => !ours.has(key) && !gone.has(key))
  const made = [...ours].flatMap(([key, { definition }]): [string, CompositeFact][] => {
    const { indicator, window } = definition
    return indicator.kind === 'composite' ? [[key, { indicator, window }]] : []
  })
  return {
    composites: new Map([...stay, ...made]),
    known: (key) => {
      const one = ours.get(key)?.definition
      if (one) return { name: one.name, window: one.window, lifecycle: 'active', deleted: false }
      const now = known(key)
      return now && gone.has(key) ? { ...now, deleted: true } : now
    },
  }
}

/** As where a person deletes it: composites go on without it, by their own rule. */
function lateIn(step: Step, made: MadeOf): Step {
  const { item } = step
  if (item.kind !== 'slo' || item.verb !== 'delete') return step
  const notes = made
    .of(item.key)
    .map(([key, { indicator }]) => `${key} is made of it. There it is late from then on: ${LATE_WORDS[indicator.late].says}.`)
  return notes.length === 0 ? step : { ...step, item: { ...item, notes: [...item.notes, ...notes] } }
}
