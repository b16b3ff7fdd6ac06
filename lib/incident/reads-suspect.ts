import type pg from 'pg'
import { HOUR, MINUTE, type UnixSeconds } from '../time-series/units'

/** A release this long before harm may have brought it. */
const BEFORE = 2 * HOUR

/**
 * The newest release of a service within two hours before harm began. The harm began somewhere in the minute after
 * `startedAt`, so a release within that minute counts as well.
 */
export async function suspectOf(
  client: Pick<pg.Pool, 'query'>,
  serviceId: number,
  startedAt: UnixSeconds,
): Promise<{ id: number; version: string; releasedAt: UnixSeconds } | null> {
  const { rows } = await client.query(
    `SELECT id, version, released_at AS "releasedAt" FROM release WHERE service_id = $1 AND released_at BETWEEN $2 AND $3
     ORDER BY released_at DESC, id DESC LIMIT 1`,
    [serviceId, startedAt - BEFORE, startedAt + MINUTE],
  )
  return rows[0] ?? null
}
