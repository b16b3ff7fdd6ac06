import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import { canDecideReleases } from '../decision/policy'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { asJson, clock, told } from './commands-change'
import type { Live } from './live'
import { minutesOf } from './minutes'
import { canRunReviews, WHO_RUNS } from './policy'
import { liveOf } from './reads-live'
import { type Snapshot, snapshotSchema } from './snapshot'
import { leftItem } from './timer'

/**
 * Ends a review and writes its minutes, once: whoever closes it again gets what stands. Open actions stay open, so the next
 * review begins with them; waivers that were looked at by somebody who may decide about them are marked so.
 */
export async function closeReview(actor: Actor, { id }: { id: number }, now = clock()): Promise<{ id: number }> {
  authorize(canRunReviews(actor), WHO_RUNS)
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM review WHERE id = ${id} FOR UPDATE`
    const row = await tx.review.findUnique({ where: { id }, select: { status: true, snapshot: true } })
    if (!row || row.status === 'skipped') throw new HeadroomError('NOT_FOUND', `There is no review with the number ${id}.`)
    if (row.status === 'closed') return { id }
    const snapshot = snapshotSchema.parse(row.snapshot)
    const live = (await liveOf(id, now, tx)) as Live
    const timer = leftItem(live.timer, snapshot.items[live.step]?.key ?? '', now)
    const minutes = minutesOf(snapshot, { ...live, timer }, now)
    await tx.review.update({
      where: { id },
      data: {
        ...{ status: 'closed', endedAt: now, minutes: asJson(minutes) },
        ...{ timer: asJson({ ...timer, pausedAt: timer.pausedAt ?? now }), sequence: { increment: 1 } },
      },
    })
    if (canDecideReleases(actor)) await waiversSeen(tx, actor, snapshot, now)
    await told(tx, actor, id, {
      verb: 'close',
      after: { decisions: live.decisions.length, actions: live.actions.length, ticked: live.ticks.length },
    })
    return { id }
  })
}

async function waiversSeen(tx: Transaction, actor: Actor, { waivers }: Snapshot, now: UnixSeconds): Promise<void> {
  const where = { id: { in: waivers.map(({ id }) => id) }, reviewedAt: null, activeFrom: { not: null } }
  const seen = await tx.waiver.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })
  if (seen.length === 0) return
  const ids = seen.map(({ id }) => id)
  await tx.waiver.updateMany({ where: { id: { in: ids } }, data: { reviewedAt: now, revision: { increment: 1 } } })
  for (const id of ids)
    await recordAudit(tx, actor, { action: 'waiver.review', entityType: 'waiver', entityId: id, after: { reviewedAt: now } })
}
