import { ageText, factorText, leftText, spentText } from '../format'
import { instantText, whenText } from '../format-time'
import { SEVERITY_WORDS } from '../incident/severity'
import { freezesAt, nextFreeze, stoppingFor, stops } from '../policy/verdict'
import { CHANGE_TYPE_WORDS, type Decision, isWorse, worseDecision } from '../release/vocabulary'
import { MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import type { DecisionInput, GatingSlo, Rule, RuleInput, RuleName } from './decision'

/** Older evaluations say nothing about now: the poller stands still. */
export const STALE: Seconds = 10 * MINUTE

const passes = (rule: RuleName, sentence: string, inputs: RuleInput[]): Rule => ({
  rule,
  effect: 'passes',
  decision: null,
  sentence,
  inputs,
})
const asks = (rule: RuleName, decision: Decision, sentence: string, inputs: RuleInput[]): Rule =>
  decision === 'approve' ? passes(rule, sentence, inputs) : { rule, effect: 'asks', decision, sentence, inputs }

const riskWord = (risk: string): string => `${risk} risk`

/** The matrix, for the SLO that it is hardest on; between equals, the one with least left. */
export function statusRule({ slos, policy, change }: DecisionInput): Rule {
  const { matrix } = policy.settings
  const [first] = slos
  if (!first)
    return asks('status', 'review', 'No SLO of this service gates releases, so a person decides.', [
      { name: 'gating SLOs', value: 0 },
    ])
  const of = (slo: GatingSlo): Decision => matrix[slo.judged][change.risk]
  const worst = slos.reduce((a, b) => (isWorse(of(b), of(a)) || (of(a) === of(b) && b.remaining < a.remaining) ? b : a), first)
  const decision = of(worst)
  return asks(
    'status',
    decision,
    `Worst gating SLO, ${worst.name}, stands at ${worst.judged}; ${worst.judged} and ${riskWord(change.risk)} give ${decision}.`,
    [
      ...whyOf(worst),
      { name: 'risk', value: change.risk },
      { name: `matrix[${worst.judged}][${change.risk}]`, value: decision, than: ['=', decision] },
    ],
  )
}

/** The comparison that made the state what it is. */
function whyOf({ reason, remaining, pace }: GatingSlo): RuleInput[] {
  const left: RuleInput = { name: 'left', value: remaining }
  if (reason.rule === 'pace') return [{ name: 'pace', value: reason.pace, than: ['>', reason.threshold] }, left]
  if (reason.rule === 'floor')
    return [
      { ...left, than: ['<', reason.floor] },
      { name: 'pace', value: pace },
    ]
  if (reason.rule === 'remaining') return [{ ...left, than: ['≤', 0] }]
  return [left, { name: 'pace', value: pace }]
}

/** Without data nobody can be sure, so it is a person's decision at best. */
export function dataRule({ slos, policy, now }: DecisionInput): Rule {
  const { unknown, unreachable } = policy.settings
  const old = slos.filter(({ ts, state }) => ts === null || now - ts > STALE || state === 'no-data')
  const young = slos.filter((slo) => slo.state === 'not-enough-data' && !old.includes(slo))
  const coverage = slos.map((slo) => ({
    name: `coverage of ${slo.name}`,
    value: slo.coverage,
    than: ['≥', slo.coverageFloor] as ['≥', number],
  }))
  if (old.length > 0)
    return asks(
      'data',
      worseDecision(unknown, unreachable.data),
      `${names(old)} ${old.length === 1 ? 'has' : 'have'} no data: ${old.map((slo) => sinceText(slo, now)).join('; ')}.`,
      [
        ...old.map(({ name, ts }) => ({
          name: `age of ${name}, s`,
          value: ts === null ? null : now - ts,
          than: ['>', STALE] as ['>', number],
        })),
        ...coverage,
      ],
    )
  if (young.length > 0)
    return asks('data', unknown, `${names(young)} ${young.length === 1 ? 'has' : 'have'} not enough data to be judged.`, coverage)
  const oldest = Math.min(...slos.map(({ ts }) => ts ?? now))
  return passes('data', slos.length === 0 ? 'There is nothing to measure.' : `Complete, ${ageText(now - oldest)} old.`, coverage)
}

const names = (slos: GatingSlo[]): string => slos.map(({ name }) => name).join(', ')
const sinceText = ({ ts, reason }: GatingSlo, now: UnixSeconds): string => {
  if (ts === null) return 'never evaluated'
  if (now - ts > STALE) return `last evaluated ${ageText(now - ts)} ago`
  if (reason.rule === 'source' || reason.rule === 'absent') return `nothing since ${whenText(reason.since, now)} UTC`
  return reason.rule === 'coverage' ? `only ${leftText(reason.coverage)} % of the window is measured` : 'nothing was measured yet'
}

/** One release in ten costs as much or more: that has to leave the floor of the policy. */
export function costRule({ costs, policy, change }: DecisionInput): Rule {
  const cost = costs[change.risk]
  const { costFloor } = policy.settings
  if (!cost) return passes('cost', 'No earlier release of this service has been measured yet.', [{ name: 'releases', value: 0 }])
  const after = cost.remaining - cost.costly
  const inputs: RuleInput[] = [
    { name: `left of ${cost.slo.name}`, value: cost.remaining },
    { name: 'costly tenth', value: cost.costly },
    { name: 'left after', value: after, than: [after < costFloor ? '<' : '≥', costFloor] },
  ]
  return after < costFloor
    ? asks(
        'cost',
        'review',
        `The costly tenth of releases would leave ${leftText(after)} % of ${cost.slo.name}, under the floor of ${factorText(costFloor * 100)} %.`,
        inputs,
      )
    : passes(
        'cost',
        `Even the costly tenth leaves ${leftText(after)} %, above the floor of ${factorText(costFloor * 100)} %.`,
        inputs,
      )
}

export function freezeRule({ policy, change, now }: DecisionInput): Rule {
  const at = Math.max(change.plannedAt ?? now, now)
  const active = freezesAt(policy.settings, at)
  const stopping = active.filter((freeze) => stops(freeze, change.type))
  const inputs: RuleInput[] = [{ name: 'active', value: stopping.length, than: ['=', 0] }]
  const [first] = stopping
  if (first) {
    const decision = stopping.reduce<Decision>((worst, { effect }) => worseDecision(worst, effect), first.effect)
    const sentence = `${stopping.map(({ name }) => name).join(', ')} until ${instantText(Math.max(...stopping.map(({ to }) => to)), now)} UTC.`
    return asks('freeze', decision, sentence, [{ name: 'active', value: stopping.length, than: ['>', 0] }])
  }
  if (active[0]) return passes('freeze', `${active[0].name} does not stop a ${CHANGE_TYPE_WORDS[change.type]}.`, inputs)
  const next = nextFreeze(stoppingFor(policy.settings, change.type), at)
  return passes(
    'freeze',
    next ? `None then; ${next.name} starts ${instantText(next.from, now)} UTC.` : 'None now, none planned.',
    inputs,
  )
}

export function incidentRule({ incidents, policy }: DecisionInput): Rule {
  const { severities, here, dependencies } = policy.settings.incidents
  const severe = incidents.filter(({ severity }) => severities.includes(severity))
  const inputs: RuleInput[] = [
    { name: 'open here', value: severe.filter((one) => one.here).length },
    { name: 'open at dependencies', value: severe.filter((one) => !one.here).length },
  ]
  if (severe.length === 0) return passes('incidents', 'No severe one is open here or at a service that it needs.', inputs)
  const decision = severe.reduce<Decision>((worst, one) => worseDecision(worst, one.here ? here : dependencies), 'approve')
  const [first] = [...severe].sort((a, b) => Number(b.here) - Number(a.here))
  const more = severe.length > 1 ? ` and ${severe.length - 1} more` : ''
  const sentence = first ? `${SEVERITY_WORDS[first.severity].name} ${first.title} is open at ${first.service}${more}.` : ''
  return asks('incidents', decision, sentence, inputs)
}

/** A lane says how bad a decision about a change of this type can get. */
export function laneRule({ policy, change }: DecisionInput, before: Decision): Rule {
  const lane = policy.settings.lanes[change.type]
  const inputs: RuleInput[] = [
    { name: 'lane', value: change.type },
    { name: 'at worst', value: lane },
  ]
  const name = CHANGE_TYPE_WORDS[change.type]
  if (isWorse(before, lane))
    return { rule: 'lane', effect: 'lifts', decision: lane, sentence: `A ${name} is at worst ${lane}.`, inputs }
  return passes(
    'lane',
    lane === 'block' ? `A ${name} has no lane of its own.` : `A ${name} is at worst ${lane}; it is not worse.`,
    inputs,
  )
}

/** While it holds, a block or a wait is a review. */
export function waiverRule({ waivers, now }: DecisionInput, before: Decision): Rule {
  const [held] = [...waivers].sort((a, b) => b.untilTs - a.untilTs)
  if (!held) return passes('waiver', 'None is in force.', [{ name: 'in force', value: 0 }])
  const inputs: RuleInput[] = [
    { name: 'waiver', value: held.id },
    { name: 'spent', value: held.spent, than: ['<', held.budgetLimit] },
  ]
  const text = `Waiver ${held.id} holds until ${instantText(held.untilTs, now)} UTC, or until ${spentText(held.budgetLimit)} % of a budget has gone.`
  if (!isWorse(before, 'review')) return passes('waiver', `${text} It is not needed.`, inputs)
  return { rule: 'waiver', effect: 'lifts', decision: 'review', sentence: text, inputs }
}
