import type { Outlook } from '../slo/outlook'
import { matching, NO_FILTER } from '../slo/overview-filter'
import { indexOf, type OverviewTable } from '../slo/overview-rows'
import { SLO_STATES, type SloState } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'
import type { WallRow, WallView } from './schema'

/** Rows on one page of the wall, and how many of them are worth a turn: ten minutes later somebody has looked. */
export const PAGE = 8
const PAGES = 6

type Shown = { team: string | null; tier: string | null }
type Row = WallRow & { staleSince: UnixSeconds | null }

/**
 * What the wall shows of the table of all SLOs: counts of all of them, and of the most urgent ones a row each, in the order of
 * the overview. `team` is a name, `tier` as the table writes it. Also returns the numbers of the SLOs whose data are stale.
 */
export function wallOf(
  table: OverviewTable,
  { team, tier }: Shown,
): Omit<WallView, 'stale' | 'freezes' | 'of'> & { staleSlos: number[] } {
  const index = indexOf(table)
  const found = matching(index, { ...NO_FILTER, owner: team === null ? [] : [team], tier: tier === null ? [] : [tier] })
  const states = Object.fromEntries(SLO_STATES.map((state) => [state, 0])) as Record<SloState, number>
  const rows: WallRow[] = []
  const staleSlos: number[] = []
  const urgency = [0, 0, 0]
  const alerts = { page: 0, ticket: 0 }
  let next: WallView['next'] = null
  for (const row of found) {
    const group = index.urgency[row] ?? 2
    const { staleSince, ...one } = rowOf(table, row)
    states[one.state] += 1
    urgency[group] = (urgency[group] ?? 0) + 1
    if (one.alert) alerts[one.alert] += 1
    if (staleSince !== null) staleSlos.push(one.id)
    if (one.outlook?.kind === 'ends' && (next === null || one.outlook.at < next.at))
      next = { service: one.service, name: one.name, at: one.outlook.at }
    if (group < 2 && rows.length < PAGE * PAGES) rows.push(one)
  }
  return {
    ...{ asOf: table.asOf, total: found.length, states, pages: alerts.page, tickets: alerts.ticket },
    ...{ rows, urgent: urgency[0] ?? 0, watch: urgency[1] ?? 0, next, staleSlos },
  }
}

const rowOf = ({ columns }: OverviewTable, row: number): Row => ({
  id: columns.id[row] ?? 0,
  service: columns.service[row] ?? '',
  name: columns.name[row] ?? '',
  state: columns.state[row] as SloState,
  alert: columns.alert[row] ?? null,
  remaining: columns.remaining[row] ?? null,
  pace: columns.pace[row] ?? null,
  burn1h: columns.burn1h[row] ?? null,
  outlook: (columns.outlook[row] ?? null) as Outlook | null,
  staleSince: columns.staleSince[row] ?? null,
})

/** A poller that works is never further behind. Seconds. */
export const LATE = 240

/**
 * All is well: there are SLOs, their data are fresh, no alert fires, and none needs anybody. Attention and too little data may be:
 * nobody has to get up for them.
 */
export const isCalm = (view: WallView, now: UnixSeconds): boolean =>
  view.total > 0 &&
  view.asOf !== null &&
  now - view.asOf <= LATE &&
  view.urgent + view.pages + view.tickets + view.stale.length === 0 &&
  view.states.warning + view.states['no-data'] === 0
