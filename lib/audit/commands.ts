import type pg from 'pg'
import type { Actor } from '../auth/actor'
import { actorId, actorName } from '../auth/actor'
import type { Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'

export type Change = {
  /** verb of the command, for example `slo.refresh` */
  action: string
  entityType: string
  entityId: string | number
  before?: Prisma.InputJsonValue
  after?: Prisma.InputJsonValue
}

const rowOf = (actor: Actor, { action, entityType, entityId, before, after }: Change) => ({
  ...{ actorType: actor.type, actorId: actorId(actor), actorName: actorName(actor) },
  ...{ action, entityType, entityId: String(entityId), before, after },
})

/** Writes who did what, inside the transaction that does it: no change without its row, no row without its change. */
export async function recordAudit(tx: Transaction, actor: Actor, change: Change): Promise<void> {
  await tx.auditEntry.create({ data: rowOf(actor, change) })
}

/** The same, for the raw transactions of measurement. */
export async function recordAuditOn(client: Pick<pg.Pool, 'query'>, actor: Actor, change: Change): Promise<void> {
  const { actorType, actorId, actorName, action, entityType, entityId, before, after } = rowOf(actor, change)
  await client.query(
    `INSERT INTO audit_entry (actor_type, actor_id, actor_name, action, entity_type, entity_id, before, after)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [actorType, actorId, actorName, action, entityType, entityId, ...[before, after].map(jsonOrNull)],
  )
}

const jsonOrNull = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))
