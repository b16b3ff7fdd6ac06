import type pg from 'pg'
import type { Seconds, UnixSeconds } from '../time-series/units'
import { GIVE_UP_AFTER, nextAttempt } from './backoff'
import { type ChannelKind, settingsSchema } from './channel'
import { orderOf } from './enqueue'
import { type Notice, noticeSchema } from './notice'
import type { Outcome, Receiver } from './send'

/**
 * What of the outbox a sender needs. Every statement is given the instant, so that a test can let hours pass; senders ask the
 * database for it: the clocks of pollers differ, and a lease that one of them wrote must mean the same to the others.
 */
export async function databaseClock(pool: pg.Pool): Promise<UnixSeconds> {
  const { rows } = await pool.query<{ now: number }>('SELECT floor(extract(epoch FROM clock_timestamp()))::int AS now')
  return (rows[0] as { now: number }).now
}

/** How long a sender holds a message: longer than handing over may take (LIMITS), short enough that a killed one delays little. */
export const LEASE: Seconds = 180
export const NO_MAIL_SERVER = 'no mail server is set: HEADROOM_SMTP_URL'

export type Claimed = { id: number; attempts: number; createdAt: UnixSeconds; notice: Notice; receiver: Receiver }

/** Waits for a sender, or was held by one that has died. */
const DUE = `(m.state = 'waiting' AND m.next_attempt_at <= to_timestamp($1) OR m.state = 'sending' AND m.leased_until <= to_timestamp($1))`
const mine = (row: string) => orderOf(`${row}.event`, `${row}.notice`, `${row}.id::text`)
/** An earlier notice about the same thing is not out yet: an end never overtakes its beginning. */
const FIRST = `NOT EXISTS (SELECT 1 FROM outbox_message e WHERE e.channel_id = m.channel_id AND e.id < m.id
  AND e.state IN ('waiting', 'sending') AND ${mine('e')} = ${mine('m')})`

/** Channels that have something to send now. Without a mail server, mail is none of it. */
export async function dueChannels(pool: pg.Pool, { mail }: { mail: boolean }, now: UnixSeconds): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT c.id FROM channel c WHERE c.enabled AND ($2 OR c.kind <> 'email')
       AND EXISTS (SELECT 1 FROM outbox_message m WHERE m.channel_id = c.id AND ${DUE}) ORDER BY c.id`,
    [now, mail],
  )
  return rows.map(({ id }) => id)
}

type Row = {
  id: string
  attempts: number
  created: number
  notice: unknown
  kind: ChannelKind
  settings: unknown
  secret: string | null
}

/** Takes some messages of a channel. Whoever else looks at the same time passes over them. */
export async function claim(pool: pg.Pool, channelId: number, most: number, now: UnixSeconds): Promise<Claimed[]> {
  const { rows } = await pool.query<Row>(
    `WITH due AS (
       SELECT m.id FROM outbox_message m JOIN channel c ON c.id = m.channel_id
       WHERE m.channel_id = $2 AND c.enabled AND ${DUE} AND ${FIRST} ORDER BY m.id LIMIT $3 FOR UPDATE OF m SKIP LOCKED)
     UPDATE outbox_message o SET state = 'sending', leased_until = to_timestamp($1::float8 + $4), attempts = o.attempts + 1
     FROM due, channel c WHERE o.id = due.id AND c.id = o.channel_id
     RETURNING o.id, o.attempts, extract(epoch FROM o.created_at)::float8 AS created, o.notice, c.kind::text, c.settings, c.secret`,
    [now, channelId, most, LEASE],
  )
  const claimed = rows.flatMap((row) => claimedOf(row) ?? [])
  if (claimed.length < rows.length) await giveUpUnreadable(pool, rows)
  return claimed.sort((a, b) => a.id - b.id)
}

function claimedOf({ id, attempts, created, notice, kind, settings, secret }: Row): Claimed | null {
  const [told, receiver] = [noticeSchema.safeParse(notice), settingsSchema.safeParse(settings)]
  if (!told.success || !receiver.success) return null
  const kept = { id: Number(id), attempts, createdAt: Math.floor(created) }
  return { ...kept, notice: told.data, receiver: { kind, settings: receiver.data, secret } }
}

/** What somebody changed by hand into something that is no notice must not hold up those behind it. */
const giveUpUnreadable = (pool: pg.Pool, rows: Row[]) =>
  pool.query(
    `UPDATE outbox_message SET state = 'failed', leased_until = NULL, last_error = 'the notice or its channel cannot be read'
     WHERE id = ANY($1::bigint[]) AND state = 'sending'`,
    [rows.filter((row) => claimedOf(row) === null).map(({ id }) => id)],
  )

export type Settled = 'sent' | 'waiting' | 'failed' | 'overtaken'

/** Notes what came of an attempt. A sender whose lease has gone to another one changes nothing. */
export async function settle(pool: pg.Pool, message: Claimed, outcome: Outcome, now: UnixSeconds): Promise<Settled> {
  const next = !outcome.ok && outcome.again ? nextAttempt(message, now, outcome.least) : null
  const state = outcome.ok ? 'sent' : next === null ? 'failed' : 'waiting'
  const late = !outcome.ok && outcome.again && next === null ? `given up after 24 h: ${outcome.detail}` : outcome.detail
  const { rowCount } = await pool.query(
    `WITH settled AS (
       UPDATE outbox_message SET state = $3::outbox_state, leased_until = NULL, last_error = $4,
         next_attempt_at = coalesce(to_timestamp($5::float8), next_attempt_at), sent_at = to_timestamp($6::float8)
       WHERE id = $1 AND state = 'sending' AND attempts = $2 RETURNING id)
     INSERT INTO delivery_attempt (message_id, at, ok, detail) SELECT id, to_timestamp($7), $8, $9 FROM settled`,
    [
      ...[message.id, message.attempts, state, outcome.ok ? null : late],
      ...[next, outcome.ok ? now : null, now, outcome.ok, outcome.detail],
    ],
  )
  return rowCount === 1 ? state : 'overtaken'
}

/** Says why mail waits, and gives up what is a day old. Channels that are off keep what they have. */
export async function tidy(pool: pg.Pool, { mail }: { mail: boolean }, now: UnixSeconds): Promise<number> {
  if (!mail)
    await pool.query(
      `UPDATE outbox_message m SET last_error = $1 FROM channel c
       WHERE c.id = m.channel_id AND c.kind = 'email' AND m.state = 'waiting' AND m.last_error IS DISTINCT FROM $1`,
      [NO_MAIL_SERVER],
    )
  const { rowCount } = await pool.query(
    `UPDATE outbox_message m SET state = 'failed', leased_until = NULL,
       last_error = concat_ws(': ', 'given up after 24 h', coalesce(m.last_error, 'nobody sent it'))
     FROM channel c WHERE c.id = m.channel_id AND c.enabled AND m.created_at <= to_timestamp($1::float8 - $2)
       AND (m.state = 'waiting' OR m.state = 'sending' AND m.leased_until <= to_timestamp($1))`,
    [now, GIVE_UP_AFTER],
  )
  return rowCount ?? 0
}

export async function waitingCount(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM outbox_message WHERE state IN ('waiting', 'sending')`,
  )
  return rows[0]?.count ?? 0
}
