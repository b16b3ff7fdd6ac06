import type { MonthQuantiles, ObjectiveMonth, ServiceReport } from '../document'
import { clipped, html, type Part } from './markup'
import { CLIP, MOST, type Sheet, section, wide } from './sheet'
import { durationText, monthName, shortMonth } from './words'

const SHARES = [
  ['p50', '50 %'],
  ['p95', '95 %'],
  ['p99', '99 %'],
] as const

/** How fast answers were, from the whole month's histogram. */
export function latencySection(_sheet: Sheet, { objectives, month }: ServiceReport): Part {
  const timed = objectives
    .filter(({ quantiles, quantilesMissing }) => quantiles !== null || quantilesMissing !== null)
    .slice(0, MOST.pictures)
  if (timed.length === 0) return null
  const known = timed.filter(({ quantiles }) => quantiles !== null)
  return section(
    'Answer times',
    known.length > 0 && wide('Answer times', table(known, month)),
    known.length > 0 &&
      html`<p class="note">So many answers took at most so long; from the month’s own histogram, not from daily values.</p>`,
    timed.map(
      ({ slo, quantilesMissing }) =>
        quantilesMissing !== null &&
        html`<p class="note"><b>${clipped(slo.name, CLIP.name)}:</b> ${clipped(quantilesMissing, CLIP.reason)}</p>`,
    ),
  )
}

function table(known: ObjectiveMonth[], month: string): Part {
  const before = known.some(({ quantiles }) => quantiles?.previous)
  const previous = known[0]?.months.at(-2)?.month
  const name = previous ? shortMonth(previous) : 'before'
  return html`<table><thead><tr><th scope="col">Objective</th>${SHARES.map(([, share]) => html`${before && html`<th scope="col" class="num">${share} in ${name}</th>`}<th scope="col" class="num">${share} in ${before ? shortMonth(month) : monthName(month)}</th>`)}</tr></thead><tbody>
${known.map(
  ({
    slo,
    quantiles,
  }) => html`<tr><th scope="row">${clipped(slo.name, CLIP.name)}</th>${SHARES.map(([key]) => html`${before && html`<td class="num dim">${time(quantiles?.previous, key)}</td>`}<td class="num"><b>${time(quantiles?.current, key)}</b></td>`)}</tr>
`,
)}</tbody></table>`
}

const time = (quantiles: MonthQuantiles | null | undefined, key: keyof MonthQuantiles): string =>
  durationText(quantiles?.[key] ?? null)
