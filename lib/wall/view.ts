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
/** What the table alone says. */
type Seen = Omit<WallView, 'of' | 'behind' | 'stale' | 'moreStale' | 'freezes' | 'moreFreezes'>

/**
 * What the wall shows of the table of all SLOs: counts of all of them, and of the most urgent ones a row each, in the order of
 * the overview; one that fires is to be watched, however healthy. `team` is a name, `tier` as the table writes it. Also returns the numbers of the SLOs whose data are stale.
 */
export function wallOf(table: OverviewTable, { team, tier }: Shown): Seen & { staleSlos: number[] } {
  const index = indexOf(table)
  const found = matching(index, { ...NO_FILTER, owner: team === null ? [] : [team], tier: tier === null ? [] : [tier] })
  const states = Object.fromEntries(SLO_STATES.map((state) => [state, 0])) as Record<SloState, number>
  const rows: WallRow[] = []
  const staleSlos: number[] = []
  const urgency = [0, 0, 0]
  const alerts = { page: 0, ticket: 0 }
  let next: WallView['next'] = null
  for (const row of found) {
    const { staleSince, ...one } = rowOf(table, row)
    const group = Math.min(index.urgency[row] ?? 2, one.alert ? 1 : 2)
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
  outlook: publicOf((columns.outlook[row] ?? null) as Outlook | null),
  staleSince: columns.staleSince[row] ?? null,
})

/** What a source answered may name hosts and queries: a wall is read by anybody. */
const publicOf = (outlook: Outlook | null): Outlook | null =>
  outlook?.kind === 'unmeasured' ? { ...outlook, why: 'it cannot be measured' } : outlook

/** A poller that works is never further behind. Seconds. */
export const LATE = 240

/** Nothing that is known calls for anybody, and everything is known. Attention may be: nobody has to get up for it. */
export const isWell = ({ total, urgent, pages, tickets, states, stale, moreStale, behind }: WallView): boolean =>
  total > 0 &&
  urgent + pages + tickets + stale.length + moreStale + behind.count === 0 &&
  states.warning + states['no-data'] + states['not-enough-data'] === 0

/** All is well, and that is fresh. Without data there is no green. */
export const isCalm = (view: WallView, now: UnixSeconds): boolean => isWell(view) && view.asOf !== null && now - view.asOf <= LATE
