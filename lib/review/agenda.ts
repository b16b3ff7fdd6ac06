import { leftText, spentText } from '../format'
import { dayText } from '../format-time'
import { isOpen } from '../incident/lifecycle'
import { incidentName } from '../incident/words'
import { type SloState, stateRank } from '../slo/state'
import { STATE_WORDS } from '../slo/words'
import type { Ratio, UnixSeconds } from '../time-series/units'
import type { AgendaItem, FrozenAction, FrozenIncident, FrozenRequest, FrozenSlo, FrozenWaiver } from './snapshot'

type SloFact = Pick<FrozenSlo, 'id' | 'name' | 'state' | 'since' | 'before' | 'alert' | 'remaining' | 'remainingThen'> & {
  service: { name: string }
}
export type AgendaFacts = {
  since: UnixSeconds
  now: UnixSeconds
  slos: SloFact[]
  incidents: Pick<FrozenIncident, 'id' | 'title' | 'severity' | 'status' | 'startedAt'>[]
  actions: Pick<FrozenAction, 'late'>[]
  requests: Pick<FrozenRequest, 'outcome'>[]
  waivers: Pick<FrozenWaiver, 'status' | 'until'>[]
}

/** A budget that lost this much since the last review has a screen of its own. */
export const BIG_BURN: Ratio = 0.05
const NOISE = 1e-9
/** Screens that ten minutes leave room for; what changed less stands in the table of the rest. */
export const MOST_SLOS = 12
export const MOST_INCIDENTS = 8

/** Why an SLO is looked at, and how much it matters. `null`: it is part of the rest. */
export function whyLookedAt(
  slo: SloFact,
  { since, now }: Pick<AgendaFacts, 'since' | 'now'>,
): { rank: number; reason: string } | null {
  const { state, before, alert, remaining, remainingThen } = slo
  const lost = remaining === null || remainingThen === null ? 0 : remainingThen - remaining
  const burned = lost >= BIG_BURN - NOISE ? `${spentText(lost)} % of the budget less` : null
  const changed = before === null ? slo.since > since : before !== state
  if (alert === 'page') return { rank: 0, reason: `pages now${changed ? `, ${movedText(slo, now)}` : ''}` }
  if (changed && (before === null ? state !== 'healthy' : stateRank(state) < stateRank(before) || isUnknown(state)))
    return { rank: 1, reason: movedText(slo, now) }
  if (burned) return { rank: 2, reason: burned }
  if (changed) return { rank: 3, reason: movedText(slo, now) }
  if (state !== 'healthy') return { rank: 4, reason: `still ${STATE_WORDS[state]}, ${leftText(remaining)} % left` }
  return null
}

const isUnknown = (state: SloState): boolean => state === 'no-data' || state === 'not-enough-data'

const movedText = ({ before, state, since }: SloFact, now: UnixSeconds): string =>
  before === null ? `${STATE_WORDS[state]} since ${dayText(since, now)}` : `${STATE_WORDS[before]} → ${STATE_WORDS[state]}`

/**
 * What a meeting goes through, in order: what was left open, then what changed since the last review, worst first, then the
 * rest; incidents; decisions; and the end. Every item says why it is there.
 */
export function agendaOf(facts: AgendaFacts): AgendaItem[] {
  return [...actionItems(facts), ...sloItems(facts), ...incidentItems(facts), ...decisionItems(facts)]
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

function actionItems({ actions }: AgendaFacts): AgendaItem[] {
  if (actions.length === 0) return []
  const late = actions.filter((action) => action.late).length
  const reason = `${actions.length} open${late > 0 ? `, ${late} late` : ''}`
  return [{ key: 'actions', part: 'performance', kind: 'actions', id: null, title: 'Open actions', reason }]
}

function sloItems(facts: AgendaFacts): AgendaItem[] {
  const looked = facts.slos.flatMap((slo) => {
    const why = whyLookedAt(slo, facts)
    return why ? [{ slo, ...why }] : []
  })
  const lost = ({ slo: { remaining, remainingThen } }: (typeof looked)[number]) =>
    remaining === null || remainingThen === null ? 0 : remainingThen - remaining
  looked.sort(
    (a, b) => a.rank - b.rank || stateRank(a.slo.state) - stateRank(b.slo.state) || lost(b) - lost(a) || a.slo.id - b.slo.id,
  )
  const shown = looked.slice(0, MOST_SLOS).map(
    ({ slo, reason }): AgendaItem => ({
      ...{ key: `slo:${slo.id}`, part: 'performance', kind: 'slo', id: slo.id, title: slo.name, reason },
    }),
  )
  const rest = facts.slos.length - shown.length
  if (rest === 0) return shown
  const over = looked.length - shown.length
  const reason = over > 0 ? `${rest} SLOs, ${over} of them changed less` : `${rest} within budget`
  return [...shown, { key: 'rest', part: 'performance', kind: 'rest', id: null, title: 'The rest', reason }]
}

function incidentItems({ incidents, since }: AgendaFacts): AgendaItem[] {
  if (incidents.length === 0)
    return [
      { key: 'quiet', part: 'incidents', kind: 'quiet', id: null, title: 'No incident', reason: 'none since the last review' },
    ]
  const open = (status: FrozenIncident['status']) => isOpen(status)
  return [...incidents]
    .sort(
      (a, b) =>
        Number(open(b.status)) - Number(open(a.status)) || a.severity.localeCompare(b.severity) || b.startedAt - a.startedAt,
    )
    .slice(0, MOST_INCIDENTS)
    .map(({ id, title, severity, status, startedAt }): AgendaItem => {
      const when = startedAt > since ? 'new' : 'known'
      return {
        ...{ key: `incident:${id}`, part: 'incidents', kind: 'incident', id, title: `${incidentName(id)} ${title}` },
        reason: `${severity.toUpperCase()}, ${when}, ${open(status) ? 'open' : status}`,
      }
    })
}

function decisionItems({ requests, waivers }: AgendaFacts): AgendaItem[] {
  const counted = (outcome: FrozenRequest['outcome']) => requests.filter((request) => request.outcome === outcome).length
  const [refused, waiting] = [counted('refused') + counted('blocked') + counted('deferred'), counted('waits')]
  const releases = [refused > 0 ? `${refused} held back` : '', waiting > 0 ? `${waiting} waiting` : ''].filter(Boolean).join(', ')
  const active = waivers.filter(({ status }) => status === 'active').length
  const item = (key: 'releases' | 'waivers' | 'close', title: string, reason: string): AgendaItem => ({
    ...{ key, part: 'decisions', kind: key, id: null, title, reason },
  })
  return [
    ...(requests.length > 0 ? [item('releases', 'Releases', releases)] : []),
    ...(waivers.length > 0
      ? [item('waivers', 'Waivers', active > 0 ? `${active} in force` : plural(waivers.length, 'to look at', 'to look at'))]
      : []),
    item('close', 'Close', 'checklist and minutes'),
  ]
}
