import type { Ratio } from '../time-series/units'
import type { MonthFigure, Recommendation } from './document'
import { monthName } from './month'
import { type Advised, about, dearReleases, fact, goal, type Rule, reachedOf } from './recommendation-rules'
import { quotedName } from './words'

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
const figures = (months: MonthFigure[]) => months.map(({ month, sli, target }) => fact(monthName(month), reachedOf(sli, target)))

/** Where releases are to become cheaper, nobody asks for faster ones. */
const orFaster = (report: Advised, text: string): string => (dearReleases(report).length > 0 ? '' : text)

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
          reason: `${step.months === 1 ? 'The month' : `Each of the last ${step.months} months`} would have met ${goal(step.next)} as well. Raise the target if people would notice${orFaster(report, ', or spend the budget on faster releases')}.`,
          evidence: figures(held),
          ...about(report, objective),
        },
      ]
    if (last.length === IN_A_ROW && last.every((one) => one.outcome === 'met' && consumedIn(one) < LITTLE))
      return [
        {
          rule: 'tighten-target',
          title: `Tighten ${name}, or spend its budget`,
          reason: `Less than ${LITTLE * 100} % of the budget was spent in each of three months. A tighter target would say what people get${orFaster(report, '; the budget could pay for faster releases')}.`,
          evidence: figures(last),
          ...about(report, objective),
        },
      ]
    return []
  })
