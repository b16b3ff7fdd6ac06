import { sliText, spentText, targetText } from '../format'
import { RETROSPECTIVE_ABOVE } from '../incident/retrospective-rule'
import type { Ratio } from '../time-series/units'
import type { MonthFigure, ObjectiveMonth, Recommendation, ServiceReport } from './document'
import { monthName } from './month'
import { causeShare, costShares } from './shown-causes'
import { causeText, plural, quotedName, spent } from './words'

/** The rules one by one: a report in, what follows from it out. Thresholds stand beside the rule that uses them. */
export type Advised = Omit<ServiceReport, 'recommendations' | 'summary'>
type Rule = (report: Advised) => Recommendation[]

const percent = (ratio: Ratio | null): string => `${sliText(ratio)} %`
const goal = (ratio: Ratio): string => `${targetText(ratio)} %`
const fact = (label: string, value: string) => ({ label, value })

const about = (report: Advised, objective: ObjectiveMonth | null) => ({
  sloId: objective?.slo.id ?? null,
  service: report.service.slug,
})

const spenders = (objective: ObjectiveMonth) =>
  objective.causes.filter(({ kind, share }) => share > 0 && kind !== 'measured').sort((a, b) => b.share - a.share)

export const missedTarget: Rule = (report) =>
  report.objectives
    .filter(({ outcome }) => outcome === 'not_met')
    .map((objective) => {
      const { slo, sli, target, consumed } = objective
      const [cause] = spenders(objective)
      const most = cause ? ` Most of it went to ${causeText(cause)}: ${causeShare(objective, cause)} % of the budget.` : ''
      return {
        rule: 'missed-target',
        title:
          cause && cause.kind !== 'unexplained'
            ? `Work on what broke ${quotedName(slo.name)}`
            : `Find out what broke ${quotedName(slo.name)}`,
        reason: `${quotedName(slo.name)} reached ${percent(sli)} of ${goal(target)} and spent ${spentText(consumed)} % of its budget.${most}`,
        evidence: [
          fact('Reached', percent(sli)),
          fact('Target', goal(target)),
          ...(cause ? [fact(`Spent by ${causeText(cause)}`, `${causeShare(objective, cause)} %`)] : []),
        ],
        ...about(report, objective),
      }
    })

export const retrospectiveDue: Rule = (report) =>
  report.incidents
    .filter(({ retrospective }) => retrospective === 'due')
    .map((incident) => {
      const share = costShares(report.objectives)
      const [worst] = [...incident.costs].sort((a, b) => b.share - a.share)
      return {
        rule: 'retrospective-due',
        title: `Hold the retrospective of INC-${incident.id}`,
        reason: `${quotedName(incident.title)} spent more than ${RETROSPECTIVE_ABOVE * 100} % of a budget, and at the end of the month no retrospective had been held.`,
        evidence: worst ? [fact(`Of the budget of ${quotedName(worst.name)}`, `${share(incident.id, worst)} %`)] : [],
        ...about(report, report.objectives.find(({ slo }) => slo.id === worst?.sloId) ?? null),
      }
    })

/** Overdue: not done at the end of the month, and due before it. `days` of the report end with the month's last date. */
export const overdueActions: Rule = (report) => {
  const end = report.objectives[0]?.days.at(-1)?.date ?? `${report.month}-31`
  const overdue = report.incidents.flatMap(({ id, actions }) =>
    actions.filter(({ done, due }) => !done && due !== null && due <= end).map((action) => ({ id, ...action })),
  )
  if (overdue.length === 0) return []
  return [
    {
      rule: 'overdue-actions',
      title: `Finish ${plural(overdue.length, 'overdue action')}`,
      reason: `${overdue.length === 1 ? 'One action' : `${overdue.length} actions`} from incidents of this month ${overdue.length === 1 ? 'was' : 'were'} due and not done: what broke may break again.`,
      evidence: overdue.map(({ id, title, owner, due }) => fact(`INC-${id}: ${title}`, `${owner ?? 'nobody'}, due ${due}`)),
      ...about(report, null),
    },
  ]
}

const UNEXPLAINED = 0.5
/** Of a budget hardly touched nobody needs an explanation. */
const WORTH_EXPLAINING = 0.2

export const unexplainedSpending: Rule = (report) =>
  report.objectives.flatMap((objective) => {
    const { slo, consumed, causes } = objective
    const unexplained = causes.find(({ kind }) => kind === 'unexplained')
    if (!unexplained || consumed === null || consumed < WORTH_EXPLAINING || unexplained.share <= consumed * UNEXPLAINED) return []
    return [
      {
        rule: 'unexplained-spending',
        title: `Look for what spends ${quotedName(slo.name)}`,
        reason: `More than half of what was spent of ${quotedName(slo.name)} belongs to no incident, release or dependency.`,
        evidence: [fact('Unexplained', `${causeShare(objective, unexplained)} %`), fact('Spent', spent(consumed))],
        ...about(report, objective),
      },
    ]
  })

