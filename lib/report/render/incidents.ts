import { spanText } from '../../incident/words'
import type { ObjectiveMonth, ReportIncident } from '../document'
import { costShares } from '../shown-causes'
import { clipped, html, joined, type Part } from './markup'
import { outcomeShape } from './shapes'
import { CLIP, leftOut, MOST, type Sheet, section } from './sheet'
import { percent } from './words'

type Shown = ReportIncident & { services?: string[] }

/** What happened: when, how it was noticed, why, what it cost, and what follows. The costliest first. */
export function incidentsSection(sheet: Sheet, incidents: Shown[], objectives: ObjectiveMonth[] = []): Part {
  if (incidents.length === 0) return section('Incidents', html`<p class="cap">None touched this month.</p>`)
  const room = incidents.length > CROWDED ? SCARCE : AMPLE
  const shown = [...incidents].sort((a, b) => worst(b) - worst(a) || a.from - b.from).slice(0, MOST.incidents)
  const share = costShares(objectives)
  return section(
    'Incidents',
    html`<p class="cap">Shares are of this month’s budgets.</p>`,
    html`<ol class="inc">${shown.map((incident) => incidentItem(sheet, incident, share, room))}</ol>`,
    leftOut(shown.length, incidents.length, 'incidents'),
  )
}

const worst = ({ costs }: ReportIncident): number => Math.max(0, ...costs.map(({ share }) => share))

type ShareText = ReturnType<typeof costShares>

/** Among many incidents each has less room. */
const CROWDED = 15
type Room = { text: number; costs: number; actions: number }
const AMPLE: Room = { text: 700, costs: 6, actions: 8 }
const SCARCE: Room = { text: 320, costs: 4, actions: 3 }

function incidentItem(sheet: Sheet, incident: Shown, share: ShareText, room: Room): Part {
  const { id, title, severity, status, from, to, detectionSeconds, rootCause, services } = incident
  const facts = [
    severity.toUpperCase(),
    sheet.clock.stretch(from, to),
    `noticed after ${spanText(detectionSeconds)}`,
    status.replaceAll('_', ' ').toLowerCase(),
    services && services.length > 0 ? clipped(services.join(', '), CLIP.reason) : null,
  ]
  return html`<li><h3>${sheet.link(`/incidents/${id}`, `INC-${id}`)} ${clipped(title, CLIP.title)}</h3><p class="s">${joined(
    facts.filter((fact) => fact !== null),
    ' · ',
  )}</p>
<p>${costsText(incident, share, room)}</p>${rootCause.trim() !== '' && html`<p><span class="dim">Root cause:</span> ${clipped(rootCause, room.text)}</p>`}${afterwards(incident, room)}</li>
`
}

function costsText({ id, costs }: ReportIncident, share: ShareText, room: Room): Part {
  if (costs.length === 0) return html`<span class="dim">It spent no measured budget.</span>`
  const sorted = [...costs].sort((a, b) => b.share - a.share || a.sloId - b.sloId)
  const shown = sorted.slice(0, room.costs)
  const more = sorted.length - shown.length
  return html`<span class="dim">Cost:</span> ${joined(
    shown.map((cost) => html`<b>${percent(share(id, cost))}</b> of ${clipped(cost.name, CLIP.name)}`),
    ', ',
  )}${more > 0 && `, and less of ${more} more`}.`
}

const RETROSPECTIVE = { done: 'Retrospective held.', due: 'Retrospective still due.', none: '' }

function afterwards({ retrospective, actions }: ReportIncident, room: Room): Part {
  const shown = actions.slice(0, room.actions)
  const more = actions.length - shown.length
  const said = RETROSPECTIVE[retrospective]
  return html`${said !== '' && html`<p class="dim">${said}</p>`}${
    shown.length > 0 &&
    html`<ul>${shown.map(({ title, owner, due, done }) => html`<li>${outcomeShape(done ? 'met' : 'not_enough_data')}${clipped(title, CLIP.title)}<span class="dim">, ${joined([done ? 'done' : 'open', owner && clipped(owner, CLIP.name), due && !done && `due ${due}`].filter(Boolean), ', ')}</span></li>`)}${more > 0 && html`<li class="dim">and ${String(more)} more</li>`}</ul>`
  }`
}
