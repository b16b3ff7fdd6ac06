import type pg from 'pg'
import { DAY, type Seconds, type UnixSeconds } from '../time-series/units'
import { orderOf } from './enqueue'

const KEEP: Seconds = 90 * DAY
const order = (row: string) => orderOf(`${row}.event`, `${row}.notice`, 'NULL')

/**
 * Removes what was sent or taken back 90 days ago, with its attempts; what failed stays until somebody sends it again. A
 * beginning stays until its end is written, however long that takes: the end looks for it. Returns how many went.
 */
export async function pruneOutbox(pool: pg.Pool, now: UnixSeconds): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM outbox_message m WHERE m.created_at < to_timestamp($1::float8 - $2) AND m.state IN ('sent', 'cancelled')
       AND (m.state = 'cancelled' OR ${order('m')} IS NULL OR m.event LIKE '%.resolved' OR EXISTS (
         SELECT 1 FROM outbox_message e WHERE e.channel_id = m.channel_id AND ${order('e')} = ${order('m')}
           AND e.id > m.id AND e.event LIKE '%.resolved'))`,
    [now, KEEP],
  )
  return rowCount ?? 0
}
