import type pg from 'pg'
import { transaction } from '../db/client'
import { spentText } from '../format'
import { lengthText } from '../format-time'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import { locked, saved } from './commands-change'
import { moved } from './lifecycle'

const SYSTEM = { type: 'system', job: 'poller' } as const
/** Without a measurement so long after its day has passed and it is known of, there will be none. */
const TOO_LATE = 6 * HOUR

type Cost = { name: string; excess: number; seconds: number }

/** What a release did, in a sentence: the budget that lost most beyond what it would have lost anyway. */
export function costText(costs: Cost[]): string {
  const [most] = [...costs].sort((a, b) => b.excess - a.excess)
  if (!most) return 'No budget was measured after it.'
  const within = most.seconds >= DAY ? 'a day' : `${lengthText(most.seconds)}, until the next release,`
  return most.excess > 0
    ? `Within ${within} it cost ${spentText(most.excess)} % of the budget of ${most.name}.`
    : `Within ${within} it cost nothing beyond what went before.`
}

/** A released request is observed once its day is measured. Returns how many are. */
export async function observeReleases(pool: pg.Pool, now: UnixSeconds): Promise<number> {
  const { rows } = await pool.query<{ id: number; costs: Cost[]; due: number; open: boolean }>(
    `SELECT q.id, greatest(r.released_at + $1, extract(epoch FROM r.created_at)::int) AS due,
       coalesce(json_agg(json_build_object('name', s.name, 'excess', c.excess, 'seconds', c.to_ts - r.released_at))
       FILTER (WHERE s.id IS NOT NULL), '[]') AS costs,
       EXISTS (SELECT 1 FROM slo g JOIN slo_evaluation e ON e.slo_id = g.id AND e.history_from < r.released_at
         WHERE g.service_id = r.service_id AND g.gating AND g.deleted_at IS NULL AND g.lifecycle = 'active'
           AND NOT EXISTS (SELECT 1 FROM release_cost x WHERE x.release_id = r.id AND x.slo_id = g.id AND x.horizon = $1)) AS open
     FROM release_request q JOIN release r ON r.id = q.release_id
     LEFT JOIN release_cost c ON c.release_id = r.id AND c.horizon = $1 LEFT JOIN slo s ON s.id = c.slo_id AND s.gating
     WHERE q.status = 'released' GROUP BY q.id, r.id, r.service_id, r.released_at, r.created_at`,
    [DAY],
  )
  let observed = 0
  for (const { id, costs, due, open } of rows) {
    if ((open || costs.length === 0) && now - due < TOO_LATE) continue
    observed += await transaction(async (tx) => {
      const request = await locked(tx, id)
      const status = moved({ status: request.status, decision: request.decision, approvers: [], approvals: [] }, 'observe')
      if (status === null) return 0
      await saved(tx, SYSTEM, request, { data: { status }, verb: 'observed', at: now, text: costText(costs), detail: { costs } })
      return 1
    })
  }
  return observed
}
