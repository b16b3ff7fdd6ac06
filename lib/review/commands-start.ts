import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { instantText } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import { asJson, clock, isTaken } from './commands-change'
import { heldFor } from './cycle'
import { canPlanReviews, canRunReviews, WHO_PLANS, WHO_RUNS } from './policy'
import { standingOfCycle } from './reads'
import { storedCycle } from './reads-scope'
import { takeSnapshot } from './reads-snapshot'
import { startedTimer } from './timer'

/** Begins the review that is due: from now on its numbers stand still. Whoever comes second joins the first. */
export async function startReview(actor: Actor, { id }: { id: number }, now = clock()): Promise<{ id: number; joined: boolean }> {
  authorize(canRunReviews(actor), WHO_RUNS)
  const cycle = await storedCycle(id)
  const running = await runningOf(id)
  if (running !== null) return { id: running, joined: true }
  if (!cycle.enabled) throw new HeadroomError('CONFLICT', 'This cycle is switched off. Switch it on first.')
  const standing = await standingOfCycle(cycle, now)
  const occurrence = heldFor(standing, now)
  if (occurrence === null) throw new HeadroomError('CONFLICT', notDue(standing.next, now, cycle.timeZone))
  const next = occurrence === standing.next ? null : standing.next
  const snapshot = await takeSnapshot(actor, cycle, { occurrence, next }, now)
  try {
    return await transaction(async (tx) => {
      const review = await tx.review.create({
        data: {
          ...{ cycleId: id, occurrence, status: 'running', startedAt: now, snapshot: asJson(snapshot) },
          ...{ facilitatorId: actorId(actor), facilitatorName: actorName(actor), timer: asJson(startedTimer(now)) },
        },
      })
      await recordAudit(tx, actor, {
        ...{ action: 'review.start', entityType: 'review', entityId: review.id },
        after: { cycle: id, occurrence, asOf: snapshot.asOf, items: snapshot.items.length },
      })
      return { id: review.id, joined: false }
    })
  } catch (error) {
    if (!isTaken(error)) throw error
    const first = await runningOf(id)
    if (first === null)
      throw new HeadroomError('CONFLICT', 'Somebody held or skipped this review meanwhile. Read the list again.')
    return { id: first, joined: true }
  }
}

const notDue = (next: UnixSeconds | null, now: UnixSeconds, zone: string): string =>
  next === null
    ? 'Nothing is due, and the rule has ended. Change the cycle to go on.'
    : `Nothing is due. The next review is ${instantText(next, now, zone)} (${zone}); it can begin a day before.`

const runningOf = async (cycleId: number): Promise<number | null> =>
  (await db().review.findFirst({ where: { cycleId, status: 'running' }, select: { id: true } }))?.id ?? null

type Skip = { id: number; occurrence: UnixSeconds; reason: string }

/** Leaves out what is due, with a reason: everything that went by when it is overdue, else the present one. */
export async function skipReview(actor: Actor, { id, occurrence, reason }: Skip, now = clock()): Promise<{ id: number }> {
  authorize(canPlanReviews(actor), WHO_PLANS)
  const cycle = await storedCycle(id)
  if ((await runningOf(id)) !== null) throw new HeadroomError('CONFLICT', 'This review goes on. Close it instead.')
  const { skips } = await standingOfCycle(cycle, now)
  if (skips === null) throw new HeadroomError('CONFLICT', 'Nothing is due, so there is nothing to skip.')
  if (skips !== occurrence)
    throw new HeadroomError('CONFLICT', 'Another review is due by now, or somebody was faster. Read the list again.')
  try {
    return await transaction(async (tx) => {
      const review = await tx.review.create({
        data: {
          ...{ cycleId: id, occurrence, status: 'skipped', startedAt: now, endedAt: now, skipReason: reason },
          ...{ facilitatorId: actorId(actor), facilitatorName: actorName(actor) },
        },
      })
      await recordAudit(tx, actor, {
        ...{ action: 'review.skip', entityType: 'review', entityId: review.id },
        after: { cycle: id, occurrence, reason },
      })
      return { id: review.id }
    })
  } catch (error) {
    if (isTaken(error))
      throw new HeadroomError('CONFLICT', 'Somebody held or skipped this review meanwhile. Read the list again.')
    throw error
  }
}
