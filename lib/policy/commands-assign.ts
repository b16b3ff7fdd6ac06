import 'server-only'
import { placeOf, refuseAt } from '../alert/commands-place'
import { mustNotBeSaidByFile } from '../alert/commands-write'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { putBudgetPolicy } from './commands-write'
import { canDefineBudgetPolicy, WHO_DEFINES } from './policy'

/** Says which policy holds where; `null` takes an assignment back, and what is wider holds again. */
export async function assignBudgetPolicy(
  actor: Actor,
  { scope, policy }: { scope: string; policy: string | null },
): Promise<{ scope: string; policy: string | null }> {
  authorize(canDefineBudgetPolicy(actor), WHO_DEFINES)
  return transaction(async (tx) => {
    const place = await placeOf(tx, scope)
    if (place.sloId !== undefined) await mustNotBeSaidByFile(tx, place.sloId, 'budgetPolicy')
    const found =
      policy === null
        ? null
        : await tx.errorBudgetPolicy.findUnique({ where: { slug: policy }, select: { id: true, slug: true } })
    if (policy !== null && !found)
      throw refuseAt('policy', `There is no error-budget policy “${policy}”. Choose one of the list.`)
    await putBudgetPolicy(tx, actor, place, found)
    return { scope, policy }
  })
}
