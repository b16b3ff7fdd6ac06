import 'server-only'
import { startsBetween } from '../correction/schedule'
import { pool } from '../db/client'
import { DAY, type UnixSeconds } from '../time-series/units'
import { occurrence, type Practice, practiceOf } from './practice'

const OVER = 84 * DAY
/** A cycle comes once a year at least. */
const AHEAD = 400 * DAY

type Row = {
  id: number
  name: string
  rrule: string
  timeZone: string
  startsAt: string
  held: { at: number; status: string; started: number; id: number }[] | null
}

/** Each occurrence of a cycle is held before the next one comes; one that was skipped, with its reason, is asked of nobody. */
export async function reviews(team: string | null, now: UnixSeconds): Promise<Practice> {
  const { rows } = await pool().query<Row>(
    `SELECT c.id, c.name, c.rrule, c.time_zone AS "timeZone", c.starts_at AS "startsAt",
       (SELECT json_agg(json_build_object('at', r.occurrence, 'status', r.status, 'started', r.started_at, 'id', r.id))
        FROM review r WHERE r.cycle_id = c.id AND r.occurrence > $2) AS held
     FROM review_cycle c LEFT JOIN service s ON s.id = c.service_id JOIN team t ON t.id = coalesce(c.team_id, s.team_id)
     WHERE c.deleted_at IS NULL AND c.enabled AND ($1::text IS NULL OR t.slug = $1) ORDER BY c.id`,
    [team, now - OVER],
  )
  const occurrences = rows.flatMap(({ name, rrule, timeZone, startsAt, held }) => {
    const starts = startsBetween({ from: startsAt, timeZone, rrule }, { from: now - OVER, to: now + AHEAD })
    return starts.flatMap((at, i) => {
      const due = starts[i + 1]
      const found = held?.find((one) => one.at === at)
      if (at > now || due === undefined || found?.status === 'skipped') return []
      const link = found?.status === 'closed' ? `/review/${found.id}/minutes` : '/review'
      return [occurrence({ due, done: found?.started ?? null, what: name, link }, now)]
    })
  })
  const words = { key: 'reviews', name: 'Reviews', over: 'the last twelve weeks; what was skipped for a reason is left out' }
  return practiceOf({ ...words, cadence: 'Each cycle is held before its next occurrence comes.' }, occurrences)
}
