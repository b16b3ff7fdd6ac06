import { leftText, sliText, targetText } from '../../format'
import type { ObjectiveMonth, ServiceReport } from '../document'
import { clipped, html, type Part } from './markup'
import { outcomeMark, remainingBar } from './shapes'
import { CLIP, leftOut, MOST, type Sheet, section, wide } from './sheet'
import { allowedText, badText, changeText, monthName, percent, shortMonth, withUnit } from './words'

/** Target, actual, result, what is left: one line per objective. */
export function objectivesSection(sheet: Sheet, { objectives, month }: ServiceReport): Part {
  if (objectives.length === 0)
    return section('Objectives', html`<p class="cap">This service had no objective in ${monthName(month)}.</p>`)
  const shown = objectives.slice(0, MOST.objectives)
  const before = previousMonth(objectives)
  return section(
    'Objectives',
    wide(
      'Objectives',
      html`<table class="obj"><thead><tr><th scope="col">Objective</th><th scope="col" class="num">Target</th><th scope="col" class="num">${monthName(month)}</th><th scope="col">Result</th><th scope="col" class="num">Budget left</th><th scope="col"><span class="vh">Budget left as a bar</span></th><th scope="col" class="num">Failures</th></tr></thead><tbody>
${shown.map((objective) => objectiveRow(sheet, objective))}</tbody></table>`,
    ),
    before !== null &&
      html`<p class="note">Small figures under ${monthName(month)} compare it with ${monthName(before)}, in percentage points. Bars go from −50 to 100 %; hatched is spent beyond the budget, the cut is a quarter of it.</p>`,
    leftOut(shown.length, objectives.length, 'objectives'),
  )
}

const previousMonth = (objectives: ObjectiveMonth[]): string | null =>
  objectives.map(({ months }) => months.at(-2)?.month).find((month) => month !== undefined) ?? null

function objectiveRow({ link, clock }: Sheet, objective: ObjectiveMonth): Part {
  const { slo, target, targets, sli, outcome, remaining, months, good, total, allowed, raw } = objective
  const change = changeText(months.at(-2), sli)
  const differs = raw.sli !== null && sli !== null && sliText(raw.sli) !== sliText(sli)
  const changed = targets
    .slice(1)
    .map(
      ({ from, target: next }) =>
        html`<span class="s">${percent(targetText(next))} from ${clock.at(from).split(',')[0] ?? ''}</span>`,
    )
  return html`<tr class="r-${outcome}"><th scope="row">${link(`/slos/${slo.id}`, clipped(slo.name, CLIP.name))}<span class="s">${slo.kind}</span></th><td class="num">${withUnit(targetText(target))}${changed}</td><td class="num"><b>${withUnit(sliText(sli))}</b>${
    change !== null && html`<span class="s">${change}</span>`
  }${differs && html`<span class="s">measured ${percent(sliText(raw.sli))}</span>`}</td><td>${outcomeMark(outcome)}</td><td class="num"><b>${withUnit(leftText(remaining))}</b></td><td>${remainingBar(remaining)}</td><td class="num">${
    total > 0 ? html`${badText(total - good)}<span class="s">of ${allowedText(allowed)} allowed</span>` : 'none counted'
  }</td></tr>
`
}

/** Twelve months in words for one objective's heading: "Jul 25 to Jun 26". */
export const monthsSpan = (months: { month: string }[]): string => {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return ''
  return first === last
    ? monthName(first.month)
    : `${shortMonth(first.month)} ${first.month.slice(0, 4)} to ${shortMonth(last.month)} ${last.month.slice(0, 4)}`
}
