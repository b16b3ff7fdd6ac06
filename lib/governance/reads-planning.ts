import 'server-only'
import { pool } from '../db/client'
import { periodOf, quarterOf, quartersFrom, quarterText } from '../priority/quarter'
import type { UnixSeconds } from '../time-series/units'
import { occurrence, type Practice, practiceOf } from './practice'

const QUARTERS = 4

type Row = { slug: string; name: string; quarter: string | null; decidedAt: number | null }

/** Each team that builds a service agrees how a quarter is shared, before it begins: the last four and the next one. */
export async function quarterlyPlanning(team: string | null, now: UnixSeconds): Promise<Practice> {
  const running = quarterOf(now)
  const quarters = Array.from({ length: QUARTERS + 1 }, (_, i) => quartersFrom(running, i - QUARTERS + 1))
  const { rows } = await pool().query<Row>(
    `SELECT t.slug, t.name, p.quarter, p.decided_at AS "decidedAt" FROM team t
     LEFT JOIN capacity_plan p ON p.team_id = t.id AND p.quarter = ANY($1)
     WHERE ($2::text IS NULL OR t.slug = $2) AND EXISTS (SELECT 1 FROM service s WHERE s.team_id = t.id)`,
    [quarters, team],
  )
  const teams = new Map(rows.map(({ slug, name }) => [slug, name]))
  const decided = new Map(rows.map(({ slug, quarter, decidedAt }) => [`${slug} ${quarter}`, decidedAt]))
  const occurrences = quarters.flatMap((quarter) =>
    [...teams].map(([slug, name]) =>
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
