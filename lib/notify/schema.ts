import { z } from 'zod'
import { rowNumber } from '../row-number'
import type { ChannelKind, Route } from './channel'

export const OUTBOX_STATES = ['waiting', 'sending', 'sent', 'failed', 'cancelled'] as const
export type OutboxState = (typeof OUTBOX_STATES)[number]

export const channelIdSchema = rowNumber('a channel')
export const messageIdSchema = rowNumber('a message')
export const namedChannelSchema = z.object({ id: channelIdSchema })
export const namedMessageSchema = z.object({ id: messageIdSchema })
export const versionSchema = z.object({
  version: z.coerce.number({ error: 'Say which version was read.' }).int().positive(),
})
export const removalSchema = namedChannelSchema.extend(versionSchema.shape)

/** What of the outbox is asked for; a page ends at `limit`, `before` is where the next one begins. */
export const outboxFilterSchema = z.object({
  state: z.enum(OUTBOX_STATES, { error: `The state is one of ${OUTBOX_STATES.join(', ')}.` }).optional(),
  channel: channelIdSchema.optional(),
  before: messageIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500, { error: 'Ask for at most 500 at once.' }).default(100),
})
export type OutboxFilter = z.output<typeof outboxFilterSchema>

/** A channel as it may be read: no address that carries a secret, and no secret. */
export type ChannelInfo = {
  id: number
  version: number
  name: string
  kind: ChannelKind
  enabled: boolean
  /** in words, without what may be secret */
  address: string
  /** e-mail addresses; none of other kinds */
  to: string[]
  /** mail goes as well to the people whom a release or a waiver concerns */
  owners: boolean
  signed: boolean
  routes: Route[]
  /** not out yet, and given up */
  waiting: number
  failed: number
  /** unix seconds of the last attempt, and what came of it */
  last: { at: number; ok: boolean; detail: string } | null
}

export type Attempt = { at: number; ok: boolean; detail: string }
export type MessageInfo = {
  id: number
  channel: { id: number; name: string; kind: ChannelKind; enabled: boolean }
  key: string
  event: string
  subject: string
  state: OutboxState
  attempts: number
  /** unix seconds; null when no further attempt is planned */
  nextAttemptAt: number | null
  lastError: string | null
  createdAt: number
  sentAt: number | null
}
export type MessageDetail = MessageInfo & { body: string[]; path: string; history: Attempt[] }
