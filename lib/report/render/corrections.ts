import { sliText } from '../../format'
import type { ServiceReport } from '../document'
import { clipped, html, joined, type Part } from './markup'
import { CLIP, leftOut, MOST, type Sheet, section, wide } from './sheet'
import { percent, tenthsOf, tenthsText } from './words'

/** What was corrected by whom, what it changed, and which exceptions were granted. */
export function correctionsSection(sheet: Sheet, report: ServiceReport): Part {
  const { corrections, waivers } = report
  if (corrections.length + waivers.length === 0)
    return section(
      'Corrections and waivers',
      html`<p class="cap">None: every figure is as it was measured, and no exception was granted.</p>`,
    )
  return section('Corrections and waivers', correctionTable(report), waiverTable(sheet, report))
}

function correctionTable({ corrections, objectives }: ServiceReport): Part {
  if (corrections.length === 0) return html`<p class="cap">No correction: every figure is as it was measured.</p>`
  const shown = corrections.slice(0, MOST.corrections)
  const moved = objectives.filter(({ raw, sli }) => raw.sli !== null && sli !== null && raw.sli !== sli).slice(0, MOST.pictures)
  return html`${wide(
    'Corrections',
    html`<table><thead><tr><th scope="col">Correction</th><th scope="col">Why</th><th scope="col">When</th><th scope="col">Asked and approved</th></tr></thead><tbody>
${shown.map(
  ({
    id,
    kind,
    cause,
    reason,
    when,
    requestedBy,
    approvedBy,
    slos,
  }) => html`<tr><th scope="row">${kind === 'credit' ? 'Credit' : 'Exclusion'} #${id}<span class="s">${cause}</span></th><td>${clipped(reason, CLIP.reason)}<span class="s">${clipped(slos.join(', '), CLIP.reason)}</span></td><td class="dim">${clipped(when, CLIP.reason)}</td><td class="dim">${clipped(requestedBy, CLIP.name)}, ${clipped(approvedBy, CLIP.name)}</td></tr>
`,
)}</tbody></table>`,
  )}${leftOut(shown.length, corrections.length, 'corrections')}${
    moved.length > 0 &&
    html`<p class="note">What they changed: ${joined(
      moved.map(
        ({ slo, raw, sli }) =>
          `${clipped(slo.name, CLIP.name)} measured ${percent(sliText(raw.sli))}, counts as ${percent(sliText(sli))}`,
      ),
      '; ',
    )}.</p>`
  }`
}

function waiverTable({ clock, link }: Sheet, { waivers }: ServiceReport): Part {
  if (waivers.length === 0) return html`<p class="note">No waiver was granted.</p>`
  const shown = waivers.slice(0, MOST.corrections)
  return html`${wide(
    'Waivers',
    html`<table><thead><tr><th scope="col">Waiver</th><th scope="col">Why</th><th scope="col">Holds, ${clock.zone}</th><th scope="col">Asked and signed</th><th scope="col" class="num">Used of limit</th></tr></thead><tbody>
${shown.map(
  ({
    id,
    reason,
    from,
    until,
    status,
    askedBy,
    signedBy,
    limit,
    used,
  }) => html`<tr><th scope="row">${link(`/waivers/${id}`, `W-${id}`)}<span class="s">${status.replaceAll('_', ' ')}</span></th><td>${clipped(reason, CLIP.reason)}</td><td class="dim nb">${clock.at(from)}<span class="s">to ${clock.at(until)}</span></td><td class="dim">${clipped(askedBy, CLIP.name)}<span class="s">${clipped(signedBy.join(', '), CLIP.reason)}</span></td><td class="num">${shareOf(used)}<span class="s">${limit === null ? 'no limit' : `of ${shareOf(limit)}`}</span></td></tr>
`,
)}</tbody></table>`,
  )}${leftOut(shown.length, waivers.length, 'waivers')}`
}

const shareOf = (share: number | null): string => (share === null ? 'not known' : percent(tenthsText(tenthsOf(share))))
