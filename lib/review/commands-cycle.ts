import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import type { ReviewCycle } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { asJson } from './commands-change'
import { canPlanReviews, WHO_PLANS } from './policy'
import type { CycleInput } from './schema'

const MEANWHILE = 'Somebody else saved this cycle meanwhile. Look at what stands there now, then save again.'

/** Plans reviews of a team or a service. */
export async function createCycle(actor: Actor, input: CycleInput): Promise<{ id: number }> {
  authorize(canPlanReviews(actor), WHO_PLANS)
  return transaction(async (tx) => {
    const { id } = await tx.reviewCycle.create({ data: await dataOf(tx, input) })
    await recordAudit(tx, actor, {
      ...{ action: 'review_cycle.create', entityType: 'review_cycle', entityId: id },
      after: asJson(input),
    })
    return { id }
  })
}

/** Saves other rules for a cycle, if nobody else did since `version`. What was held or skipped stays. */
export async function updateCycle(
  actor: Actor,
  { id, version, cycle }: { id: number; version: number; cycle: CycleInput },
): Promise<{ id: number; version: number }> {
  authorize(canPlanReviews(actor), WHO_PLANS)
  return transaction(async (tx) => {
    const before = await mustFind(tx, id)
    const { count } = await tx.reviewCycle.updateMany({
      where: { id, version },
      data: { ...(await dataOf(tx, cycle)), version: version + 1 },
    })
    if (count === 0) throw new HeadroomError('CONFLICT', MEANWHILE)
    await recordAudit(tx, actor, {
      ...{ action: 'review_cycle.change', entityType: 'review_cycle', entityId: id },
      ...{ before: asJson(kept(before)), after: asJson(cycle) },
    })
    return { id, version: version + 1 }
  })
}

/** Takes a cycle off the list; its minutes stay where they are. */
export async function deleteCycle(actor: Actor, { id, version }: { id: number; version: number }): Promise<{ id: number }> {
  authorize(canPlanReviews(actor), WHO_PLANS)
  return transaction(async (tx) => {
    const before = await mustFind(tx, id)
    if (await tx.review.findFirst({ where: { cycleId: id, status: 'running' }, select: { id: true } }))
      throw new HeadroomError('CONFLICT', 'A review of this cycle goes on. Close it first.')
    const data = { deletedAt: new Date(), version: version + 1 }
    const { count } = await tx.reviewCycle.updateMany({ where: { id, version, deletedAt: null }, data })
    if (count === 0) throw new HeadroomError('CONFLICT', MEANWHILE)
    await recordAudit(tx, actor, {
      ...{ action: 'review_cycle.delete', entityType: 'review_cycle', entityId: id },
      before: asJson(kept(before)),
    })
    return { id }
  })
}

async function mustFind(tx: Transaction, id: number): Promise<ReviewCycle> {
  const found = await tx.reviewCycle.findFirst({ where: { id, deletedAt: null } })
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no review cycle with the number ${id}.`)
  return found
}

const kept = ({ name, teamId, serviceId, rrule, timeZone, startsAt, checklist, enabled, version }: ReviewCycle) => ({
  ...{ name, teamId, serviceId, rrule, timeZone, startsAt, checklist, enabled, version },
})

async function dataOf(tx: Transaction, { name, scope, from, timeZone, rrule, checklist, enabled }: CycleInput) {
  const [kind, slug = ''] = scope.split(':')
  const found = kind === 'team' ? await tx.team.findUnique({ where: { slug } }) : await tx.service.findUnique({ where: { slug } })
  if (!found) {
    const message = `There is no ${kind} “${slug}”. Choose one of the list.`
    throw new HeadroomError('INVALID_INPUT', message, [{ path: 'scope', message }])
  }
  const of = kind === 'team' ? { teamId: found.id, serviceId: null } : { teamId: null, serviceId: found.id }
  return { ...of, name, rrule, timeZone, startsAt: from, checklist, enabled }
}
