import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import { toUnix, type UnixSeconds } from '../time-series/units'
import { type Live, ticksSchema } from './live'
import { type Minutes, minutesSchema } from './minutes'
import { canReadReviews, WHO_READS } from './policy'
import { type Snapshot, snapshotSchema } from './snapshot'
import { timerSchema } from './timer'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const dateText = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null

/** A review as everybody who follows it sees it now. `null`: it was skipped, or there is none. */
export async function liveOf(
  id: number,
  now = clock(),
  on: Pick<ReturnType<typeof db>, 'review' | 'actionItem'> = db(),
): Promise<Live | null> {
  const row = await on.review.findUnique({
    where: { id },
    omit: { snapshot: true, minutes: true },
    include: {
      decisions: { orderBy: { id: 'asc' } },
      actions: { orderBy: { id: 'asc' }, include: { owner: { select: { id: true, name: true } } } },
    },
  })
  const timer = timerSchema.safeParse(row?.timer)
  if (!row || !timer.success || row.status === 'skipped') return null
  const { revision, sequence, status, step, facilitatorName, startedAt, endedAt } = row
  const done = await on.actionItem.findMany({
    where: { doneAt: { gte: startedAt, ...(endedAt !== null && { lte: endedAt }) } },
    select: { id: true },
  })
  return {
    ...{ id, revision, sequence, status, step, now, timer: timer.data, facilitator: facilitatorName },
    ticks: ticksSchema.parse(row.ticks),
    decisions: row.decisions.map(({ id: decision, item, text, authorName, at }) => ({
      ...{ id: decision, item, text, at, by: authorName },
    })),
    actions: row.actions.map(({ id: action, version, item, title, owner, dueOn, createdAt }) => ({
      ...{ id: action, version, item: item ?? '', title, owner, dueOn: dateText(dueOn), at: toUnix(createdAt) },
    })),
    done: done.map((one) => one.id),
  }
}

/** The same, for whoever may read. Throws NOT_FOUND. */
export async function liveReview(actor: Actor, id: number): Promise<Live> {
  authorize(canReadReviews(actor), WHO_READS)
  const live = await liveOf(id)
  if (!live) throw new HeadroomError('NOT_FOUND', `There is no review with the number ${id}.`)
  return live
}

export type ReviewView = { live: Live; snapshot: Snapshot; minutes: Minutes | null; cycle: number }

/** A review with its frozen numbers. Throws NOT_FOUND. */
export async function review(actor: Actor, id: number): Promise<ReviewView> {
  const live = await liveReview(actor, id)
  const row = await db().review.findUniqueOrThrow({ where: { id }, select: { snapshot: true, minutes: true, cycleId: true } })
  const snapshot = snapshotSchema.parse(row.snapshot)
  return { live, snapshot, minutes: row.minutes === null ? null : minutesSchema.parse(row.minutes), cycle: row.cycleId }
}

/** Minutes of a review that is over. Throws NOT_FOUND. */
export async function minutesOfReview(actor: Actor, id: number): Promise<Minutes> {
  authorize(canReadReviews(actor), WHO_READS)
  const row = await db().review.findUnique({ where: { id }, select: { minutes: true } })
  if (!row?.minutes) throw new HeadroomError('NOT_FOUND', `There are no minutes of a review with the number ${id}.`)
  return minutesSchema.parse(row.minutes)
}
