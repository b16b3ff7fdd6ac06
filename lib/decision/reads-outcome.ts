import { pool } from '../db/client'
import type { Decision, Risk } from '../release/vocabulary'
import type { Ratio } from '../time-series/units'
import type { RequestStatus } from './lifecycle'

/** What was asked and decided before a release, and what it cost. */
export type ReleaseOutcome = {
  request: { id: number; risk: Risk; decision: Decision | null; status: RequestStatus } | null
  /** share of the budget that lost most, within an hour and a day; null: not measured (yet) */
  hour: Ratio | null
  day: Ratio | null
}

/** By release. Who asks has been authorized to read releases. */
export async function outcomesOf(releaseIds: number[]): Promise<Map<number, ReleaseOutcome>> {
  const { rows } = await pool().query<ReleaseOutcome & { release: number }>(
    `SELECT r.id AS release, CASE WHEN q.id IS NOT NULL
         THEN json_build_object('id', q.id, 'risk', q.risk, 'decision', q.decision, 'status', q.status) END AS request,
       (SELECT max(c.excess) FROM release_cost c WHERE c.release_id = r.id AND c.horizon = 3600) AS hour,
       (SELECT max(c.excess) FROM release_cost c WHERE c.release_id = r.id AND c.horizon = 86400) AS day
     FROM release r LEFT JOIN release_request q ON q.release_id = r.id WHERE r.id = ANY($1::int[])`,
    [releaseIds],
  )
  return new Map(rows.map(({ release, ...outcome }) => [release, outcome]))
}
