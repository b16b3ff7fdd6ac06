import type pg from 'pg'
import type { Transaction } from '../db/client'
import type { Notice } from './notice'

type Queryable = Pick<pg.Pool, 'query'>

/**
 * What has to arrive in order: the notices of one severity of one SLO, those of one incident. Everything else is free.
 * SQL over a row of outbox_message, or one that is about to become one.
 */
export const orderOf = (event: string, notice: string, otherwise: string): string =>
  `CASE split_part(${event}, '.', 1)
     WHEN 'alert' THEN concat_ws(' ', 'alert', ${notice}->'slo'->>'id', ${notice}->>'severity')
     WHEN 'incident' THEN concat_ws(' ', 'incident', ${notice}->>'incidentId')
     ELSE ${otherwise} END`

/**
 * One row per channel that any of its routes leads to. A channel that is off takes nothing new, except the end of what
 * still waits in it: whoever is told of a beginning is told of the end.
 */
const STATEMENT = `
  INSERT INTO outbox_message (channel_id, key, event, subject, notice)
  SELECT c.id, n->>'key', n->>'event', n->>'subject', n
  FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS told (n, nth) JOIN channel c ON EXISTS (
    SELECT 1 FROM notification_route r WHERE r.channel_id = c.id
      AND (cardinality(r.severities) = 0 OR n->>'severity' = ANY(r.severities))
      AND (cardinality(r.tiers) = 0 OR n->'service'->>'tier' = ANY(r.tiers))
      AND (cardinality(r.teams) = 0 OR n->'service'->>'team' = ANY(r.teams)))
  WHERE c.enabled OR (n->>'event' LIKE '%.resolved' AND EXISTS (
    SELECT 1 FROM outbox_message w WHERE w.channel_id = c.id AND w.state IN ('waiting', 'sending')
      AND ${orderOf('w.event', 'w.notice', "'free'")} = ${orderOf("(n->>'event')", 'n', "'none'")}))
  ORDER BY nth, c.id
  ON CONFLICT (channel_id, key) DO NOTHING`

/** Puts notices into the outbox, in the caller's transaction. The same key again is the same notice: nothing happens. */
export async function enqueueAll(client: Queryable, notices: Notice[]): Promise<void> {
  if (notices.length > 0) await client.query(STATEMENT, [JSON.stringify(notices)])
}

export const enqueue = (client: Queryable, notice: Notice): Promise<void> => enqueueAll(client, [notice])

/** The same, in a transaction of Prisma. */
export async function enqueueIn(tx: Transaction, notice: Notice): Promise<void> {
  await tx.$executeRawUnsafe(STATEMENT, JSON.stringify([notice]))
}
