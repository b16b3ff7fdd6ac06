import 'server-only'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import type { Check, Severity } from '../finding/finding'
import type { Tier } from '../service/tier'
import { overviewTable } from '../slo/reads-overview'
import type { UnixSeconds } from '../time-series/units'
import { ALERTS_OVER, type Effort, type JourneyPart } from './priority'
import type { PriorityRow } from './schema'

type Finding = { check: Check; severity: Severity; message: string }
type Row = {
  id: number
  tier: Tier
  teamSlug: string
  effort: Effort | null
  link: string | null
  note: string | null
  version: number
  ownerId: string | null
  ownerName: string | null
  pages: number
  tickets: number
  journeys: JourneyPart[]
  findings: Finding[]
}

const ROWS = `SELECT s.id, v.tier::text, t.slug AS "teamSlug", p.effort::text, p.link, p.note, coalesce(p.version, 0) AS version,
  u.id AS "ownerId", u.name AS "ownerName", coalesce(a.pages, 0) AS pages, coalesce(a.tickets, 0) AS tickets,
  coalesce((SELECT json_agg(json_build_object('name', j.name, 'criticality', j.criticality) ORDER BY j.name) FROM journey j
    WHERE j.result_slo_id = s.id OR EXISTS (SELECT 1 FROM journey_step x WHERE x.journey_id = j.id AND x.slo_id = s.id)), '[]') AS journeys,
  coalesce((SELECT json_agg(json_build_object('check', f.check_name, 'severity', f.severity, 'message', f.message) ORDER BY f.severity, f.check_name)
    FROM slo_finding f WHERE f.slo_id = s.id), '[]') AS findings
  FROM slo s JOIN service v ON v.id = s.service_id JOIN team t ON t.id = v.team_id
  LEFT JOIN reliability_priority p ON p.slo_id = s.id LEFT JOIN "user" u ON u.id = p.owner_id
  LEFT JOIN (SELECT slo_id, count(*) FILTER (WHERE severity = 'page')::int AS pages, count(*) FILTER (WHERE severity <> 'page')::int AS tickets
    FROM alert WHERE fired_at > $1 AND muted IS NULL GROUP BY slo_id) a ON a.slo_id = s.id
  WHERE s.deleted_at IS NULL AND s.lifecycle = 'active'`

/** A row before anybody has thought about what to do, with what that thinking needs. */
export type Facts = PriorityRow & { findings: Finding[]; burnDay: number | null }

/** Every SLO that is measured, as it stands, with what people said about it. Three questions, however many there are. */
export async function factsOf(actor: Actor, now: UnixSeconds): Promise<{ asOf: UnixSeconds | null; facts: Facts[] }> {
  const { asOf, columns } = await overviewTable(actor)
  const { rows } = await pool().query<Row>(ROWS, [(asOf ?? now) - ALERTS_OVER])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const facts = columns.id.flatMap((id, i): Facts[] => {
    const row = byId.get(id)
    if (!row) return []
    const remaining = columns.remaining[i] ?? null
    return [
      {
        slo: { id, name: columns.name[i] ?? '' },
        service: { slug: columns.serviceSlug[i] ?? '', name: columns.service[i] ?? '' },
        team: { slug: row.teamSlug, name: columns.team[i] ?? '' },
        ...{ tier: row.tier, journeys: row.journeys, state: columns.state[i] ?? 'no-data' },
        consumed: remaining === null ? null : 1 - remaining,
        ...{ pace: columns.pace[i] ?? null, burnDay: columns.burn24h[i] ?? null },
        alerts: { pages: row.pages, tickets: row.tickets },
        ...{
          findings: row.findings,
          broken: row.findings.filter(({ severity }) => severity === 'broken').map(({ check }) => check),
        },
        ...{ effort: row.effort ?? 'M', link: row.link ?? '', note: row.note ?? '', version: row.version, actions: [] },
        owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
      },
    ]
  })
  return { asOf, facts }
}
