import 'server-only'
import { pool } from '../db/client'
import { periodOf, quarterOf, quartersFrom, quarterText } from '../priority/quarter'
import type { UnixSeconds } from '../time-series/units'
import { occurrence, type Practice, practiceOf } from './practice'

const QUARTERS = 4

type Row = { slug: string; name: string; since: number; quarter: string | null; decidedAt: number | null }

/** When a plan was first written down: later changes say when it was changed. */
const FIRST = `(SELECT floor(extract(epoch FROM min(a.at)))::int FROM audit_entry a
  WHERE a.entity_type = 'team' AND a.entity_id = t.id::text AND a.action = 'capacity_plan.save' AND a.after->>'quarter' = p.quarter)`

/**
 * Each team that builds a service agrees how a quarter is shared, before it begins: the last four and the next one. Quarters that
 * began before it had one were nobody's to plan.
 */
export async function quarterlyPlanning(team: string | null, now: UnixSeconds): Promise<Practice> {
  const running = quarterOf(now)
  const quarters = Array.from({ length: QUARTERS + 1 }, (_, i) => quartersFrom(running, i - QUARTERS + 1))
  const { rows } = await pool().query<Row>(
    `SELECT t.slug, t.name, s.since, p.quarter, least(p.decided_at, ${FIRST}) AS "decidedAt" FROM team t
     JOIN (SELECT team_id, extract(epoch FROM min(created_at))::float AS since FROM service GROUP BY team_id) s ON s.team_id = t.id
     LEFT JOIN capacity_plan p ON p.team_id = t.id AND p.quarter = ANY($1)
     WHERE $2::text IS NULL OR t.slug = $2`,
    [quarters, team],
  )
  const teams = new Map(rows.map(({ slug, name, since }) => [slug, { name, since }]))
  const decided = new Map(rows.map(({ slug, quarter, decidedAt }) => [`${slug} ${quarter}`, decidedAt]))
  const occurrences = quarters.flatMap((quarter) =>
    [...teams]
      .filter(([, { since }]) => since < periodOf(quarter).from)
      .map(([slug, { name }]) =>
        occurrence(
          {
            due: periodOf(quarter).from,
            done: decided.get(`${slug} ${quarter}`) ?? null,
            what: `${name}, ${quarterText(quarter)}`,
            // A quarter is planned on the page of the one before.
            link: `/planning?team=${slug}&quarter=${quartersFrom(quarter, -1)}`,
          },
          now,
        ),
      ),
  )
  const words = { key: 'planning', name: 'Quarterly planning', over: 'the last four quarters and the next one' }
  return practiceOf({ ...words, cadence: 'Each team agrees how a quarter is shared before it begins.' }, occurrences)
}
