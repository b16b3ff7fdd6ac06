import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/client'

/**
 * Deleted SLOs that the files of a set no longer declare leave it: nobody says anything of them any more. Which set pruned one stands in
 * its audit row, and brings it back.
 */
export async function releaseGone(tx: Transaction, actor: Actor, owner: string, declared: ReadonlySet<string>): Promise<void> {
  const deleted = await tx.slo.findMany({
    where: { managedBy: owner, deletedAt: { not: null } },
    select: { id: true, slug: true, service: { select: { slug: true } } },
  })
  for (const { id, slug, service } of deleted) {
    if (declared.has(`${service.slug}/${slug}`)) continue
    await tx.slo.update({ where: { id }, data: { managedBy: null, declared: Prisma.DbNull } })
    await recordAudit(tx, actor, {
      ...{ action: 'slo.detach', entityType: 'slo', entityId: id },
      ...{ before: { managedBy: owner }, after: { managedBy: null } },
    })
  }
}

/** Gives a service to people: it stays as it is, and the form changes all of it again. False: the set does not manage it any more. */
export async function releaseService(
  tx: Transaction,
  actor: Actor,
  { slug, owner }: { slug: string; owner: string | null },
): Promise<boolean> {
  const { count } = await tx.service.updateMany({
    where: { slug, managedBy: owner, NOT: { managedBy: null } },
    data: { managedBy: null, declared: Prisma.DbNull },
  })
  if (count === 0) return false
  await recordAudit(tx, actor, {
    ...{ action: 'service.detach', entityType: 'service', entityId: slug },
    ...{ before: { managedBy: owner }, after: { managedBy: null } },
  })
  return true
}
