import 'server-only'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import type { ServiceSummary } from '../slo/detail'
import { labelTexts } from '../slo/labels'
import type { OverviewColumns, OverviewTable } from '../slo/overview-rows'
import { overviewTable } from '../slo/reads'
import { type SloState, stateRank } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'

type Row = Omit<ServiceSummary, 'labels' | 'states' | 'worst' | 'sloCount'> & { labels: unknown; createdAt: UnixSeconds }

const ROWS = `SELECT v.slug, v.name, v.description, replace(v.tier::text, '_', ' ') AS tier, v.kind::text, t.name AS team, v.labels,
  extract(epoch FROM v.created_at)::int AS "createdAt" FROM service v JOIN team t ON t.id = v.team_id`

function summaryOf({ columns }: OverviewTable, row: Row): ServiceSummary & { createdAt: UnixSeconds } {
  const states: Record<string, number> = {}
  columns.serviceSlug.forEach((slug, i) => {
    const state = columns.state[i]
    if (slug === row.slug && state) states[state] = (states[state] ?? 0) + 1
  })
  const known = Object.keys(states) as SloState[]
  return {
    ...row,
    labels: labelTexts(row.labels),
    states,
    worst: known.sort((a, b) => stateRank(a) - stateRank(b))[0] ?? null,
    sloCount: Object.values(states).reduce((sum, count) => sum + count, 0),
  }
}

/** All services by name. `overviewTable` authorizes. */
export async function listServices(actor: Actor): Promise<ServiceSummary[]> {
  const table = await overviewTable(actor)
  const { rows } = await pool().query<Row>(`${ROWS} ORDER BY v.name`)
  return rows.map((row) => {
    const { createdAt: _, ...summary } = summaryOf(table, row)
    return summary
  })
}

export type ServiceDetail = { service: ServiceSummary & { createdAt: UnixSeconds }; slos: OverviewTable }

/** One service and its SLOs. Throws NOT_FOUND. */
export async function serviceDetail(actor: Actor, slug: string): Promise<ServiceDetail> {
  const table = await overviewTable(actor)
  const { rows } = await pool().query<Row>(`${ROWS} WHERE v.slug = $1`, [slug])
  const row = rows[0]
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  const mine = table.columns.serviceSlug.flatMap((owner, i) => (owner === slug ? [i] : []))
  const columns = Object.fromEntries(
    Object.entries(table.columns).map(([key, column]) => [key, mine.map((i) => column[i])]),
  ) as OverviewColumns
  return { service: summaryOf(table, row), slos: { ...table, columns } }
}
