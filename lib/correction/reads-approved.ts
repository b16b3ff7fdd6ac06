import type pg from 'pg'
import type { WantedSpans } from '../measurement/excluded-spans'
import { DAY, type UnixSeconds } from '../time-series/units'
import { occurrences, type Schedule, scheduleSchema } from './schedule'
import { clippedTo, type Stretch } from './spans'

type Queryable = Pick<pg.Pool, 'query'>
export type Which = { shard: number } | { ids: number[] }

/** Spans are laid out over what is kept by the hour, and this far ahead; the poller lays out more as time goes on. */
const BACK = 400 * DAY
const AHEAD = 3 * DAY
export const horizonOf = (now: UnixSeconds): Stretch => ({ from: now - BACK, to: now + AHEAD })

/** SLO and correction, for every SLO that a correction is about: named, or of its service. */
export const TOUCHED = `correction c JOIN slo s ON s.deleted_at IS NULL AND (s.service_id = c.service_id
  OR EXISTS (SELECT 1 FROM correction_slo cs WHERE cs.correction_id = c.id AND cs.slo_id = s.id))`

/** How the set of corrections differs from what is approved: to see what a decision would do. */
export type Supposed = { with?: { sloIds: Set<number>; schedule: Schedule }; without?: number }

/** What the approved exclusions of SLOs ask for, not yet merged; SLOs that nothing is asked for have no stretches. */
export async function wantedSpans(
  on: Queryable,
  which: Which,
  now: UnixSeconds,
  supposed: Supposed = {},
): Promise<WantedSpans[]> {
  const [column, values] = 'shard' in which ? ['shard', [which.shard]] : ['id', which.ids]
  const { rows: slos } = await on.query<{ id: number; history: number | null; newest: number | null }>(
    `SELECT s.id, e.history_from AS history, coalesce(st.ts, 0) AS newest FROM slo s
     JOIN slo_evaluation e ON e.slo_id = s.id LEFT JOIN slo_status st ON st.slo_id = s.id
     WHERE s.deleted_at IS NULL AND s.${column} = ANY($1::int[])`,
    [values],
  )
  const { rows: asked } = await on.query<{ slo: number; id: number; schedule: unknown }>(
    `SELECT s.id AS slo, c.id, c.schedule FROM ${TOUCHED}
     WHERE c.status = 'approved' AND c.kind = 'exclusion' AND s.${column} = ANY($1::int[])`,
    [values],
  )
  const horizon = horizonOf(now)
  const laidOut = new Map<number, Stretch[]>()
  const stretches = (id: number, schedule: unknown): Stretch[] => {
    const known = laidOut.get(id) ?? occurrences(scheduleSchema.parse(schedule), horizon)
    laidOut.set(id, known)
    return known
  }
  return slos.map(({ id, history, newest }) => {
    const mine = asked
      .filter((one) => one.slo === id && one.id !== supposed.without)
      .flatMap((one) => stretches(one.id, one.schedule))
    if (supposed.with?.sloIds.has(id)) mine.push(...stretches(-1, supposed.with.schedule))
    const from = Math.max(horizon.from, history ?? horizon.to)
    return { id, newest: newest ?? 0, stretches: clippedTo(mine, { from, to: horizon.to }) }
  })
}

/** Approved credits of SLOs, one row per SLO and correction. */
export async function wantedCredits(
  on: Queryable,
  which: Which,
): Promise<{ sloId: number; correctionId: number; at: UnixSeconds; minutes: number }[]> {
  const [column, values] = 'shard' in which ? ['shard', [which.shard]] : ['id', which.ids]
  const { rows } = await on.query<{ sloId: number; correctionId: number; at: number; minutes: number }>(
    `SELECT s.id AS "sloId", c.id AS "correctionId", c.granted_at AS at, c.minutes FROM ${TOUCHED}
     WHERE c.status = 'approved' AND c.kind = 'credit' AND s.${column} = ANY($1::int[])`,
    [values],
  )
  return rows
}
