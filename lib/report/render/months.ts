import { sliText, targetText } from '../../format'
import type { MonthFigure, ObjectiveMonth, ServiceReport } from '../document'
import { clipped, html, type Part } from './markup'
import { monthsSpan } from './objectives'
import { outcomeShape, tenth } from './shapes'
import { CLIP, leftOut, MOST, type Sheet, section, wide } from './sheet'
import { counted, OUTCOME_WORDS, percent, shortMonth } from './words'

const WIDTH = 210
const SLOT = WIDTH / 12
const TOP = 8
/** where the target lies; twice the allowed failures reach the bottom */
const TARGET = 32
const BOTTOM = 56
const HEIGHT = 78

/** Twelve months of every objective: pictures that can be compared, and the figures. */
export function monthsSection(_sheet: Sheet, { objectives }: ServiceReport): Part {
  const known = objectives.filter(({ months }) => months.length > 0)
  const shown = known.slice(0, MOST.pictures)
  const longest = shown.reduce((most, { months }) => Math.max(most, months.length), 0)
  if (longest === 0) return null
  return section(
    longest === 12 ? 'Twelve months' : longest === 1 ? 'This month' : `The last ${longest} months`,
    html`<p class="cap">Failures as a share of what the target of that month allowed: none at the top, the dashed line is the target, twice as many at the bottom.</p>`,
    html`<ul class="mult">${shown.map(
      (
        objective,
      ) => html`<li><h3>${clipped(objective.slo.name, CLIP.name)}<span class="s">${lastText(objective)}</span></h3>${picture(objective)}</li>
`,
    )}</ul>`,
    html`<h3 class="vh">The same in figures</h3>`,
    wide('Months in figures', figures(shown, longest)),
    html`<p class="note">% good, rounded down. ${outcomeShape('not_met')}below the target in force in that month. ${outcomeShape('no_data')}no data. ${outcomeShape('not_enough_data')}not enough data.</p>`,
    leftOut(shown.length, known.length, 'objectives'),
  )
}

const lastText = ({ target }: ObjectiveMonth): string => `target ${percent(targetText(target))}`

/** Of what was allowed: 0 is none, 1 the target; null: nothing to judge. */
const spent = ({ sli, target }: MonthFigure): number | null =>
  sli === null ? null : target >= 1 ? (sli >= 1 ? 0 : 2) : (1 - sli) / (1 - target)

function picture({ months, slo }: ObjectiveMonth): Part {
  const first = 12 - months.length
  const points = months.map((month, i) => {
    const share = spent(month)
    return {
      month,
      x: tenth((first + i + 0.5) * SLOT),
      y: share === null ? null : tenth(Math.min(BOTTOM, TOP + share * (TARGET - TOP))),
      far: share !== null && share > 2,
    }
  })
  const line = points.reduce(
    (path, { x, y }, i) => (y === null ? path : `${path}${points[i - 1]?.y == null ? 'M' : 'L'}${x} ${y}`),
    '',
  )
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${clipped(slo.name, CLIP.name)}, ${monthsSpan(months)}: ${counted(months.filter(({ outcome }) => outcome === 'not_met').length, 'month')} below the target"><path class="l-line" d="M0 ${TOP}H${WIDTH}"/><path class="l-target" d="M0 ${TARGET}H${WIDTH}"/><path class="l-ink" d="${line}"/><path class="f-ink" d="${points.map(dot).join('')}"/>${points.map(
    ({ month, x, y, far }) => [mark(month, x, y), far && html`<path class="l-dim" d="m${tenth(x - 3)} ${BOTTOM + 7} 3 3 3-3"/>`],
  )}${initials(points)}</svg>`
}

type Point = { month: MonthFigure; x: number; y: number | null }

/** A month that was met, or cannot be judged although something was measured: a dot, this month's the larger. */
function dot({ month, x, y }: Point, i: number, points: Point[]): string {
  if (y === null || month.outcome === 'not_met') return ''
  const r = i === points.length - 1 ? 3.2 : 2
  return `M${tenth(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`
}

function mark({ outcome }: MonthFigure, x: number, y: number | null): Part {
  if (y !== null && outcome !== 'not_met') return null
  const [size, at] = y === null ? [9, TARGET] : [11, y]
  return html`<use href="#s-${outcome}" class="${outcome}" x="${tenth(x - size / 2)}" y="${tenth(at - size / 2)}" width="${size}" height="${size}"/>`
}

/** J A S O …, each under its point, this month's the strongest. */
function initials(points: Point[]): Part {
  const letters = (some: Point[], name: Part) =>
    some.length > 0 &&
    html`<text${name} x="${some.map(({ x }) => x).join(' ')}" y="${HEIGHT - 1}" text-anchor="middle">${some.map(({ month }) => shortMonth(month.month).slice(0, 1)).join('')}</text>`
  return [letters(points.slice(0, -1), null), letters(points.slice(-1), html` class="t"`)]
}

function figures(objectives: ObjectiveMonth[], longest: number): Part {
  const columns = objectives.find(({ months }) => months.length === longest)?.months.map(({ month }) => month) ?? []
  return html`<table class="yr"><thead><tr><th scope="col">% good</th>${columns.map((month, i) => html`<th scope="col" class="num">${shortMonth(month)}${(i === 0 || month.endsWith('-01')) && html`<span class="s">${month.slice(0, 4)}</span>`}</th>`)}</tr></thead><tbody>
${objectives.map(
  ({
    slo,
    months,
  }) => html`<tr><th scope="row">${clipped(slo.name, CLIP.name)}</th>${columns.map((column) => cell(months.find(({ month }) => month === column)))}</tr>
`,
)}</tbody></table>`
}

function cell(figure: MonthFigure | undefined): Part {
  if (!figure) return html`<td class="num"><span class="vh">not known</span></td>`
  const { sli, outcome } = figure
  if (sli === null) return html`<td class="num">${outcomeShape(outcome)}<span class="vh">${OUTCOME_WORDS[outcome]}</span></td>`
  if (outcome !== 'not_met') return html`<td class="num">${sliText(sli)}</td>`
  return html`<td class="num"><span class="miss">${outcomeShape(outcome)}${sliText(sli)}<span class="vh"> not met</span></span></td>`
}
