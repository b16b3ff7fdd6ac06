import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { UnixSeconds } from '../time-series/units'
import { attachmentOf } from './attachment'
import { type Claimed, claim, databaseClock, dueChannels, type Settled, settle, tidy, waitingCount } from './outbox'
import { messageName } from './payload'
import { type MailServer, send } from './send'

/** What a poller counts of its notices. */
export type DeliveryCounts = { waiting: (count: number) => void; settled: (outcome: Settled, count: number) => void }

export type Delivery = {
  pool: pg.Pool
  mail: MailServer
  /** the address people use, for links */
  portal: string
  /** tests let hours pass; otherwise it is the database's */
  clock?: () => UnixSeconds
  counts?: DeliveryCounts
  log?: Logger
}

const AT_ONCE = 4
const nowOf = async ({ pool, clock }: Delivery): Promise<UnixSeconds> => (clock ? clock() : databaseClock(pool))

/**
 * Sends what is due on one channel, a few at a time, until nothing is. A message is claimed, sent, and what became of it is
 * noted: whoever dies after sending and before noting leaves a lease, and the next one sends again under the same name.
 */
async function drain(delivery: Delivery, channelId: number, signal?: AbortSignal): Promise<void> {
  const { pool, mail, portal, counts, log } = delivery
  const one = async (message: Claimed, now: UnixSeconds) => {
    const { id, createdAt, notice, receiver } = message
    const attachment = receiver.kind === 'email' ? await attachmentOf(pool, notice) : undefined
    const outgoing = { name: messageName(id, createdAt), notice, link: portal.replace(/\/$/, '') + notice.path, attachment }
    const outcome = await send(receiver, outgoing, { mail, now })
    const settled = await settle(pool, message, outcome, await nowOf(delivery))
    counts?.settled(settled, 1)
    log?.[outcome.ok ? 'info' : 'warn']({ message: id, channel: channelId, detail: outcome.detail }, `notice ${settled}`)
  }
  while (!signal?.aborted) {
    const now = await nowOf(delivery)
    const claimed = await claim(pool, channelId, AT_ONCE, now)
    if (claimed.length === 0) return
    await Promise.all(claimed.map((message) => one(message, now)))
  }
}

/** Sends everything that is due now. */
export async function deliverDue(delivery: Delivery): Promise<void> {
  await Promise.all((await look(delivery)).map((id) => drain(delivery, id)))
}

async function look(delivery: Delivery): Promise<number[]> {
  const { pool, mail, counts } = delivery
  const now = await nowOf(delivery)
  const given = await tidy(pool, { mail: mail.url !== null }, now)
  counts?.settled('failed', given)
  if (counts) counts.waiting(await waitingCount(pool))
  return dueChannels(pool, { mail: mail.url !== null }, now)
}

const EVERY = 2_000

/**
 * Looks into the outbox every two seconds until the signal, then finishes what is in hand. Any number of processes share the
 * work. Channels do not wait for each other: each is worked on alone, so a dead one holds up nobody.
 */
export async function startDelivery({ signal, ...delivery }: Delivery & { signal: AbortSignal }): Promise<void> {
  const busy = new Map<number, Promise<void>>()
  while (!signal.aborted) {
    try {
      for (const id of await look(delivery)) {
        if (busy.has(id)) continue
        const work = drain(delivery, id, signal)
          .catch((error: unknown) => delivery.log?.error({ channel: id, err: error }, 'notices could not be sent'))
          .finally(() => busy.delete(id))
        busy.set(id, work)
      }
    } catch (error) {
      delivery.log?.error({ err: error }, 'the outbox could not be read')
    }
    await wait(EVERY, undefined, { signal }).catch(() => {})
  }
  await Promise.all(busy.values())
}
