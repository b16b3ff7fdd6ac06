import { countText } from '../../format'
import type { ObjectiveMonth, ReportCause, ServiceReport } from '../document'
import { causeLines, causesShown, type ShownCause, type ShownCauses } from './causes'
import { clipped, html, type Part } from './markup'
import { CAUSE_FILLS, tenth } from './shapes'
import { CLIP, leftOut, MOST, type Sheet, section, wide } from './sheet'
import { tenthsText, withUnit } from './words'

const WIDTH = 150

/** Who or what spent the budget: a waterfall per objective whose lines add up to what was consumed. */
export function budgetSection(sheet: Sheet, { objectives }: ServiceReport): Part {
  const known = objectives.filter(({ consumed, causes }) => consumed !== null && causes.length > 0)
  if (known.length === 0) return null
  const shown = known.slice(0, MOST.pictures)
  return section(
    'What the budget was spent on',
    html`<p class="cap">Every failure has one cause. Each bar begins where the one above it ended; the line is the whole budget, and the figures add up to what was consumed.</p>`,
    wide(
      'Causes',
      html`<table class="cau"><thead><tr><th scope="col">Cause</th><th scope="col">When, ${sheet.clock.zone}</th><th scope="col"><span class="vh">Bar</span></th><th scope="col" class="num">Of budget</th><th scope="col" class="num">Failures</th></tr></thead>
${shown.map((objective) => waterfall(sheet, objective, causesShown(objectives.length)))}</table>`,
    ),
    leftOut(shown.length, known.length, 'objectives'),
  )
}

function waterfall(sheet: Sheet, objective: ObjectiveMonth, most: number): Part {
  const shown = causeLines(objective, most)
  const total = {
    cause: null,
    merged: 0,
    share: objective.consumed ?? 0,
    tenths: 0,
    bad: 0,
    from: 0,
    to: objective.consumed ?? 0,
  }
  return html`<tbody><tr class="grp"><th scope="colgroup" colspan="5">${clipped(objective.slo.name, CLIP.name)}</th></tr>
${shown.lines.map(
  (
    line,
  ) => html`<tr><th scope="row">${nameOf(sheet, line)}</th><td class="dim nb">${whenOf(sheet, line)}</td><td>${bar(shown, line)}</td><td class="num">${withUnit(tenthsText(line.tenths))}</td><td class="num dim">${line.cause?.kind === 'credit' ? '' : countText(line.bad)}</td></tr>
`,
)}<tr class="tot"><th scope="row" colspan="2">Consumed</th><td>${bar(shown, total)}</td><td class="num">${withUnit(tenthsText(shown.totalTenths))}</td><td class="num">${countText(shown.totalBad)}</td></tr></tbody>
`
}

const PLAIN: Record<Exclude<ReportCause['kind'], 'incident' | 'release' | 'dependency'>, [string, string]> = {
  'no-data': ['No data', 'counts as failed here'],
  measured: ['Excluded', 'as it was measured'],
  excluded: ['Excluded', 'taken out again'],
  credit: ['Credit', 'granted'],
  unexplained: ['Unexplained', 'steady background, no event'],
}

function nameOf({ link }: Sheet, { cause, merged }: ShownCause): Part {
  if (!cause) return html`${String(merged)} smaller causes<span class="s">together</span>`
  const title = cause.title === null ? '' : clipped(cause.title, CLIP.title)
  if (cause.kind === 'incident' || cause.kind === 'dependency') {
    const name = cause.id === null ? 'Incident' : link(`/incidents/${cause.id}`, `INC-${cause.id}`)
    return html`${name}<span class="s">${title}${cause.kind === 'dependency' && `, of ${clipped(cause.service ?? 'another service', CLIP.name)}`}</span>`
  }
  if (cause.kind === 'release') return html`Release ${title}<span class="s">above the ratio before it</span>`
  const [name, note] = PLAIN[cause.kind]
  return html`${name}<span class="s">${title === '' ? note : title}</span>`
}

const whenOf = ({ clock }: Sheet, { cause }: ShownCause): string =>
  cause?.when ? clock.stretch(cause.when.from, cause.when.to) : cause?.kind === 'unexplained' ? 'all month' : ''

function bar({ lines }: ShownCauses, { cause, merged, from, to }: ShownCause): Part {
  const ends = lines.flatMap((line) => [line.from, line.to])
  const [low, high] = [Math.min(0, ...ends), Math.max(1, ...ends)]
  const at = (share: number) => tenth((WIDTH * (share - low)) / (high - low))
  const left = at(Math.min(from, to))
  const width = Math.max(1, tenth(at(Math.max(from, to)) - left))
  const fill = cause ? CAUSE_FILLS[cause.kind] : merged > 0 ? html`class="f-low"` : html`class="f-ink"`
  const over = merged === 0 && !cause && to > 1
  return html`<svg class="wf" viewBox="0 0 150 19" aria-hidden="true"><path ${fill} d="M${left} 4h${over ? tenth(at(1) - left) : width}v11H${left}z"/>${over && html`<path fill="url(#p-over)" d="M${at(1)} 4H${at(to)}v11H${at(1)}z"/>`}<path class="l-text" d="M${at(1)} 0v19"/></svg>`
}
