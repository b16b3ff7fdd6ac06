import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { updateActionItem } from '../incident/commands-action-item'
import { changeAction } from '../incident/commands-actions'
import { asJson, clock, REVIEW_CHANNEL } from './commands-change'
import type { Live } from './live'
import { canRunReviews, WHO_RUNS } from './policy'
import { liveReview } from './reads-live'
import type { ActionChange } from './schema'

/** Changes an open action, wherever it comes from, if nobody else did since `version`. */
export async function changeOpenAction(
  actor: Actor,
  change: ActionChange,
  now = clock(),
): Promise<{ id: number; version: number }> {
  authorize(canRunReviews(actor), WHO_RUNS)
  const { id, version, title, owner, dueOn, done } = change
  const stored = await db().actionItem.findUnique({ where: { id } })
  if (!stored) throw new HeadroomError('NOT_FOUND', `There is no action with the number ${id}.`)
  const saved =
    stored.incidentId === null
      ? await transaction(async (tx) => {
          await updateActionItem(tx, { id, version, doneAt: stored.doneAt }, { title, owner, dueOn, done }, now)
          const { title: was, ownerId, doneAt } = stored
          await recordAudit(tx, actor, {
            ...{ action: 'action.change', entityType: 'action_item', entityId: id },
            before: asJson({ version, title: was, owner: ownerId, doneAt }),
            after: asJson({ version: version + 1, title, owner, dueOn, done }),
          })
          return { id, version: version + 1 }
        })
      : { ...(await changeAction(actor, { ...change, id: stored.incidentId, action: id }, now)), id }
  if (done !== undefined) await tellMeetings()
  return saved
}

/** Meetings that go on show which of the carried actions are done: they are few, so all of them hear of it. */
async function tellMeetings(): Promise<void> {
  await transaction(async (tx) => {
    await tx.$executeRaw`UPDATE review SET revision = revision + 1 WHERE status = 'running'`
    await tx.$executeRaw`SELECT pg_notify(${REVIEW_CHANNEL}, id::text) FROM review WHERE status = 'running'`
  })
}

/** Marks a carried action as done on the screen of a meeting, or takes that back; the newest who presses wins. */
export async function settleCarried(
  actor: Actor,
  { id, action, done }: { id: number; action: number; done: boolean },
): Promise<Live> {
  authorize(canRunReviews(actor), WHO_RUNS)
  const row = await db().actionItem.findUnique({ where: { id: action }, select: { version: true, doneAt: true } })
  if (row && (row.doneAt !== null) !== done) await changeOpenAction(actor, { id: action, version: row.version, done })
  return liveReview(actor, id)
}
