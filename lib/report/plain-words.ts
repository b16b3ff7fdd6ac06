import { partsOf } from '../format-time'
import type { ObjectiveMonth, OrganisationReport, Outcome, Report, ReportIncident, ServiceReport } from './document'
import { happenedText, plainTime, promisedText } from './plain-numbers'
import { plainSteps } from './plain-steps'
import { monthName, monthYear } from './render/words'

export type Kept = 'kept' | 'broken' | 'unknown'
export type PlainPromise = { title: string; kept: Kept; sentence: string }
/** A month on one screen, for people who never heard of an objective. */
export type PlainSummary = {
  subject: string
  month: string
  /** the answer in one sentence */
  answer: string
  kept: Kept
  /** what the sentence leaves out, such as that the month still runs; empty: nothing */
  remark: string
  promises: PlainPromise[]
  /** how many promises there is no room for */
  more: number
  happened: string[]
  next: string[]
}

const MOST = { promises: 6, happened: 3, next: 3 }

/** A report in plain words. Names of objectives and incidents stay as people gave them. */
export function plainSummary({ document }: Report): PlainSummary {
  const running = document.asOf < document.period.to
  const { day, clock } = partsOf(document.asOf, document.zone)
  const remark = running
    ? `The month is not over: this is what is known on the ${day}. at ${clock}, ${document.zone}.`
    : `All of ${monthYear(document.month)}, ${document.zone}.`
  const common = { running, month: `${monthYear(document.month)}${running ? ', so far' : ''}`, remark }
  return document.kind === 'service' ? ofService(document, common) : ofOrganisation(document, common)
}

type Common = Pick<PlainSummary, 'month' | 'remark'> & { running: boolean }
type Counts = { kept: number; broken: number; unknown: number }

function ofService(report: ServiceReport, { running, ...common }: Common): PlainSummary {
  const { objectives, incidents, service } = report
  const all = objectives.map((objective) => ({ kept: KEPT[objective.outcome], objective }))
  const of = (kept: Kept) => all.filter((one) => one.kept === kept).length
  const counts = { kept: of('kept'), broken: of('broken'), unknown: of('unknown') }
  const sorted = [...all].sort((a, b) => RANK[a.kept] - RANK[b.kept])
  return {
    subject: service.name,
    ...common,
    ...answerOf(service.name, counts, whenText(report.month, running)),
    promises: sorted.slice(0, MOST.promises).map(({ kept, objective }) => ({
      ...{ title: objective.slo.name, kept },
      sentence: promiseSentence(objective, report.asOf - report.period.from),
    })),
    more: Math.max(0, all.length - MOST.promises),
    happened: happenedOf(incidents, report.zone),
    next: plainSteps(report, MOST.next),
  }
}

const KEPT: Record<Outcome, Kept> = { met: 'kept', not_met: 'broken', no_data: 'unknown', not_enough_data: 'unknown' }
const RANK: Record<Kept, number> = { broken: 0, unknown: 1, kept: 2 }

const whenText = (month: string, running: boolean): string => `${running ? 'so far ' : ''}in ${monthName(month)}`

function answerOf(name: string, { kept, broken, unknown }: Counts, when: string): Pick<PlainSummary, 'answer' | 'kept'> {
  const judged = kept + broken
  const open = unknown > 0 && judged > 0 ? ` Of ${unknown} more nobody can say: too little was measured.` : ''
  if (judged + unknown === 0) return { answer: `Nothing was promised for ${name} ${when}.`, kept: 'unknown' }
  if (judged === 0) return { answer: `Nobody can say how well ${name} did ${when}: too little was measured.`, kept: 'unknown' }
  if (broken === 0) {
    const all = judged === 1 ? 'its promise' : judged === 2 ? 'both of its promises' : `all ${judged} of its promises`
    return { answer: `${name} kept ${all} ${when}.${open}`, kept: unknown > 0 ? 'unknown' : 'kept' }
  }
  if (kept === 0) {
    const all = judged === 1 ? 'its promise' : `none of its ${judged} promises`
    return { answer: `${name} ${judged === 1 ? 'did not keep' : 'kept'} ${all} ${when}.${open}`, kept: 'broken' }
  }
  return { answer: `${name} kept ${kept} of its ${judged} promises ${when}.${open}`, kept: 'broken' }
}

