import type { Recommendation } from '../document'
import { clipped, html, type Part } from './markup'
import { CLIP, leftOut, type Sheet, section } from './sheet'
import { unbroken } from './words'

const MOST_SHOWN = 30

/** What follows from rules, each with the facts it rests on. */
export function recommendationsSection({ link }: Sheet, recommendations: Recommendation[]): Part {
  if (recommendations.length === 0)
    return section(
      'What we do next',
      html`<p class="cap">Nothing follows from this month’s figures: no rule asks for a change.</p>`,
    )
  const shown = recommendations.slice(0, MOST_SHOWN)
  return section(
    'What we do next',
    html`<ol class="rec">${shown.map(
      ({
        title,
        reason,
        evidence,
        sloId,
      }) => html`<li><h3>${sloId === null ? clipped(title, CLIP.title) : link(`/slos/${sloId}`, clipped(title, CLIP.title))}</h3><p>${unbroken(clipped(reason, CLIP.text))}</p>${
        evidence.length > 0 &&
        html`<dl>${evidence.slice(0, 8).map(({ label, value }) => html`<div><dt>${clipped(label, CLIP.name)}</dt><dd>${clipped(value, CLIP.name)}</dd></div>`)}</dl>`
      }</li>
`,
    )}</ol>`,
    leftOut(shown.length, recommendations.length, 'recommendations'),
  )
}
