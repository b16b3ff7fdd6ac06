import { spentText } from '../format'
import { instantText } from '../format-time'
import { freezesAt, nextFreeze, stoppingFor } from '../policy/verdict'
import { betterDecision, type Decision, isWorse, RISKS, worseDecision } from '../release/vocabulary'
import { HOUR, type Ratio, type UnixSeconds } from '../time-series/units'
import type { Condition } from './condition'
import type { Alternative, DecisionInput, ReleaseDecision, Rule } from './decision'
import { costRule, dataRule, freezeRule, incidentRule, laneRule, statusRule, waiverRule } from './rules'

/**
 * Whether a release may go out (semantics §9). Rules that ask are worse or better than one another, and the worst of them
 * counts; then the lane of the change type says how bad it can get, then a waiver. Pure: the same input gives the same answer.
 */
export function decide(input: DecisionInput): ReleaseDecision {
  const { decision, rules } = combined(input)
  const { policy, change, slos, costs, now } = input
  const waiver = rules.find(({ rule, effect }) => rule === 'waiver' && effect === 'lifts')
  const held = input.waivers.find(({ id }) => id === waiver?.inputs[0]?.value) ?? null
  const instants = slos.flatMap(({ ts }) => ts ?? [])
  return {
    decision,
    rules,
    rationale: rationaleOf(input, rules, decision),
    conditions: decision === 'approve' || decision === 'review' ? conditionsFor(input) : [],
    alternatives: alternativesTo(input, decision, rules),
    approvers: policy.settings.approvers[change.risk],
    policy: {
      ...{ slug: policy.slug, name: policy.name, version: policy.version },
      ...{ unreachable: policy.settings.unreachable, status: policy.settings.status },
    },
    change,
    slos,
    cost: costs[change.risk],
    waiver: held,
    computedAt: now,
    dataAt: instants.length > 0 ? Math.min(...instants) : null,
    validUntil: validUntil(input, held?.untilTs ?? null),
  }
}

function combined(input: DecisionInput): { decision: Decision; rules: Rule[] } {
  const asked = [statusRule(input), dataRule(input), costRule(input), freezeRule(input), incidentRule(input)]
  const worst = asked.reduce<Decision>((so, { decision }) => worseDecision(so, decision ?? 'approve'), 'approve')
  const lane = laneRule(input, worst)
  const laned = lifted(worst, lane)
  const waiver = waiverRule(input, laned)
  return { decision: lifted(laned, waiver), rules: [...asked, lane, waiver] }
}

const lifted = (before: Decision, { effect, decision }: Rule): Decision =>
  effect === 'lifts' && decision ? betterDecision(before, decision) : before

/** Until the policy's hours have passed, a freeze window begins, or the waiver ends that it rests on. */
function validUntil({ now, policy, change }: DecisionInput, waiver: UnixSeconds | null): UnixSeconds {
  const planned = Math.max(change.plannedAt ?? now, now)
  const freeze = nextFreeze(stoppingFor(policy.settings, change.type), planned)
  return Math.min(
    planned + policy.settings.validHours * HOUR,
    freeze?.from ?? Number.POSITIVE_INFINITY,
    waiver ?? Number.POSITIVE_INFINITY,
  )
}

/** In the middle of a sentence; a name or SEV1 keeps its capitals. */
const lowered = (sentence: string): string =>
  /^(Worst|No|The|Even|None|Waiver) /.test(sentence) ? sentence.slice(0, 1).toLowerCase() + sentence.slice(1) : sentence

const OUTCOME: Record<Decision, string> = {
  approve: 'It may go out.',
  review: 'It needs a person’s word.',
  defer: 'It waits until that is better.',
  block: 'Only a waiver opens it.',
}

