import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { type Transaction, transaction } from '../db/client'
import type { Prisma, Review } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import type { Live } from './live'
import { liveOf } from './reads-live'
import { type Snapshot, snapshotSchema } from './snapshot'

/** What every command on a review that goes on begins and ends with. */

/** Whoever follows a review hears of its number on this channel when it changes. */
export const REVIEW_CHANNEL = 'headroom_review'

export const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
export const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
export const isTaken = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'P2002'

type Changed = { verb: string; before?: unknown; after?: unknown }
export type Running = { review: Review; snapshot: Snapshot }

/** Changes a review that goes on. `work` says what it did, `null` when nothing; those who follow hear of it when it is committed. */
export async function changing(
  actor: Actor,
  id: number,
  work: (tx: Transaction, running: Running) => Promise<Changed | null>,
): Promise<Live> {
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM review WHERE id = ${id} FOR UPDATE`
    const review = await tx.review.findUnique({ where: { id } })
    if (!review || review.status === 'skipped') throw new HeadroomError('NOT_FOUND', `There is no review with the number ${id}.`)
    if (review.status === 'closed')
      throw new HeadroomError(
        'CONFLICT',
        'This review is closed: its minutes stand. Change the actions in the list of open actions.',
      )
    const changed = await work(tx, { review, snapshot: snapshotSchema.parse(review.snapshot) })
    if (changed) await told(tx, actor, id, changed)
    return (await liveOf(id, undefined, tx)) as Live
  })
}

/** Counts the change, tells those who follow, and writes down who did it. */
export async function told(tx: Transaction, actor: Actor, id: number, { verb, before, after }: Changed): Promise<void> {
  await tx.review.update({ where: { id }, data: { revision: { increment: 1 } } })
  await tx.$executeRaw`SELECT pg_notify(${REVIEW_CHANNEL}, ${String(id)})`
  await recordAudit(tx, actor, {
    ...{ action: `review.${verb}`, entityType: 'review', entityId: id },
    ...(before !== undefined && { before: asJson(before) }),
    ...(after !== undefined && { after: asJson(after) }),
  })
}
