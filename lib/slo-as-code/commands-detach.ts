import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { aloneWithServices } from '../service/commands'
import { storedService } from '../service/reads-stored'
import { releaseService } from './commands-release'
import { canDetach, WHO_DETACHES } from './policy'

/** Gives an SLO to people: it stays as it is, forms save it again, and its files need `adopt` to get it back. */
export async function detachSlo(actor: Actor, { sloId, owner }: { sloId: number; owner: string }): Promise<{ id: number }> {
  authorize(canDetach(actor), WHO_DETACHES)
  return transaction(async (tx) => {
    const { count } = await tx.slo.updateMany({
      where: { id: sloId, managedBy: owner },
      data: { managedBy: null, declared: Prisma.DbNull },
    })
    if (count === 0) {
      const found = await tx.slo.findUnique({ where: { id: sloId }, select: { managedBy: true } })
      if (!found) throw new HeadroomError('NOT_FOUND', `There is no SLO with the number ${sloId}.`)
      throw new HeadroomError('CONFLICT', `The set ${owner} does not manage this SLO any more. Load the page again.`)
    }
    await recordAudit(tx, actor, {
      ...{ action: 'slo.detach', entityType: 'slo', entityId: sloId },
      ...{ before: { managedBy: owner }, after: { managedBy: null } },
    })
    return { id: sloId }
  })
}

/** Gives a service to people; its SLOs stay with the files that declare them. */
export async function detachService(actor: Actor, { slug, owner }: { slug: string; owner: string }): Promise<{ slug: string }> {
  authorize(canDetach(actor), WHO_DETACHES)
  return transaction(async (tx) => {
    await aloneWithServices(tx)
    if (await releaseService(tx, actor, { slug, owner })) return { slug }
    const { record } = await storedService(tx, slug)
    throw new HeadroomError('CONFLICT', `The set ${owner} does not manage “${record.name}” any more. Load the page again.`)
  })
}
