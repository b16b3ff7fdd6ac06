import { floored } from '../../format'
import { partsOf } from '../../format-time'
import type { ObjectiveMonth, ReportCause, ServiceReport } from '../document'
import { clipped, html, type Part } from './markup'
import { tenth } from './shapes'
import { CLIP, leftOut, MOST, type Sheet, section, wide } from './sheet'
import { counted, monthYear, percent, tenthsOf, tenthsText } from './words'

const WIDTH = 480
const BASE = 47
const TALLEST = 31
/** pixels for the whole of a budget: 40 % of it reach the top */
const SCALE = TALLEST / 0.4
/** A day that took this much is named. */
const NAMED = 0.05

/** Which part of the budget went on which day: one lane per objective, all on one scale. */
export function daysSection({ report }: Sheet, { objectives, month, zone }: ServiceReport): Part {
  const measured = objectives.filter(({ days }) => days.some(({ share }) => share !== null))
  const lanes = measured.slice(0, MOST.pictures)
  const days = lanes[0]?.days.length ?? 0
  if (days === 0) return null
  const even = 1 / daysOf(month)
  return section(
    'Where the budget went, day by day',
    html`<p class="cap">Share of the month’s budget that each day took; all lanes have one scale. Spent evenly it would be ${percent(floored(even * 100, 1))} a day, and darker days took more. A cut bar is higher than drawn, a dotted ring is a day without data.</p>`,
    wide(
      'Budget by day',
      html`<table class="days"><thead><tr><th scope="col"><span class="vh">Objective</span></th><th scope="col"><span class="vh">Days of ${monthYear(month)}</span>${axis(daysOf(month))}</th></tr></thead><tbody>
${lanes.map(
  (
    objective,
  ) => html`<tr><th scope="row">${clipped(objective.slo.name, CLIP.name)}</th><td>${lane(objective, zone, even)}</td></tr>
`,
)}</tbody></table>`,
    ),
    leftOut(lanes.length, measured.length, 'lanes'),
    report.revision === 0 &&
      days < daysOf(month) &&
      html`<p class="note">${counted(daysOf(month) - days, 'day')} of the month ${daysOf(month) - days === 1 ? 'is' : 'are'} still to come.</p>`,
  )
}

const daysOf = (month: string): number => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()

function axis(days: number): Part {
  const step = WIDTH / days
  const marks = [1, 5, 10, 15, 20, 25, days]
  return html`<svg viewBox="0 0 480 14" aria-hidden="true">${marks.map((day) => html`<text x="${tenth((day - 0.5) * step)}" y="12" text-anchor="middle">${day}</text>`)}</svg>`
}

function lane({ days, slo, causes }: ObjectiveMonth, zone: string, even: number): Part {
  const all = daysOf(days[0]?.date.slice(0, 7) ?? '')
  const step = WIDTH / all
  const width = tenth(step - 3)
  const left = (i: number) => tenth(i * step + 1.5)
  const bar = (i: number, high: number) => `M${left(i)} ${tenth(BASE - high)}h${width}V${BASE}h-${width}z`
  const high = (share: number) => Math.min(TALLEST, Math.max(1, tenth(share * SCALE)))
  const drawn = days.flatMap(({ share }, i) => (share === null ? [] : [{ i, share }]))
  const path = (loud: boolean) =>
    drawn
      .filter(({ share }) => share > even === loud)
      .map(({ i, share }) => bar(i, high(share)))
      .join('')
  const cuts = drawn
    .filter(({ share }) => share * SCALE > TALLEST)
    .map(({ i }) => `M${tenth(left(i) - 1.5)} ${BASE - 22}l${tenth(step)}-5`)
    .join('')
  const gaps = days.flatMap(({ share }, i) =>
    share === null
      ? [html`<circle class="l-dim" stroke-dasharray="2 1.5" cx="${tenth(left(i) + width / 2)}" cy="${BASE - 5}" r="3.5"/>`]
      : [],
  )
  return html`<svg viewBox="0 0 480 49" role="img" aria-label="${described(days, slo.name)}"><path class="l-line" d="M0 ${BASE + 0.5}H${WIDTH}"/><path class="f-low" d="${path(false)}"/><path class="f-ink" d="${path(true)}"/>${cuts !== '' && html`<path class="gap" stroke-width="2" d="${cuts}"/>`}${gaps}${labels(
    days,
    causes,
    zone,
  ).map(({ i, text, high: top }) => {
    const anchor = i < 5 ? 'start' : i > all - 6 ? 'end' : 'middle'
    const x = anchor === 'start' ? left(i) : anchor === 'end' ? left(i) + width : left(i) + width / 2
    return html`<text x="${tenth(x)}" y="${tenth(BASE - top - 4)}" text-anchor="${anchor}">${text}</text>`
  })}</svg>`
}

/** The loudest days by name; labels that would touch one another give way to the louder. */
function labels(days: ObjectiveMonth['days'], causes: ReportCause[], zone: string) {
  const loud = days
    .flatMap(({ share, date }, i) => (share !== null && share >= NAMED ? [{ i, share, date }] : []))
    .sort((a, b) => b.share - a.share || a.i - b.i)
  const placed: { i: number; text: string; high: number; room: number }[] = []
  for (const { i, share, date } of loud) {
    const name = nameOf(causes, date, share, zone)
    const text = `${name === '' ? '' : `${name} `}${percent(tenthsText(tenthsOf(share)))}`
    const room = text.length / 4.6
    if (placed.length < 6 && placed.every((other) => Math.abs(other.i - i) > (other.room + room) / 2 + 0.5))
      placed.push({ i, text, high: Math.min(TALLEST, share * SCALE), room })
  }
  return placed
}

/** The incident that took most of the day, if one did. */
function nameOf(causes: ReportCause[], date: string, share: number, zone: string): string {
  const [biggest] = causes
    .filter(
      ({ kind, when, share: cost }) =>
        kind === 'incident' && when && cost > share / 2 && dateOf(when.from, zone) <= date && dateOf(when.to, zone) >= date,
    )
    .sort((a, b) => b.share - a.share)
  return biggest?.id ? `INC-${biggest.id}` : ''
}

function dateOf(at: number, zone: string): string {
  const { year, month, day } = partsOf(at, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function described(days: ObjectiveMonth['days'], name: string): string {
  const known = days.flatMap(({ share, date }) => (share === null ? [] : [{ share, date }]))
  const most = known.reduce((best, day) => (day.share > best.share ? day : best), known[0] ?? { share: 0, date: '' })
  const missing = days.length - known.length
  return `${clipped(name, CLIP.name)}: most on ${most.date}, ${percent(tenthsText(tenthsOf(most.share)))} of the budget${missing > 0 ? `; ${counted(missing, 'day')} without data` : ''}`
}
