import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { Tier } from '../service/tier'
import { canDefineBudgetPolicy, WHO_DEFINES } from './policy'

type Place = { scope: string; tier?: Tier; serviceId?: number; sloId?: number }

/** Says which policy holds where; `null` takes an assignment back, and what is wider holds again. */
export async function assignBudgetPolicy(
  actor: Actor,
  { scope, policy }: { scope: string; policy: string | null },
): Promise<{ scope: string; policy: string | null }> {
  authorize(canDefineBudgetPolicy(actor), WHO_DEFINES)
  return transaction(async (tx) => {
    const place = await placeOf(tx, scope)
    const where = { scope: place.scope }
    const before = await tx.errorBudgetPolicyAssignment.findUnique({ where, include: { policy: true } })
    if (policy === null) await tx.errorBudgetPolicyAssignment.deleteMany({ where })
    else {
      const found = await tx.errorBudgetPolicy.findUnique({ where: { slug: policy }, select: { id: true } })
      if (!found) throw refuse('policy', `There is no error-budget policy “${policy}”. Choose one of the list.`)
      const data = { ...place, policyId: found.id }
      await tx.errorBudgetPolicyAssignment.upsert({ where, create: data, update: data })
    }
    await recordAudit(tx, actor, {
      action: policy === null ? 'error_budget_policy.unassign' : 'error_budget_policy.assign',
      entityType: 'error_budget_policy_assignment',
      entityId: place.scope,
      before: { policy: before?.policy.slug ?? null },
      after: { policy },
    })
    return { scope, policy }
  })
}

const refuse = (path: string, message: string): HeadroomError => new HeadroomError('INVALID_INPUT', message, [{ path, message }])

async function placeOf(tx: Transaction, scope: string): Promise<Place> {
  const [kind, name = ''] = scope.split(':')
  if (kind === 'tier') return { scope, tier: name as Tier }
  if (kind === 'service') {
    const service = await tx.service.findUnique({ where: { slug: name }, select: { id: true } })
    if (!service) throw refuse('scope', `There is no service “${name}”. Choose one of the list.`)
    return { scope: `service:${service.id}`, serviceId: service.id }
  }
  if (kind === 'slo') {
    const slo = await tx.slo.findFirst({ where: { id: Number(name), deletedAt: null }, select: { id: true } })
    if (!slo) throw refuse('scope', `There is no SLO with the number ${name}.`)
    return { scope: `slo:${slo.id}`, sloId: slo.id }
  }
  return { scope: 'default' }
}
