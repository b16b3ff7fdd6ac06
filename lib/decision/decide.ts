import { spentText } from '../format'
import { instantText } from '../format-time'
import { freezesAt, nextFreeze } from '../policy/verdict'
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
  const asked = [statusRule(input), dataRule(input), costRule(input), freezeRule(input), incidentRule(input)]
  const worst = asked.reduce<Decision>((so, { decision }) => (decision ? worseDecision(so, decision) : so), 'approve')
  const lane = laneRule(input, worst)
  const laned = lane.effect === 'lifts' && lane.decision ? betterDecision(worst, lane.decision) : worst
  const waiver = waiverRule(input, laned)
  const decision = waiver.effect === 'lifts' && waiver.decision ? betterDecision(laned, waiver.decision) : laned
  const rules = [...asked, lane, waiver]
  const { policy, change, slos, cost, now } = input
  const held = waiver.effect === 'lifts' ? (input.waivers.find(({ id }) => id === waiver.inputs[0]?.value) ?? null) : null
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
    cost,
    waiver: held,
    computedAt: now,
    dataAt: instants.length > 0 ? Math.min(...instants) : null,
    validUntil: validUntil(input, held?.untilTs ?? null),
  }
}

/** Until the policy's hours have passed, a freeze window begins, or the waiver ends that it rests on. */
function validUntil({ now, policy, change }: DecisionInput, waiver: UnixSeconds | null): UnixSeconds {
  const planned = Math.max(change.plannedAt ?? now, now)
  const freeze = nextFreeze(policy.settings, planned)
  const stops = freeze && !freeze.except.includes(change.type) ? freeze.from : null
  return Math.min(
    planned + policy.settings.validHours * HOUR,
    stops ?? Number.POSITIVE_INFINITY,
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

function rationaleOf({ cost, change, now }: DecisionInput, rules: Rule[], decision: Decision): string[] {
  const asking = rules
    .filter(({ effect }) => effect === 'asks')
    .sort((a, b) => (isWorse(b.decision ?? 'approve', a.decision ?? 'approve') ? 1 : -1))
  const lifting = rules.filter(({ effect }) => effect === 'lifts')
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

/** The largest canary share whose costly tenth leaves the floor; `null` when none does. */
export function canaryThatFits({ cost, policy }: Pick<DecisionInput, 'cost' | 'policy'>): Ratio | null {
  if (!cost || cost.costly <= 0) return null
  const room = cost.remaining - policy.settings.costFloor
  return SHARES.find((share) => cost.costly * share <= room) ?? null
}

function conditionsFor(input: DecisionInput): Condition[] {
  const share = Math.min(canaryThatFits(input) ?? USUAL_CANARY, USUAL_CANARY)
  return [
    { kind: 'canary', share, minutes: 30 },
    { kind: 'rollback', burn: 6 },
    { kind: 'hours', from: '08:00', to: '16:00', timeZone: 'UTC' },
    { kind: 'spend', share: 0.05 },
  ]
}

function alternativesTo(input: DecisionInput, decision: Decision, rules: Rule[]): Alternative[] {
  if (decision === 'approve') return []
  const { change, cost, policy, slos, now } = input
  const found: Alternative[] = []
  for (const risk of RISKS.slice(0, RISKS.indexOf(change.risk)).reverse()) {
    const smaller = decideOnly({ ...input, change: { ...change, risk } })
    if (isWorse(decision, smaller)) found.push({ kind: 'smaller', risk, decision: smaller })
  }
  const share = canaryThatFits(input)
  if (share !== null && cost) found.push({ kind: 'canary', share, costs: cost.costly * share })
  const status = rules.find(({ rule }) => rule === 'status')
  const binding = slos.filter(({ judged }) => policy.settings.matrix[judged][change.risk] === status?.decision)
  const eases = binding.map(({ easesAt }) => easesAt)
  if (status?.effect === 'asks' && binding.length > 0 && eases.every((at) => at !== null))
    found.push({
      kind: 'later',
      at: Math.max(...eases.map((at) => at ?? now)),
      why: `${binding.map(({ name }) => name).join(', ')} may be better then, if nothing more fails`,
    })
  const ends = freezesAt(policy.settings, Math.max(change.plannedAt ?? now, now)).filter(
    ({ except }) => !except.includes(change.type),
  )
  if (ends.length > 0)
    found.push({
      kind: 'later',
      at: Math.max(...ends.map(({ to }) => to)),
      why: `${ends.map(({ name }) => name).join(', ')} is over then`,
    })
  if (decision === 'block' || decision === 'defer') found.push({ kind: 'waiver' })
  return found
}

/** The word alone. */
function decideOnly(input: DecisionInput): Decision {
  const worst = [statusRule, dataRule, costRule, freezeRule, incidentRule].reduce<Decision>(
    (so, rule) => worseDecision(so, rule(input).decision ?? 'approve'),
    'approve',
  )
  const laned = betterDecision(worst, input.policy.settings.lanes[input.change.type])
  return input.waivers.length > 0 && isWorse(laned, 'review') ? 'review' : laned
}
