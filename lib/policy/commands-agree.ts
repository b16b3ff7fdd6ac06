import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import type { Role } from '../auth/role'
import { personBehind } from '../correction/policy'
import { type Transaction, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { agreesAs, whoAgrees } from './policy'
import { budgetPolicy } from './reads'
import { roleText } from './words'

type Word = { slug: string; version: number; agrees: boolean }

/**
 * One person of each named role agrees to the present version, and may take it back. A policy holds where it is assigned
 * whether or not it is agreed: agreement says that people stand for it.
 */
export async function agreeToPolicy(
  actor: Actor,
  { slug, version, agrees }: Word,
  now: UnixSeconds = Math.floor(Date.now() / 1000),
): Promise<{ slug: string; version: number; role: Role; agrees: boolean }> {
  const policy = await budgetPolicy(actor, slug)
  const { agreedBy } = policy.settings
  const role = agreesAs(actor, agreedBy)
  authorize(role !== null, whoAgrees(agreedBy))
  const named = role as Role
  return transaction(async (tx) => {
    const { id: personId, name } = await personOf(tx, actor, named)
    // Saving a version writes this row: whoever agrees and whoever changes what is agreed to wait for each other.
    const [present] = await tx.$queryRaw<{ version: number }[]>`
      SELECT version FROM error_budget_policy WHERE id = ${policy.id} FOR UPDATE`
    if (present?.version !== version)
      throw new HeadroomError('CONFLICT', `The present version is ${present?.version ?? 'gone'}. Read it before you agree.`)
    const where = { policyId_version_role: { policyId: policy.id, version, role: named } }
    const before = await tx.errorBudgetPolicyAgreement.findUnique({ where })
    if (before && before.personId !== personId) {
      const words = `${before.personName} agreed as ${roleText(named)} already.`
      throw new HeadroomError('CONFLICT', agrees ? words : `${words} Only they can take it back.`)
    }
    const done = { slug, version, role: named, agrees }
    if (agrees === (before !== null)) return done
    if (agrees)
      await tx.errorBudgetPolicyAgreement.create({
        data: { policyId: policy.id, version, role: named, personId, personName: name, at: now },
      })
    else await tx.errorBudgetPolicyAgreement.delete({ where })
    await recordAudit(tx, actor, {
      action: agrees ? 'error_budget_policy.agree' : 'error_budget_policy.take_back_agreement',
      entityType: 'error_budget_policy',
      entityId: policy.id,
      after: { version, role: named },
    })
    return done
  })
}

/** A token agrees for the person who made it, in the role of that person; the command line speaks for nobody. */
async function personOf(tx: Transaction, actor: Actor, role: Role): Promise<{ id: string; name: string }> {
  const id = personBehind(actor)
  if (id === null) throw new HeadroomError('FORBIDDEN', 'Agreeing needs a person. Sign in, or use a token that belongs to one.')
  if (actor.type === 'user') return { id, name: actorName(actor) }
  const person = await tx.user.findUnique({ where: { id }, select: { name: true, role: true } })
  if (person?.role !== role)
    throw new HeadroomError('FORBIDDEN', `Whoever made this token is no ${roleText(role)}. Use a token of their own role.`)
  return { id, name: person.name }
}
