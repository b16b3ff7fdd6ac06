import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { HeadroomError } from '../errors'
import { dueDate, mustBeOwner, updateActionItem } from './commands-action-item'
import { audited, changing, clock, note } from './commands-change'
import { canRunIncidents, WHO_RUNS } from './policy'

type NewAction = { id: number; title: string; owner: string | null; dueOn: string | null }

/** Something that is to be done so that it does not happen again. */
export async function addAction(actor: Actor, { id, title, owner, dueOn }: NewAction, now = clock()): Promise<{ id: number }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  return changing(id, async (tx) => {
    await mustBeOwner(tx, owner)
    const action = await tx.actionItem.create({ data: { incidentId: id, title, ownerId: owner, dueOn: dueDate(dueOn) } })
    await note(tx, actor, id, { at: now, kind: 'action', text: `To be done: ${title}`, detail: { action: action.id } })
    await audited(tx, actor, id, { verb: 'action', after: { action: action.id, title, owner, dueOn } })
    return { id: action.id }
  })
}

type ActionChange = {
  id: number
  action: number
  version: number
  title?: string | undefined
  owner?: string | null | undefined
  dueOn?: string | null | undefined
  done?: boolean | undefined
}

/** Changes an action item, if nobody else did since `version`. */
export async function changeAction(
  actor: Actor,
  { id, action, version, title, owner, dueOn, done }: ActionChange,
  now = clock(),
): Promise<{ id: number; version: number }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  return changing(id, async (tx, { actions }) => {
    const stored = actions.find((one) => one.id === action)
    if (!stored) throw new HeadroomError('NOT_FOUND', `This incident has no action item with the number ${action}.`)
    await updateActionItem(tx, { id: action, version, doneAt: stored.doneAt }, { title, owner, dueOn, done }, now)
    const words = done === undefined ? 'Action item changed' : done ? 'Done' : 'Not done after all'
    await note(tx, actor, id, { at: now, kind: 'action', text: `${words}: ${title ?? stored.title}`, detail: { action } })
    const { title: was, ownerId, doneAt } = stored
    await audited(tx, actor, id, {
      verb: 'action',
      before: { action, version, title: was, owner: ownerId, doneAt },
      after: { action, version: version + 1, title, owner, dueOn, done },
    })
    return { id: action, version: version + 1 }
  })
}
