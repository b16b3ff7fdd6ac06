import 'server-only'
import { placeOf, refuseAt } from '../alert/commands-place'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { canDefineBudgetPolicy, WHO_DEFINES } from './policy'

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
      if (!found) throw refuseAt('policy', `There is no error-budget policy “${policy}”. Choose one of the list.`)
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
