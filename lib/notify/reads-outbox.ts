import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import { toUnix } from '../time-series/units'
import { noticeSchema } from './notice'
import { canChangeChannels, canReadChannels, WHO_READS } from './policy'
import { listChannels } from './reads'
import { type MessageDetail, type MessageInfo, messageIdSchema, type OutboxFilter, outboxFilterSchema } from './schema'

const WITH = { channel: { select: { id: true, name: true, kind: true, enabled: true } } } as const
const row = (id: number) =>
  db().outboxMessage.findUnique({ where: { id }, include: { ...WITH, deliveries: { orderBy: { id: 'asc' } } } })
type Row = Omit<NonNullable<Awaited<ReturnType<typeof row>>>, 'deliveries'>

const infoOf = ({ id, channel, key, event, subject, state, attempts, lastError, ...at }: Row): MessageInfo => ({
  ...{ id: Number(id), channel, key, event, subject, state, attempts, lastError },
  nextAttemptAt: state === 'waiting' && channel.enabled ? toUnix(at.nextAttemptAt) : null,
  createdAt: toUnix(at.createdAt),
  sentAt: at.sentAt && toUnix(at.sentAt),
})

/** What was told and is to be told, newest first. `next`: where the next page begins. */
export async function listOutbox(
  actor: Actor,
  { state, channel, before, limit }: OutboxFilter,
): Promise<{ items: MessageInfo[]; next: number | null }> {
  authorize(canReadChannels(actor), WHO_READS)
  const rows = await db().outboxMessage.findMany({
    where: { ...(state && { state }), ...(channel && { channelId: channel }), ...(before && { id: { lt: before } }) },
    include: WITH,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const items = rows.slice(0, limit).map(infoOf)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** One message with every attempt to send it. Throws NOT_FOUND. */
export async function outboxMessage(actor: Actor, id: number): Promise<MessageDetail> {
  authorize(canReadChannels(actor), WHO_READS)
  const found = await row(id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no message with the number ${id}.`)
  const notice = noticeSchema.safeParse(found.notice)
  return {
    ...infoOf(found),
    body: notice.data?.body ?? ['This notice cannot be read.'],
    path: notice.data?.path ?? '/',
    history: found.deliveries.map(({ at, ok, detail }) => ({ at: toUnix(at), ok, detail })),
  }
}

/** Everything the page of the outbox shows. What an address asks for and cannot be read is as if it were not there. */
export async function outboxPage(actor: Actor, asked: Record<string, unknown>, now = Math.floor(Date.now() / 1000)) {
  const pick = <T>(schema: { safeParse: (value: unknown) => { data?: T | undefined } }, value: unknown) =>
    schema.safeParse(value).data
  const { state, channel, before } = outboxFilterSchema.shape
  const filter: OutboxFilter = {
    ...{ state: pick(state, asked.state), channel: pick(channel, asked.channel), before: pick(before, asked.before), limit: 100 },
  }
  const { items, next } = await listOutbox(actor, filter)
  const number = pick(messageIdSchema, asked.shown)
  const open = items.some(({ id }) => id === number)
  return {
    ...{ messages: items, next, filter, now, may: canChangeChannels(actor) },
    channels: await listChannels(actor),
    shown: open && number !== undefined ? await outboxMessage(actor, number) : null,
  }
}