export const lowCoverage: Rule = (report) =>
  report.objectives
    .filter(({ outcome }) => outcome === 'no_data')
    .map((objective) => ({
      rule: 'low-coverage',
      title: `Get ${quotedName(objective.slo.name)} measured`,
      reason: `Too little of the month was measured to judge ${quotedName(objective.slo.name)}. Look at its source and its queries.`,
      evidence: [fact('Measured', `${sliText(objective.coverage)} % of the minutes`)],
      ...about(report, objective),
    }))

const DEAR_RELEASE = 0.1

export const releaseCost: Rule = (report) => {
  const dear = report.releases.filter(({ cost }) => cost !== null && cost.share > DEAR_RELEASE)
  if (dear.length === 0) return []
  const many = dear.length === 1 ? 'One release' : `${dear.length} releases`
  return [
    {
      rule: 'release-cost',
      title: 'Make releases cheaper',
      reason: `${many} of ${report.releases.length} cost more than ${DEAR_RELEASE * 100} % of a budget within a day. Smaller steps, canaries and an early rollback cost less.`,
      evidence: dear.map(({ version, cost }) =>
        fact(`Release ${version}, of ${quotedName(cost?.name ?? '')}`, spent(cost?.share ?? 0)),
      ),
      ...about(report, null),
    },
  ]
}

export const waiverRepeats: Rule = (report) => {
  if (report.waivers.length < 2) return []
  return [
    {
      rule: 'waiver-repeats',
      title: 'Ask why waivers come again',
      reason: `${report.waivers.length} waivers were in force this month. A rule that is waived again and again is either wrong or not kept.`,
      evidence: report.waivers.map(({ id, reason }) => fact(`W-${id}`, reason)),
      ...about(report, null),
    },
  ]
}

const IN_A_ROW = 3
/** Of the budget; less than this three months long is little. */
const LITTLE = 0.25
/** 99.0 for a month → 99.5 for two → 99.9 for three → 99.95 (semantics §10). */
const LADDER: { target: Ratio; months: number; next: Ratio }[] = [
  { target: 0.99, months: 1, next: 0.995 },
  { target: 0.995, months: 2, next: 0.999 },
  { target: 0.999, months: 3, next: 0.9995 },
]

const consumedIn = ({ sli, target }: MonthFigure): number => (sli === null ? 1 : (1 - sli) / (1 - target))
const figures = (months: MonthFigure[]) =>
  months.map(({ month, sli, target }) => fact(monthName(month), `${percent(sli)} of ${goal(target)}`))

/** At most one word about each target: loosen, climb or tighten. A step of the ladder needs months that the next step would have held. */
export const targetAdvice: Rule = (report) =>
  report.objectives.flatMap((objective): Recommendation[] => {
    const { slo, target, months } = objective
    const last = months.slice(-IN_A_ROW)
    const name = quotedName(slo.name)
    if (last.length === IN_A_ROW && last.every(({ outcome }) => outcome === 'not_met'))
      return [
        {
          rule: 'loosen-target',
          title: `Invest in ${name}, or loosen its target`,
          reason: `The target was missed three months in a row. Either the work to reach ${goal(target)} comes first, or people need less than is promised.`,
          evidence: figures(last),
          ...about(report, objective),
        },
      ]
    const step = LADDER.find((one) => one.target === target)
    const held = step ? months.slice(-step.months) : []
    if (
      step &&
      held.length === step.months &&
      held.every((one) => one.outcome === 'met' && one.target === target && (one.sli ?? 0) >= step.next)
    )
      return [
        {
          rule: 'progressive-target',
          title: `Consider ${goal(step.next)} for ${name}`,
          reason: `${step.months === 1 ? 'The month' : `Each of the last ${step.months} months`} would have met ${goal(step.next)} as well. Raise the target if people would notice, or spend the budget on faster releases.`,
          evidence: figures(held),
          ...about(report, objective),
        },
      ]
    if (last.length === IN_A_ROW && last.every((one) => one.outcome === 'met' && consumedIn(one) < LITTLE))
      return [
        {
          rule: 'tighten-target',
          title: `Tighten ${name}, or spend its budget`,
          reason: `Less than ${LITTLE * 100} % of the budget was spent in each of three months. A tighter target would say what people get; the budget could pay for faster releases.`,
          evidence: figures(last),
          ...about(report, objective),
        },
      ]
    return []
  })
