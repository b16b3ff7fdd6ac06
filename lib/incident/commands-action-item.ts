import 'server-only'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'

/** Rows of actions, whether an incident or a review gave rise to them. */

/** What somebody changes of an action; what is left out stays. */
export type ActionItemChange = { title?: string; owner?: string | null; dueOn?: string | null; done?: boolean }

export const dueDate = (text: string | null): Date | null => (text === null ? null : new Date(`${text}T00:00:00Z`))

export async function mustBeOwner(tx: Transaction, id: string | null): Promise<void> {
  if (id === null || (await tx.user.findFirst({ where: { id, disabledAt: null }, select: { id: true } }))) return
  const message = 'There is no such person. Choose one of the list.'
  throw new HeadroomError('INVALID_INPUT', message, [{ path: 'owner', message }])
}

/** Changes an action if nobody else did since `version`. */
export async function updateActionItem(
  tx: Transaction,
  { id, version, doneAt }: { id: number; version: number; doneAt: UnixSeconds | null },
  { title, owner, dueOn, done }: ActionItemChange,
  now: UnixSeconds,
): Promise<void> {
  await mustBeOwner(tx, owner ?? null)
  const { count } = await tx.actionItem.updateMany({
    where: { id, version },
    data: {
      version: version + 1,
      ...(title !== undefined && { title }),
      ...(owner !== undefined && { ownerId: owner }),
      ...(dueOn !== undefined && { dueOn: dueDate(dueOn) }),
      ...(done !== undefined && { doneAt: done ? (doneAt ?? now) : null }),
    },
  })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this action meanwhile. Read it again.')
}
