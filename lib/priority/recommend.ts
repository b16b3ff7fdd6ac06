import type { Check, Severity } from '../finding/finding'
import { burnText, spentText } from '../format'
import type { Cause } from '../ledger/cause'
import type { LineKind } from '../ledger/ledger'
import type { Ratio } from '../time-series/units'
import type { AlertCounts } from './priority'

/** What a gap is looked at for: where its budget went, and what else is known. */
export type Evidence = {
  sloId: number
  /** of the window's budget; the lines add up to it */
  consumed: number
  lines: { kind: LineKind; cause: Cause | null; share: Ratio }[]
  /** burn over a day, over the lookback of the pace, and over the window (null for calendar windows), × */
  burn: { day: number | null; pace: number | null; window: number | null }
  findings: { check: Check; severity: Severity; message: string }[]
  alerts: AlertCounts
  /** what is known of the incidents among the causes */
  incidents: Map<number, { ended: boolean; reviewed: boolean; open: string[] }>
  /** team of a service, by the name of the service */
  teamOf: Map<string, string>
}

/** Something to do, and what speaks for it. `href`: where it begins. */
export type Recommendation = { what: string; because: string; href: string | null }

/** One cause, or one kind of cause, that spent this share of what was spent is worth a step of its own. */
const MOST: Ratio = 0.5
const MUCH: Ratio = 0.3
/** Burns of a day, three days and the window that differ by less are one constant burn. */
const STEADY: Ratio = 1 / 3
/** Alerts within budget that people begin to ignore. */
const NOISY = 5

const of = (share: number, consumed: number): string =>
  `${spentText(share)} of the ${spentText(consumed)} points of budget that were spent`

/** What to do about a gap, most telling first; never empty. Each rule names what it has seen. */
export function recommend(evidence: Evidence): Recommendation[] {
  const found = [
    ...indicatorFirst(evidence),
    ...(isOver(evidence) ? [...incidents(evidence), releases(evidence), dependency(evidence), unexplained(evidence)] : []),
  ].filter((one) => one !== null)
  if (found.length > 0) return found
  return [isOver(evidence) ? lookAround(evidence) : alertsOnly(evidence)]
}

const isOver = ({ consumed, burn }: Evidence): boolean => consumed > 1 || (burn.pace ?? 0) > 1

function indicatorFirst({ sloId, findings }: Evidence): Recommendation[] {
  const href = `/slos/${sloId}/edit`
  const bound = findings.find(({ check }) => check === 'bucket-bound')
  const broken = findings.filter(({ check, severity }) => severity === 'broken' && check !== 'bucket-bound')
  return [
    ...broken.map(({ message }) => ({ what: 'Repair the indicator before anything else', because: message, href })),
    ...(bound ? [{ what: 'Move the threshold to a bucket bound', because: bound.message, href }] : []),
  ]
}

function incidents({ lines, consumed, incidents: known }: Evidence): Recommendation[] {
  if (consumed <= 0) return []
  return lines.flatMap(({ cause, share }) => {
    if (cause?.kind !== 'incident' || share < MOST * consumed) return []
    const because = `“${cause.title}” (INC-${cause.id}) spent ${of(share, consumed)}.`
    const { ended = true, reviewed = false, open = [] } = known.get(cause.id) ?? {}
    const href = `/incidents/${cause.id}`
    if (!ended) return [{ what: 'End the incident first', because: `${because} It goes on.`, href }]
    const first = open[0]
    if (first) {
      const more = open.length > 1 ? `, and ${open.length - 1} more` : ''
      return [{ what: `Close its open actions: ${first}${more}`, because, href }]
    }
    if (!reviewed)
      return [{ what: 'Hold its retrospective and agree on actions', because: `${because} It is not reviewed.`, href }]
    return [{ what: 'See whether its actions are enough', because: `${because} Every action is done.`, href }]
  })
}

const sumOf = ({ lines }: Evidence, kind: LineKind): number =>
  lines.reduce((sum, line) => (line.kind === kind ? sum + line.share : sum), 0)

function releases(evidence: Evidence): Recommendation | null {
  const share = sumOf(evidence, 'release')
  if (evidence.consumed <= 0 || share < MUCH * evidence.consumed) return null
  const causes = evidence.lines.flatMap(({ cause }) => (cause?.kind === 'release' ? [cause] : []))
  const names = causes.map(({ version }) => version).join(', ')
  return {
    what: 'Make releases smaller, or send them to a canary first',
    because: `Releases (${names}) spent ${of(share, evidence.consumed)}.`,
    href: causes[0] ? `/releases?service=${causes[0].slug}` : '/releases',
  }
}

function dependency(evidence: Evidence): Recommendation | null {
  const { lines, consumed, teamOf } = evidence
  const share = sumOf(evidence, 'dependency')
  if (consumed <= 0 || share < MUCH * consumed) return null
  const causes = lines.flatMap(({ cause }) => (cause?.kind === 'dependency' ? [cause] : []))
  const services = [...new Set(causes.map(({ service }) => service))]
  const owners = services.map((service) => `${teamOf.get(service) ?? 'the owner'} about ${service}`)
  return {
    what: `Talk to ${owners.join(', and to ')}`,
    because: `What it needs and what broke spent ${of(share, consumed)}.`,
    href: causes[0] ? `/incidents/${causes[0].id}` : null,
  }
}

function unexplained(evidence: Evidence): Recommendation | null {
  const { sloId, consumed, burn } = evidence
  const share = sumOf(evidence, 'unexplained')
  if (consumed <= 0 || share < MOST * consumed) return null
  const because = `Nobody answers for ${of(share, consumed)}`
  if (isSteady(burn)) {
    const window = burn.window === null ? '' : ` and ${burnText(burn.window)}× over the window`
    const steady = `it burns evenly: ${burnText(burn.day)}× over a day, ${burnText(burn.pace)}× at its pace${window}`
    return {
      what: 'Mend what fails all the time, or lower the target',
      because: `${because}, and ${steady}.`,
      href: `/slos/${sloId}/what-if`,
    }
  }
  return { what: 'Find the cause and claim it in the ledger', because: `${because}.`, href: `/slos/${sloId}/ledger` }
}

/** It burns, and as fast today as all the time. */
function isSteady({ day, pace, window }: Evidence['burn']): boolean {
  if (day === null || pace === null || pace <= 0) return false
  const near = (burn: number) => Math.abs(burn / pace - 1) <= STEADY
  return near(day) && (window === null || near(window))
}

/** Within budget it is here because people were told of it. */
function alertsOnly({ sloId, consumed, alerts: { pages, tickets } }: Evidence): Recommendation {
  const noisy = pages + tickets >= NOISY
  return {
    what: noisy ? 'Test a quieter alert policy on the past' : 'See whether its alerts were worth it',
    because: `${many(pages, 'page')} and ${many(tickets, 'ticket')} in 30 days, with ${spentText(consumed)} % of the budget spent.`,
    href: noisy ? `/slos/${sloId}` : `/alerts?slo=${sloId}`,
  }
}

const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

function lookAround({ sloId, consumed, lines }: Evidence): Recommendation {
  const [largest] = [...lines].sort((a, b) => b.share - a.share)
  const because = `No cause stands out; the largest spent ${of(largest?.share ?? 0, consumed)}.`
  return { what: 'Look at what spends the budget', because, href: `/slos/${sloId}/ledger` }
}