function rationaleOf({ costs, change, now }: DecisionInput, rules: Rule[], decision: Decision): string[] {
  const asking = rules
    .filter(({ effect }) => effect === 'asks')
    .sort((a, b) => (isWorse(b.decision ?? 'approve', a.decision ?? 'approve') ? 1 : -1))
  const lifting = rules.filter(({ effect }) => effect === 'lifts')
  const cost = costs[change.risk]
  const [first, ...others] = asking
  const sentences = first
    ? [
        `The policy asks for **${first.decision}**: ${lowered(first.sentence)}`,
        ...others.map((rule) => `And for **${rule.decision}**: ${lowered(rule.sentence)}`),
      ]
    : ['Nothing stands against it: the budgets are healthy, and no freeze or severe incident is in the way.']
  sentences.push(...lifting.map(({ sentence }) => `${sentence} So it is **${decision}**.`))
  sentences.push(OUTCOME[decision])
  if (cost)
    sentences.push(
      `It will probably cost **${spentText(Math.max(0, cost.typical))} %** of the budget of ${cost.slo.name}; one release in ten like it cost **${spentText(Math.max(0, cost.costly))} %** or more.`,
    )
  if (change.plannedAt !== null && change.plannedAt > now)
    sentences.push(`It is planned for ${instantText(change.plannedAt, now)} UTC.`)
  return sentences
}

const SHARES: Ratio[] = [0.5, 0.25, 0.1, 0.05, 0.02, 0.01]
const USUAL_CANARY: Ratio = 0.1

type Canary = Pick<DecisionInput, 'costs' | 'policy' | 'change'>
const room = ({ costs, policy, change }: Canary): Ratio => (costs[change.risk]?.remaining ?? 1) - policy.settings.costFloor

/** The largest canary share whose costly tenth leaves the floor; `null` when none does, or nothing is known or to be feared. */
export function canaryThatFits(input: Canary): Ratio | null {
  const costly = input.costs[input.change.risk]?.costly ?? 0
  return costly > 0 ? (SHARES.find((share) => costly * share <= room(input)) ?? null) : null
}

function conditionsFor(input: DecisionInput): Condition[] {
  const costly = input.costs[input.change.risk]?.costly ?? 0
  const share = costly > 0 ? canaryThatFits(input) : USUAL_CANARY
  return [
    ...(share === null ? [] : [{ kind: 'canary' as const, share: Math.min(share, USUAL_CANARY), minutes: 30 }]),
    { kind: 'rollback', burn: 6 },
    { kind: 'hours', from: '08:00', to: '16:00', timeZone: 'UTC' },
    { kind: 'spend', share: 0.05 },
  ]
}

function alternativesTo(input: DecisionInput, decision: Decision, rules: Rule[]): Alternative[] {
  if (decision === 'approve') return []
  const { change, costs } = input
  const smaller = RISKS.slice(0, RISKS.indexOf(change.risk))
    .reverse()
    .map((risk) => ({ kind: 'smaller' as const, risk, decision: combined({ ...input, change: { ...change, risk } }).decision }))
  const share = canaryThatFits(input)
  const cost = costs[change.risk]
  return [
    ...smaller.filter((one) => isWorse(decision, one.decision)),
    ...(share !== null && cost ? [{ kind: 'canary' as const, share, costs: cost.costly * share }] : []),
    ...laterThan(input, rules),
    ...(decision === 'block' || decision === 'defer' ? [{ kind: 'waiver' as const }] : []),
  ]
}

/** When the one rule that asks for the worst does so no longer; nothing where two of them do. */
function laterThan({ change, policy, slos, now }: DecisionInput, rules: Rule[]): Alternative[] {
  const asking = rules.filter(({ effect }) => effect === 'asks')
  const worst = asking.reduce<Decision>((so, { decision }) => worseDecision(so, decision ?? 'approve'), 'approve')
  const binding = asking.filter(({ decision }) => decision === worst)
  const [only] = binding
  if (binding.length !== 1 || !only) return []
  if (only.rule === 'status') {
    const held = slos.filter(({ judged }) => policy.settings.matrix[judged][change.risk] === worst)
    const at = held.map(({ easesAt }) => easesAt)
    if (held.length === 0 || at.some((one) => one === null)) return []
    const why = `${held.map(({ name }) => name).join(', ')} may be better then, if nothing more fails`
    return [{ kind: 'later', at: Math.max(...at.map((one) => one ?? now)), why }]
  }
  if (only.rule !== 'freeze') return []
  const ends = freezesAt(stoppingFor(policy.settings, change.type), Math.max(change.plannedAt ?? now, now))
  const why = `${ends.map(({ name }) => name).join(', ')} is over then`
  return ends.length > 0 ? [{ kind: 'later', at: Math.max(...ends.map(({ to }) => to)), why }] : []
}
