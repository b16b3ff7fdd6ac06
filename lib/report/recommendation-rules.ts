import { DateTime } from 'luxon'
import { sliText, spentText, targetText } from '../format'
import { RETROSPECTIVE_ABOVE } from '../incident/retrospective-rule'
import type { Ratio } from '../time-series/units'
import type { ObjectiveMonth, Recommendation, ServiceReport } from './document'
import { causeShare, costShares } from './shown-causes'
import { causeText, plural, quotedName, spent } from './words'

/** The rules one by one: a report in, what follows from it out. Thresholds stand beside the rule that uses them. */
export type Advised = Omit<ServiceReport, 'recommendations' | 'summary'>
export type Rule = (report: Advised) => Recommendation[]

export const percent = (ratio: Ratio | null): string => `${sliText(ratio)} %`
export const goal = (ratio: Ratio): string => `${targetText(ratio)} %`
export const reachedOf = (sli: Ratio | null, target: Ratio): string => `${percent(sli)} of ${goal(target)}`
export const fact = (label: string, value: string) => ({ label, value })

export const about = (report: Advised, objective: ObjectiveMonth | null) => ({
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
      const most = cause ? ` The largest part went to ${causeText(cause)}: ${causeShare(objective, cause)} % of the budget.` : ''
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
        reason: `${quotedName(incident.title)} spent more than ${RETROSPECTIVE_ABOVE * 100} % of the budget of a window, or nobody can say how much. At the end of the month no retrospective had been held.`,
        evidence: worst ? [fact(`Of the budget of ${quotedName(worst.name)}`, `${share(incident.id, worst)} %`)] : [],
        ...about(report, report.objectives.find(({ slo }) => slo.id === worst?.sloId) ?? null),
      }
    })

/** Overdue: not done when the report ends, and due on a day that was over by then in its zone. */
export const overdueActions: Rule = (report) => {
  const today = DateTime.fromSeconds(report.asOf, { zone: report.zone }).toFormat('yyyy-MM-dd')
  const overdue = report.incidents.flatMap(({ id, actions }) =>
    actions.filter(({ done, due }) => !done && due !== null && due < today).map((action) => ({ id, ...action })),
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

export const dearReleases = ({ releases }: Advised) => releases.filter(({ cost }) => cost !== null && cost.share > DEAR_RELEASE)

export const releaseCost: Rule = (report) => {
  const dear = dearReleases(report)
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