/** What went wrong when it did, by the kind of what is measured. */
function wordsOf(kind: string): { what: string; wrong: string } {
  const known = kind.toLowerCase()
  if (known.includes('latency')) return { what: 'attempts', wrong: 'took too long' }
  if (known.includes('freshness')) return { what: 'updates', wrong: 'came too late' }
  if (known.includes('completeness')) return { what: 'records', wrong: 'went missing' }
  if (known.includes('quality')) return { what: 'answers', wrong: 'were not as they should be' }
  return { what: 'attempts', wrong: 'failed' }
}

function promiseSentence(objective: ObjectiveMonth, length: number): string {
  const { outcome, sli, target, good, total, unit, slo } = objective
  if (sli === null || outcome === 'no_data') return 'Nothing was measured, so nobody can say.'
  const { what, wrong } = wordsOf(slo.kind)
  const allowed = 1 - target
  const said =
    outcome === 'met'
      ? 'That is what was promised'
      : outcome === 'not_met'
        ? 'That is worse than what was promised'
        : 'Too little happened to say whether that is what was promised'
  if (unit === 'slices') {
    const limit = target >= 1 ? 'never' : `at most ${plainTime(allowed * length)}`
    const bad = 1 - sli
    return `${bad <= 0 ? 'It was as it should be all the time.' : `For ${plainTime(bad * length)} it was not as it should be.`} ${said}: ${limit}.`
  }
  const bad = total - good
  const limit = target >= 1 ? 'none' : `at most ${promisedText(allowed)}`
  const actual = bad <= 0 ? `None of the ${what} ${wrong}.` : `${capital(happenedText(bad / total))} ${what} ${wrong}.`
  return `${actual} ${said}: ${limit}.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const worst = ({ costs }: ReportIncident): number => Math.max(0, ...costs.map(({ share }) => share))

/** Incidents that nobody named yet are named by the alert that opened them. */
const plainTitle = (title: string): string => title.replace(/^(.+) burns its budget$/, '“$1” went wrong more often than it may')

/** The costliest first, and how many more there were. */
function happenedOf(incidents: ReportIncident[], zone: string): string[] {
  const sorted = [...incidents].sort((a, b) => worst(b) - worst(a) || a.from - b.from)
  const shown = sorted.slice(0, MOST.happened).map(({ title, from, to }) => {
    const { day, month, year } = partsOf(from, zone)
    const name = monthName(`${year}-${String(month).padStart(2, '0')}`)
    return `${day} ${name}: ${plainTitle(title)}${to === null ? ', not over yet' : `, for ${plainTime(to - from)}`}.`
  })
  const more = sorted.length - shown.length
  return more > 0 ? [...shown, `And ${more} smaller ${more === 1 ? 'one' : 'ones'}.`] : shown
}

function ofOrganisation(report: OrganisationReport, { running, ...common }: Common): PlainSummary {
  const { totals, services, incidents, month } = report
  const broken = services.filter(({ notMet }) => notMet > 0)
  const before = report.months.at(-2)
  const than = before && before.judged > 0 ? ` In ${monthName(before.month)} it was ${before.met} of ${before.judged}.` : ''
  const answer = answerOf(
    'The organisation',
    { kept: totals.met, broken: totals.notMet, unknown: totals.open },
    whenText(month, running),
  )
  return {
    subject: 'All services',
    ...common,
    ...answer,
    answer: `${answer.answer}${totals.met + totals.notMet > 0 ? than : ''}`,
    promises: broken.slice(0, MOST.promises).map(({ name, notMet, met, worst: hardest }) => ({
      ...{ title: name, kept: 'broken' as const },
      sentence: `It did not keep ${notMet} of ${met + notMet} promises${hardest ? `; most was missing at “${hardest.name}”` : ''}.`,
    })),
    more: Math.max(0, broken.length - MOST.promises),
    happened: happenedOf(incidents, report.zone),
    next: plainSteps(report, MOST.next),
  }
}
