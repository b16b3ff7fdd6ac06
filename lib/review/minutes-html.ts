import { leftText } from '../format'
import { clockText } from '../format-time'
import { HEALTH_RULE } from './health'
import type { Minutes, MinutesAction, MinutesService } from './minutes'
import { timerText } from './timer'
import { ACTION_WORDS, dueText, fullDay, HEALTH_WORDS, minuteText } from './words'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** Shapes as well as colours: disc, triangle, octagon. */
const SHAPES = {
  green: '<circle cx="8" cy="8" r="7"/>',
  yellow: '<path d="M8 1.5 15.2 14.5H.8Z"/>',
  red: '<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z"/>',
} as const

const STYLE = `
:root{color-scheme:light;font:15px/1.5 system-ui,sans-serif;color:#171b21;background:#fff}
body{max-width:46rem;margin:2rem auto;padding:0 1.25rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.2rem;margin:0 0 .25rem;display:flex;gap:.5rem;align-items:center}
h3{font-size:.95rem;margin:.75rem 0 .2rem}
p{margin:.2rem 0}.quiet{color:#49515d}
table{border-collapse:collapse;width:100%;margin:1.25rem 0 .5rem}
th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #cdd2da;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;padding-right:0}
section{border-top:1px solid #cdd2da;padding-top:1rem;margin-top:1.5rem;break-inside:avoid}
ul{margin:.2rem 0;padding-left:1.25rem}
.mark{display:inline-flex;gap:.4rem;align-items:center;font-weight:600;white-space:nowrap}
.mark svg{width:.9em;height:.9em;flex:none}
.green{color:#066b5e}.yellow{color:#8f4500}.red{color:#a50a1b}
@page{size:A4;margin:16mm}
@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}}
`

/** Minutes as one HTML file: no script, nothing from elsewhere, to be sent, kept and printed. */
export function minutesHtml(minutes: Minutes): string {
  const { cycle, of, services, general, checklist, took, timeZone: zone } = minutes
  const title = `${cycle}, ${fullDay(minutes.startedAt, zone)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="quiet">${escaped(of)}. Held ${minuteText(minutes.startedAt, zone)} to ${minuteText(minutes.closedAt, zone)} (${escaped(zone)}), ${timerText(took.whole)} of meeting, run by ${escaped(minutes.facilitator)}.</p>
<p class="quiet">Data to ${fullDay(minutes.asOf, zone)}, ${clockText(minutes.asOf, zone)}; compared with ${fullDay(minutes.since, zone)}.</p>
<table>
<thead><tr><th scope="col">Service</th><th scope="col">Status</th><th scope="col">Why</th><th scope="col" class="n">Least budget remaining</th></tr></thead>
<tbody>
${services.map(rowOf).join('\n')}
</tbody>
</table>
<p class="quiet">${escaped(HEALTH_RULE)}</p>
${services.map((service) => serviceSection(service, minutes)).join('\n')}
${general.actions.length + general.decisions.length === 0 ? '' : `<section><h2>About no service in particular</h2>${captured(general, minutes)}</section>`}
<section><h2>Checklist</h2>
${list(checklist.map(({ text, by }) => `${by === null ? 'Not done: ' : 'Done: '}${escaped(text)}${by === null ? '' : `, ${escaped(by)}`}`))}
</section>
</main>
</body>
</html>
`
}

const mark = (health: MinutesService['health']): string =>
  `<span class="mark ${health}"><svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">${SHAPES[health]}</svg>${HEALTH_WORDS[health]}</span>`

const rowOf = ({ name, health, because, budget }: MinutesService): string =>
  `<tr><th scope="row">${escaped(name)}</th><td>${mark(health)}</td><td>${escaped(because)}</td><td class="n">${budget ? `${leftText(budget.remaining)} %` : 'not known'}</td></tr>`

const list = (items: string[]): string =>
  items.length === 0 ? '<p>None.</p>' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

function serviceSection(service: MinutesService, minutes: Minutes): string {
  const { name, health, because, budget, issues } = service
  return `<section>
<h2>${escaped(name)} ${mark(health)}</h2>
<p>${escaped(because)}. Error budget: ${budget ? `${leftText(budget.remaining)} % remaining (${escaped(budget.slo)})` : 'not known'}.</p>
<h3>Key issues</h3>${list(issues.map(escaped))}
${captured(service, minutes)}
</section>`
}

const captured = ({ actions, decisions }: Minutes['general'], minutes: Minutes): string =>
  `<h3>Actions</h3>${list(actions.map((action) => actionText(action, minutes)))}
<h3>Decisions</h3>${list(decisions.map(({ text, by }) => `${escaped(text)} <span class="quiet">${escaped(by)}</span>`))}`

const actionText = ({ title, owner, dueOn, status, late }: MinutesAction, { closedAt }: Minutes): string => {
  const more = [
    owner === null ? 'no owner' : escaped(owner),
    dueOn === null ? '' : `due ${dueText(dueOn, closedAt)}`,
    `${ACTION_WORDS[status]}${late && status === 'carried' ? ', late' : ''}`,
  ]
  return `${escaped(title)} <span class="quiet">${more.filter(Boolean).join(', ')}</span>`
}
