import { z } from 'zod'
import { CHANNEL_KINDS, channelChangeSchema, newChannelSchema, routeSchema } from '../notify/channel'
import {
  type ChannelInfo,
  type MessageDetail,
  type MessageInfo,
  OUTBOX_STATES,
  outboxFilterSchema,
  versionSchema,
} from '../notify/schema'
import type { UnixSeconds } from '../time-series/units'
import { get, write } from './operations'

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

const attemptSchema = z.object({
  at: instant,
  ok: z.boolean(),
  detail: z
    .string()
    .meta({ description: 'its status, or why there is none; the first words as well of Slack and of a mail server' }),
})
const channelSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    name: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    enabled: z.boolean(),
    address: z.string().meta({ description: 'without what may be secret' }),
    signed: z.boolean().meta({ description: 'a secret is set; it is never read out' }),
    routes: z.array(routeSchema),
    waiting: z.int(),
    failed: z.int(),
    last: attemptSchema.nullable(),
  })
  .meta({ id: 'Channel' })
const messageSchema = z
  .object({
    id: z.int(),
    channel: z.int(),
    key: z.string(),
    event: z.string(),
    subject: z.string(),
    state: z.enum(OUTBOX_STATES),
    attempts: z.int(),
    nextAttemptAt: instant.nullable(),
    lastError: z.string().nullable(),
    createdAt: instant,
    sentAt: instant.nullable(),
  })
  .meta({ id: 'OutboxMessage' })
const detailSchema = messageSchema
  .extend({ body: z.array(z.string()), path: z.string(), history: z.array(attemptSchema) })
  .meta({ id: 'OutboxMessageDetail' })

export const channelOf = ({ to: _, last, ...info }: ChannelInfo): z.infer<typeof channelSchema> => ({
  ...info,
  last: last && { ...last, at: iso(last.at) },
})

export const messageOf = ({
  channel,
  nextAttemptAt,
  createdAt,
  sentAt,
  ...info
}: MessageInfo): z.infer<typeof messageSchema> => ({
  ...info,
  channel: channel.id,
  ...{ nextAttemptAt: isoOrNull(nextAttemptAt), createdAt: iso(createdAt), sentAt: isoOrNull(sentAt) },
})

export const messageDetailOf = ({ body, path, history, ...info }: MessageDetail): z.infer<typeof detailSchema> => ({
  ...messageOf(info),
  ...{ body, path, history: history.map(({ at, ...rest }) => ({ at: iso(at), ...rest })) },
})

const channel = z.object({ id: z.int().meta({ description: 'number of the channel' }) })
const message = z.object({ id: z.int().meta({ description: 'number of the message' }) })
const one = z.object({ id: z.int() })
const told = z.object({ id: z.int(), messageId: z.int().meta({ description: 'the new message' }) })

export const notifyPaths = {
  '/api/v1/channels': {
    ...get('listChannels', 'Ways to tell people and programs', z.object({ items: z.array(channelSchema) })),
    post: write('createChannel', 'A new channel', { body: newChannelSchema, answer: one, status: 201 }),
  },
  '/api/v1/channels/{id}': {
    ...get('getChannel', 'One channel', channelSchema, { path: channel }),
    put: write('changeChannel', 'Change what is named; the rest stays', {
      body: channelChangeSchema,
      answer: z.object({ id: z.int(), version: z.int() }),
      params: { path: channel },
    }),
    delete: write('deleteChannel', 'Remove a channel with its part of the outbox', {
      answer: z.object({ id: z.int(), lost: z.int().meta({ description: 'notices that were not out yet' }) }),
      params: { path: channel, query: versionSchema },
    }),
  },
  '/api/v1/channels/{id}/test': {
    post: write('testChannel', 'Send a notice that says it is a trial', { answer: told, params: { path: channel } }),
  },
  '/api/v1/outbox': get(
    'listOutbox',
    'Notices and what became of them, newest first',
    z.object({ items: z.array(messageSchema), next: z.int().nullable().meta({ description: 'before of the next page' }) }),
    { query: outboxFilterSchema },
  ),
  '/api/v1/outbox/{id}': get('getOutboxMessage', 'One notice with every attempt', detailSchema, { path: message }),
  '/api/v1/outbox/{id}/replay': {
    post: write('replayMessage', 'Send a notice once more, as a new one', { answer: told, params: { path: message } }),
  },
  '/api/v1/outbox/{id}/cancellation': {
    post: write('cancelMessage', 'Take back a notice that waits', { answer: one, params: { path: message } }),
  },
}
