import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { AGAIN } from './enqueue'
import { canChangeChannels, WHO_CHANGES } from './policy'

async function stored(tx: Transaction, id: number) {
  const found = await tx.outboxMessage.findUnique({ where: { id } })
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no message with the number ${id}.`)
  return found
}

/** Sends a message once more, as a new one: what became of the first stays on record. */
export async function replayMessage(actor: Actor, { id }: { id: number }): Promise<{ id: number; messageId: number }> {
  authorize(canChangeChannels(actor), WHO_CHANGES)
  return transaction(async (tx) => {
    const { channelId, key, event, subject, notice, state } = await stored(tx, id)
    if (state === 'waiting' || state === 'sending')
      throw new HeadroomError(
        'CONFLICT',
        'This message is not out yet: it is sent without your doing. Cancel it if it should not be.',
      )
    const first = key.split(AGAIN)[0] ?? key
    const same = await tx.outboxMessage.findMany({
      where: { channelId, OR: [{ key: first }, { key: { startsWith: `${first}${AGAIN}` } }] },
      select: { id: true, state: true, key: true },
    })
    const waiting = same.find((one) => one.state === 'waiting' || one.state === 'sending')
    if (waiting) throw new HeadroomError('CONFLICT', `It is being sent again already, as message ${waiting.id}.`)
    // Old ones are removed: counting them would name one twice.
    const nth = Math.max(...same.map((one) => Number(one.key.split(AGAIN)[1] ?? 0))) + 1
    const again = `${first}${AGAIN}${nth}`
    const created = await tx.outboxMessage.createManyAndReturn({
      data: [{ channelId, key: again, event, subject, notice: notice as Prisma.InputJsonValue }],
      skipDuplicates: true,
      select: { id: true },
    })
    const message = created[0]
    if (!message) throw new HeadroomError('CONFLICT', 'Somebody sends it again at this moment. Read the outbox again.')
    const after = { key: again, messageId: Number(message.id) }
    await recordAudit(tx, actor, { action: 'outbox.replay', entityType: 'outbox_message', entityId: id, after })
    return { id, messageId: Number(message.id) }
  })
}

/** Takes a message back that is not out yet. */
export async function cancelMessage(actor: Actor, { id }: { id: number }): Promise<{ id: number }> {
  authorize(canChangeChannels(actor), WHO_CHANGES)
  return transaction(async (tx) => {
    const { state } = await stored(tx, id)
    const { count } = await tx.outboxMessage.updateMany({ where: { id, state: 'waiting' }, data: { state: 'cancelled' } })
    if (count === 0)
      throw new HeadroomError(
        'CONFLICT',
        state === 'sending' || state === 'waiting'
          ? 'This message is being sent at this moment.'
          : `This message is ${state} already.`,
      )
    const audit = { action: 'outbox.cancel', entityType: 'outbox_message', entityId: id, before: { state } }
    await recordAudit(tx, actor, audit)
    return { id }
  })
}
