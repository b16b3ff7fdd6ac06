import { same } from '../slo/differences'
import type { MonthFigure, ObjectiveMonth, ReportIncident } from './document'
import { daysOf, monthsUpTo } from './month'
import type { MonthPlace } from './objective'
import { isJudged } from './summary'

/** What a revision keeps of the one before it: the past as it was named and judged, where nobody corrected it. */

/**
 * Names and queries stay those of the end of the month. Where history that was judged is gone, because an SLO was measured again
 * and its source no longer reaches back, the objective stays whole. `since`: where history begins now; null: there is none.
 */
export function keptObjective(
  was: ObjectiveMonth | undefined,
  is: ObjectiveMonth,
  { since, place }: { since: number | null; place: MonthPlace },
): ObjectiveMonth {
  const months = keptMonths(was?.months ?? [], is.months, { since, place })
  if (!was) return { ...is, months }
  const days = daysOf(place.month, place.zone)
  const lost = was.days.some(({ share }, i) => share !== null && (since === null || (days[i]?.to ?? 0) <= since))
  return lost && isJudged(was) ? was : { ...is, slo: was.slo, months }
}

function keptMonths(
  was: MonthFigure[],
  is: MonthFigure[],
  { since, place }: { since: number | null; place: MonthPlace },
): MonthFigure[] {
  return monthsUpTo(place.month, place.zone).flatMap(({ month, period }) => {
    const [before, now] = [was, is].map((months) => months.find((one) => one.month === month))
    if (period.from < (place.keptSince ?? 0)) return before ?? []
    const lost = since === null || since > period.from
    return (before && isJudged(before) && lost && !(now && isJudged(now)) ? before : now) ?? []
  })
}

/** What people write into an incident later is told when its figures change, and then with them. */
export function keptIncident(was: ReportIncident | undefined, is: ReportIncident): ReportIncident {
  if (!was || !same(figuresOf(was), figuresOf(is))) return is
  const actions = is.actions.map((action) => {
    const known = was.actions.find(({ title }) => title === action.title)
    return known ? { ...action, owner: known.owner, due: known.due } : action
  })
  return { ...is, rootCause: was.rootCause, actions }
}

const figuresOf = ({ severity, status, from, to, detectionSeconds, costs }: ReportIncident) => ({
  ...{ severity, status, from, to, detectionSeconds, costs },
})
