import { leftText, sliText, targetText } from '../../format'
import type { OrganisationReport, ServiceLine } from '../document'
import { clipped, html, type Part } from './markup'
import { decisionsText } from './releases'
import { outcomeMark, outcomeShape, remainingBar, tenth } from './shapes'
import { CLIP, MOST, type Sheet, section, wide } from './sheet'
import { counted, monthYear, percent, shortMonth, withUnit } from './words'

/** The whole in figures. */
export function totalsSection({ totals, decisions }: OrganisationReport): Part {
  const { met, notMet, open, services, objectives, incidents, releases, corrections, waivers } = totals
  const sums: [string, string][] = [
    ['objectives met', `${met} of ${met + notMet}`],
    ['not met', String(notMet)],
    ['cannot be judged', String(open)],
    ['services', String(services)],
    ['incidents', String(incidents)],
    ['releases', String(releases)],
  ]
  const more = [
    corrections > 0 && `${counted(corrections, 'correction')} applied.`,
    waivers > 0 && `${counted(waivers, 'waiver')} in force.`,
    decisionsText(decisions),
  ]
    .filter(Boolean)
    .join(' ')
  return html`<dl class="sums">${sums.map(([name, sum]) => html`<div><dt>${name}</dt><dd>${sum}</dd></div>`)}</dl><p class="note">${counted(objectives, 'objective')} in all. ${more}</p>
`
}

export function tiersSection({ tiers }: OrganisationReport): Part {
  if (tiers.length === 0) return null
  return section(
    'By tier',
    html`<table><thead><tr><th scope="col">Tier</th><th scope="col" class="num">Services</th><th scope="col" class="num">Objectives</th><th scope="col" class="num">Met</th><th scope="col" class="num">Not met</th><th scope="col" class="num">Open</th></tr></thead><tbody>
${tiers.map(
  ({
    tier,
    services,
    objectives,
    met,
    notMet,
    open,
  }) => html`<tr><th scope="row">${clipped(tier.replaceAll('_', ' '), CLIP.name)}</th><td class="num">${services}</td><td class="num">${objectives}</td><td class="num">${met}</td><td class="num">${notMet > 0 ? html`<span class="state not_met">${outcomeShape('not_met')}${notMet}</span>` : '0'}</td><td class="num dim">${open}</td></tr>
`,
)}</tbody></table>`,
  )
}

const STEP = 56

/** How many objectives were met in each of twelve months, of those that could be judged. */
export function yearSection({ months }: OrganisationReport): Part {
  if (months.length === 0) return null
  const shown = months.slice(-12)
  const most = Math.max(1, ...shown.map(({ judged }) => judged))
  const high = (count: number) => tenth((64 * Math.min(count, most)) / most)
  const said = shown.map(({ month, met, judged }) => `${monthYear(month)} ${met} of ${judged}`).join(', ')
  return section(
    shown.length === 12 ? 'Twelve months' : shown.length === 1 ? 'This month' : `The last ${shown.length} months`,
    html`<p class="cap">Objectives met of those that could be judged; hatched were not met.</p>`,
    wide(
      'Objectives met by month',
      html`<svg class="year" viewBox="0 0 672 112" role="img" aria-label="${said}">${shown.map(({ month, met, judged }, i) => {
        const x = (12 - shown.length + i) * STEP + 6
        return html`<path fill="url(#p-over)" d="M${x} ${tenth(84 - high(judged))}h44v${high(judged)}h-44z"/><path class="f-ink" d="M${x} ${tenth(84 - high(met))}h44v${high(met)}h-44z"/><text x="${x + 22}" y="${tenth(78 - high(judged))}" text-anchor="middle"${i === shown.length - 1 && html` class="t"`}>${judged === 0 ? 'none' : `${met} of ${judged}`}</text><text x="${x + 22}" y="99" text-anchor="middle"${i === shown.length - 1 && html` class="t"`}>${shortMonth(month)}</text>${(i === 0 || month.endsWith('-01')) && html`<text x="${x + 22}" y="112" text-anchor="middle">${month.slice(0, 4)}</text>`}`
      })}<path class="l-line" d="M0 84.5H672"/></svg>`,
    ),
  )
}

/** Every service, or those that missed something and the worst of the others. */
export function servicesSection(sheet: Sheet, { services, month }: OrganisationReport): Part {
  if (services.length === 0)
    return section('Services', html`<p class="cap">No service had an objective in ${monthYear(month)}.</p>`)
  const shown = services.length <= MOST.services ? services : worstFirst(services).slice(0, MOST.services)
  const left = services.length - shown.length
  const missedLeft = services.filter(({ notMet }) => notMet > 0).length - shown.filter(({ notMet }) => notMet > 0).length
  return section(
    'Services',
    html`<p class="cap">The least budget left first; the objective shown is the worst of its service.${left > 0 && ` ${shown.length} of ${services.length} services are shown, those that missed an objective and the worst first. Of the ${left} left out ${missedLeft === 0 ? 'every one met its objectives or could not be judged' : `${missedLeft} missed an objective`}; the JSON and CSV have all.`}</p>`,
    wide(
      'Services',
      html`<table class="obj"><thead><tr><th scope="col">Service</th><th scope="col">Met</th><th scope="col">Worst objective</th><th scope="col" class="num">Good</th><th scope="col" class="num">Budget left</th><th scope="col"><span class="vh">Budget left as a bar</span></th><th scope="col" class="num">Incidents</th><th scope="col" class="num">Releases</th></tr></thead><tbody>
${shown.map((service) => serviceRow(sheet, service))}</tbody></table>`,
    ),
  )
}

const worstFirst = (services: ServiceLine[]): ServiceLine[] =>
  [...services].sort(
    (a, b) =>
      Math.sign(b.notMet) - Math.sign(a.notMet) ||
      (a.worst?.remaining ?? 2) - (b.worst?.remaining ?? 2) ||
      (a.slug < b.slug ? -1 : 1),
  )

function serviceRow(
  { link, report }: Sheet,
  { slug, name, tier, team, met, notMet, open, worst, incidents, releases }: ServiceLine,
): Part {
  const judged = met + notMet
  return html`<tr class="r-${notMet > 0 ? 'not_met' : 'met'}"><th scope="row">${link(`/reports/${slug}/${report.document.month}`, clipped(name, 60))}<span class="s">${clipped(`${tier.replaceAll('_', ' ')}, ${team}`, 60)}</span></th><td>${
    judged === 0
      ? outcomeMark('no_data')
      : html`<span class="state ${notMet > 0 ? 'not_met' : 'met'}">${outcomeShape(notMet > 0 ? 'not_met' : 'met')}${met} of ${judged}</span>`
  }${open > 0 && html`<span class="s">${open} open</span>`}</td>${
    worst
      ? html`<td>${clipped(worst.name, 60)}</td><td class="num">${withUnit(sliText(worst.sli))}<span class="s">of ${percent(targetText(worst.target))}</span></td><td class="num"><b>${withUnit(leftText(worst.remaining))}</b></td><td>${remainingBar(worst.remaining)}</td>`
      : html`<td class="dim" colspan="4">none has data</td>`
  }<td class="num">${incidents}</td><td class="num">${releases}</td></tr>
`
}
