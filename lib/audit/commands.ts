import type { Actor } from '../auth/actor'
import { actorId, actorName } from '../auth/actor'
import type { Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'

type Change = {
  /** verb of the command, for example `slo.refresh` */
  action: string
  entityType: string
  entityId: string | number
  before?: Prisma.InputJsonValue
  after?: Prisma.InputJsonValue
}

/** Writes who did what, inside the transaction that does it: no change without its row, no row without its change. */
export async function recordAudit(tx: Transaction, actor: Actor, change: Change): Promise<void> {
  await tx.auditEntry.create({
    data: {
      actorType: actor.type,
      actorId: actorId(actor),
      actorName: actorName(actor),
      action: change.action,
      entityType: change.entityType,
      entityId: String(change.entityId),
      before: change.before,
      after: change.after,
    },
  })
}
