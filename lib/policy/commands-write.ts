import 'server-only'
import type { AssignedPlace } from '../alert/commands-place'
import { columnsOf, policyAudit, refuseChanged, refuseTaken, sameNames, versionColumns } from '../alert/commands-policy'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import type { BudgetPolicyInput } from './schema'

/** What is written about policies and where they hold, inside the transaction of whichever command asks for it. */

const audit = policyAudit('error_budget_policy')

/** `managedBy`: the set of files it comes from */
export async function insertBudgetPolicy(
  tx: Transaction,
  actor: Actor,
  policy: BudgetPolicyInput,
  managedBy: string | null = null,
): Promise<number> {
  await mustBeFree(tx, policy)
  const { id } = await tx.errorBudgetPolicy.create({ data: { ...columnsOf(policy), managedBy } })
  await tx.errorBudgetPolicyVersion.create({
    data: versionColumns(actor, { policyId: id, version: 1, settings: policy.settings, changes: ['Created'] }),
  })
  await audit.created(tx, actor, id, policy)
  return id
}

export type BudgetPolicyChange = {
  id: number
  version: number
  before: BudgetPolicyInput
  policy: BudgetPolicyInput
  changes: string[]
}

/** False, and nothing is written: somebody else saved since. */
export async function writeBudgetPolicy(
  tx: Transaction,
  actor: Actor,
  { id, version, before, policy, changes }: BudgetPolicyChange,
  now: UnixSeconds,
): Promise<boolean> {
  await mustBeFree(tx, policy, id)
  const at = new Date(now * 1000)
  const data = { ...columnsOf(policy), version: version + 1, updatedAt: at }
  const { count } = await tx.errorBudgetPolicy.updateMany({ where: { id, version }, data })
  if (count === 0) return false
  const { settings } = policy
  await tx.errorBudgetPolicyVersion.create({
    data: versionColumns(actor, { policyId: id, version: version + 1, settings, changes, validFrom: at }),
  })
  await audit.updated(tx, actor, { id, version, before }, policy)
  return true
}

export async function removeBudgetPolicy(
  tx: Transaction,
  actor: Actor,
  { id, version, before }: Pick<BudgetPolicyChange, 'id' | 'version' | 'before'>,
): Promise<void> {
  const { count } = await tx.errorBudgetPolicy.deleteMany({ where: { id, version } })
  refuseChanged(count)
  await audit.deleted(tx, actor, { id, version, before })
}

/** `null` takes an assignment back. */
export async function putBudgetPolicy(
  tx: Transaction,
  actor: Actor,
  place: AssignedPlace,
  policy: { id: number; slug: string } | null,
): Promise<void> {
  const where = { scope: place.scope }
  const before = await tx.errorBudgetPolicyAssignment.findUnique({ where, include: { policy: true } })
  if (policy === null) await tx.errorBudgetPolicyAssignment.deleteMany({ where })
  else {
    const data = { ...place, policyId: policy.id }
    await tx.errorBudgetPolicyAssignment.upsert({ where, create: data, update: data })
  }
  await audit.assigned(tx, actor, place, before?.policy.slug ?? null, policy?.slug ?? null)
}

/** A policy that comes from files is changed there. */
export async function mustNotBeOfFiles(on: Pick<Transaction, 'errorBudgetPolicy'>, id: number): Promise<void> {
  const found = await on.errorBudgetPolicy.findUnique({ where: { id }, select: { name: true, managedBy: true } })
  if (found?.managedBy)
    throw new HeadroomError('CONFLICT', `“${found.name}” is managed by Git (set ${found.managedBy}). Change it there.`)
}

const mustBeFree = async (tx: Transaction, policy: BudgetPolicyInput, except?: number): Promise<void> =>
  refuseTaken(policy, await tx.errorBudgetPolicy.findMany(sameNames(policy, except)))
