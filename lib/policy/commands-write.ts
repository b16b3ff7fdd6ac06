import 'server-only'
import type { AssignedPlace } from '../alert/commands-place'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import type { Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import type { BudgetPolicyInput } from './schema'

/** What is written about policies and where they hold, inside the transaction of whichever command asks for it. */

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
const columnsOf = ({ name, slug, description, settings }: BudgetPolicyInput) => ({
  ...{ name, slug, description, settings: asJson(settings) },
})

/** `managedBy`: the set of files it comes from */
export async function insertBudgetPolicy(
  tx: Transaction,
  actor: Actor,
  policy: BudgetPolicyInput,
  managedBy: string | null = null,
): Promise<number> {
  await mustBeFree(tx, policy)
  const { id } = await tx.errorBudgetPolicy.create({ data: { ...columnsOf(policy), managedBy } })
  await writeVersion(tx, actor, { policyId: id, version: 1, settings: policy.settings, changes: ['Created'] })
  const audit = { action: 'error_budget_policy.create', entityType: 'error_budget_policy', entityId: id, after: asJson(policy) }
  await recordAudit(tx, actor, audit)
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
  await writeVersion(tx, actor, { policyId: id, version: version + 1, settings, changes, validFrom: at })
  await recordAudit(tx, actor, {
    action: 'error_budget_policy.update',
    entityType: 'error_budget_policy',
    entityId: id,
    before: asJson({ ...before, version }),
    after: asJson({ ...policy, version: version + 1 }),
  })
  return true
}

export async function removeBudgetPolicy(
  tx: Transaction,
  actor: Actor,
  { id, version, before }: Pick<BudgetPolicyChange, 'id' | 'version' | 'before'>,
): Promise<void> {
  const { count } = await tx.errorBudgetPolicy.deleteMany({ where: { id, version } })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this policy meanwhile. Read it again before deleting.')
  await recordAudit(tx, actor, {
    action: 'error_budget_policy.delete',
    entityType: 'error_budget_policy',
    entityId: id,
    before: asJson({ ...before, version }),
  })
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
  await recordAudit(tx, actor, {
    action: policy === null ? 'error_budget_policy.unassign' : 'error_budget_policy.assign',
    entityType: 'error_budget_policy_assignment',
    entityId: place.scope,
    before: { policy: before?.policy.slug ?? null },
    after: { policy: policy?.slug ?? null },
  })
}

/** A policy that comes from files is changed there. */
export async function mustNotBeOfFiles(on: Pick<Transaction, 'errorBudgetPolicy'>, id: number): Promise<void> {
  const found = await on.errorBudgetPolicy.findUnique({ where: { id }, select: { name: true, managedBy: true } })
  if (found?.managedBy)
    throw new HeadroomError('CONFLICT', `“${found.name}” is managed by Git (set ${found.managedBy}). Change it there.`)
}

/** `except`: the policy itself, which keeps what is its own */
async function mustBeFree(tx: Transaction, { slug, name }: BudgetPolicyInput, except = 0): Promise<void> {
  const taken = await tx.errorBudgetPolicy.findMany({
    where: { OR: [{ slug }, { name }], NOT: { id: except } },
    select: { slug: true },
  })
  if (taken.length === 0) return
  const path = taken.some((one) => one.slug === slug) ? 'slug' : 'name'
  const message = `There is a policy with this ${path === 'slug' ? 'short name' : 'name'} already. Choose another.`
  throw new HeadroomError('INVALID_INPUT', message, [{ path, message }])
}

type Version = {
  policyId: number
  version: number
  settings: BudgetPolicyInput['settings']
  changes: string[]
  validFrom?: Date
}

const writeVersion = (tx: Transaction, actor: Actor, { settings, ...version }: Version) =>
  tx.errorBudgetPolicyVersion.create({
    data: { ...version, settings: asJson(settings), author: actorName(actor), authorId: actorId(actor) },
  })
