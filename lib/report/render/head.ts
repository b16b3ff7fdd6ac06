import type { Report } from '../document'
import { clipped, html, type Part } from './markup'
import { CLIP, type Sheet } from './sheet'
import { isPreview, monthYear, unbroken } from './words'

/** Whose report it is; the organisation has no name of its own. */
export const subjectOf = ({ document }: Report): string => (document.kind === 'service' ? document.service.name : 'All services')

const titleMonth = (report: Report): string => `${monthYear(report.document.month)}${isPreview(report.document) ? ' so far' : ''}`

/** The name of the page: short enough for a tab, and without signs that would be written long. */
export const titleOf = (report: Report): string =>
  `${clipped(subjectOf(report).replace(/[<>&"']/g, ''), 36)}, ${titleMonth(report)}: reliability`

/** What stands at the foot of every printed page. */
export const footOf = (report: Report): string =>
  `${clipped(subjectOf(report), 60)} · ${titleMonth(report)}${report.revision > 1 ? ` · revision ${report.revision}` : ''}`

/** Name, month, the answer in a few sentences, and whatever makes this report unlike others. */
export function headSection({ report, clock }: Sheet): Part {
  const { document, revision, changes } = report
  const { reliability, budget, incidents } = document.summary
  const kind =
    revision === 0 ? 'Preview of a reliability report' : `Reliability report${revision > 1 ? `, revision ${revision}` : ''}`
  return html`<header class="rh"><svg aria-hidden="true"><use href="#s-logo"/></svg><span>Headroom</span><span class="end">${kind}</span></header>
<h1>${clipped(subjectOf(report), CLIP.title)}<span>${titleMonth(report)}</span></h1>
${document.kind === 'service' && html`<p class="about">${aboutText(document.service)}</p>`}${
  revision === 0 &&
  !isPreview(document) &&
  html`<div class="box warn"><b>No report of this month is kept.</b> It would say this if it were built now.</div>`
}${
  isPreview(document) &&
  html`<div class="box warn"><b>${titleMonth(report)}, to ${clock.at(document.asOf)} ${clock.zone}.</b> The month still runs, and every figure can change. The report is kept when the month is over.</div>`
}
<p class="lead"><b>${unbroken(clipped(reliability, CLIP.summary))}</b> ${unbroken(clipped(budget, CLIP.summary))} ${unbroken(clipped(incidents, CLIP.summary))}</p>
${
  revision > 1 &&
  changes.length > 0 &&
  html`<div class="box"><b>Revision ${revision}. What changed since revision ${revision - 1}:</b><ul>${changes.slice(0, 20).map((change) => html`<li>${clipped(change, CLIP.reason)}</li>`)}${changes.length > 20 && html`<li>and ${String(changes.length - 20)} more</li>`}</ul></div>`
}`
}

type Service = Extract<Report['document'], { kind: 'service' }>['service']

const aboutText = ({ tier, kind, team, sloOwner, productOwner }: Service): string =>
  [
    `${tier.replaceAll('_', ' ')} ${kind}`,
    team,
    sloOwner && `SLO owner ${sloOwner}`,
    productOwner && `product owner ${productOwner}`,
  ]
    .filter((fact): fact is string => Boolean(fact))
    .map((fact) => clipped(fact, CLIP.name))
    .join(' · ')
