import type pg from 'pg'
import type { Transaction } from '../db/client'
import type { Notice } from './notice'

type Queryable = Pick<pg.Pool, 'query'>

/**
 * What has to arrive in order: the notices of one severity of one SLO, those of one incident. Everything else is free.
 * SQL over a row of outbox_message, or one that is about to become one. An index of migration 0008 is on this very expression,
 * with NULL for what is free: `concat_ws` would not do there.
 */
export const orderOf = (event: string, notice: string, otherwise: string): string =>
  `CASE split_part(${event}, '.', 1)
     WHEN 'alert' THEN 'alert ' || coalesce(${notice}->'slo'->>'id', '') || ' ' || coalesce(${notice}->>'severity', '')
     WHEN 'incident' THEN 'incident ' || coalesce(${notice}->>'incidentId', '')
     ELSE ${otherwise} END`

/** In the key of a message that a person sends once more. */
export const AGAIN = ' again '

const isEnd = (event: string): string => `${event} LIKE '%.resolved'`
const TOLD = "(n->>'event')"
const same = (row: string): string =>
  `${row}.channel_id = c.id AND ${orderOf(`${row}.event`, `${row}.notice`, 'NULL')} = ${orderOf(TOLD, 'n', 'NULL')}`

/** As whom a channel heard of what ends now: of every beginning that had no end yet, the newest first. */
const BEGINNINGS = `
  SELECT jsonb_agg(jsonb_build_object(
    'severity', b.notice->'severity', 'service', b.notice->'service', 'slo', b.notice->'slo') ORDER BY b.id DESC) AS heard
  FROM outbox_message b WHERE ${isEnd(TOLD)} AND ${same('b')} AND NOT ${isEnd('b.event')} AND b.state <> 'cancelled'
    AND NOT EXISTS (SELECT 1 FROM outbox_message e
      WHERE ${same('e')} AND e.id > b.id AND ${isEnd('e.event')} AND strpos(e.key, '${AGAIN}') = 0)`

/** One of them is enough for a route. A notice that names no service goes where every service does. */
const AFFECTED = `CASE WHEN jsonb_array_length(n->'services') > 0 THEN n->'services' ELSE jsonb_build_array(n->'service') END`

/** A report's mail is for whoever asked for it: the first e-mail channel carries it, wherever its routes lead. */
const READERS = `WHEN ${TOLD} = 'report.ready' AND c.kind = 'email' THEN jsonb_array_length(coalesce(n->'recipients', '[]')) > 0
  AND c.id = (SELECT min(id) FROM channel WHERE kind = 'email' AND enabled)`

/**
 * One row per channel; a release or a report is no alert, so no Alertmanager is told. Mail about a report goes to its subscribers, once. A beginning goes where a route leads, unless the channel is off. An end goes to whoever holds its
 * beginning and to nobody else, whatever was edited meanwhile, and is told of the severity, service and SLO that they heard of.
 */
const STATEMENT = `
  INSERT INTO outbox_message (channel_id, key, event, subject, notice)
  SELECT c.id, n->>'key', n->>'event', n->>'subject', CASE WHEN heard IS NULL THEN n
    ELSE n || (heard->0) || CASE WHEN jsonb_array_length(heard) > 1 THEN jsonb_build_object('alsoHeard', heard - 0) ELSE '{}' END END
  FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS told (n, nth)
    CROSS JOIN channel c CROSS JOIN LATERAL (${BEGINNINGS}) AS beginnings
  WHERE NOT (c.kind = 'alertmanager' AND split_part(${TOLD}, '.', 1) IN ('release', 'waiver', 'report'))
    AND CASE WHEN ${isEnd(TOLD)} THEN heard IS NOT NULL ${READERS} ELSE c.enabled AND EXISTS (
    SELECT 1 FROM notification_route r WHERE r.channel_id = c.id
      AND (cardinality(r.severities) = 0 OR n->>'severity' = ANY(r.severities))
      AND EXISTS (SELECT 1 FROM jsonb_array_elements(${AFFECTED}) AS hit (service)
        WHERE (cardinality(r.tiers) = 0 OR service->>'tier' = ANY(r.tiers))
          AND (cardinality(r.teams) = 0 OR service->>'team' = ANY(r.teams)))) END
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
