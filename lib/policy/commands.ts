import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { budgetPolicySchema } from './budget-policy'
import { budgetPolicyChanges } from './changes'
import { canDefineBudgetPolicy, WHO_DEFINES } from './policy'
import { budgetPolicy } from './reads'
import type { BudgetPolicyDetail, BudgetPolicyInput } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
const columnsOf = ({ name, slug, description, settings }: BudgetPolicyInput) => ({
  ...{ name, slug, description, settings: asJson(settings) },
})
const inputOf = ({ name, slug, description, settings }: BudgetPolicyDetail): BudgetPolicyInput => ({
  ...{ name, slug, description, settings },
})

export type SavedBudgetPolicy =
  | { kind: 'saved'; slug: string; version: number }
  /** somebody else saved in between: what they changed, and theirs to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; policy: BudgetPolicyInput }

/** Writes a policy. It holds nowhere until it is assigned, and nobody has agreed to it yet. */
export async function createBudgetPolicy(actor: Actor, policy: BudgetPolicyInput): Promise<{ slug: string; version: number }> {
  authorize(canDefineBudgetPolicy(actor), WHO_DEFINES)
  return transaction(async (tx) => {
    await mustBeFree(tx, policy)
    const { id } = await tx.errorBudgetPolicy.create({ data: columnsOf(policy) })
    await writeVersion(tx, actor, { policyId: id, version: 1, settings: policy.settings, changes: ['Created'] })
    const audit = { action: 'error_budget_policy.create', entityType: 'error_budget_policy', entityId: id, after: asJson(policy) }
    await recordAudit(tx, actor, audit)
    return { slug: policy.slug, version: 1 }
  })
}

/** Saves if nobody else did since `version`; otherwise says what they changed and writes nothing. */
export async function updateBudgetPolicy(
  actor: Actor,
  { slug, version, policy }: { slug: string; version: number; policy: BudgetPolicyInput },
  now = clock(),
): Promise<SavedBudgetPolicy> {
  authorize(canDefineBudgetPolicy(actor), WHO_DEFINES)
  const stored = await budgetPolicy(actor, slug)
  mustBeOwn(stored)
  if (stored.version !== version) return conflict(actor, slug, version)
  const changes = budgetPolicyChanges(inputOf(stored), policy)
  const saved = await transaction(async (tx): Promise<SavedBudgetPolicy | null> => {
    await mustBeFree(tx, policy, stored.id)
    const at = new Date(now * 1000)
    const data = { ...columnsOf(policy), version: version + 1, updatedAt: at }
    const { count } = await tx.errorBudgetPolicy.updateMany({ where: { slug, version }, data })
    if (count === 0) return null
    const { settings } = policy
    await writeVersion(tx, actor, { policyId: stored.id, version: version + 1, settings, changes, validFrom: at })
    await recordAudit(tx, actor, {
      action: 'error_budget_policy.update',
      entityType: 'error_budget_policy',
      entityId: stored.id,
      before: asJson({ ...inputOf(stored), version }),
      after: asJson({ ...policy, version: version + 1 }),
    })
    return { kind: 'saved', slug: policy.slug, version: version + 1 }
  })
  return saved ?? conflict(actor, slug, version)
}

async function conflict(actor: Actor, slug: string, base: number): Promise<SavedBudgetPolicy> {
  const theirs = await budgetPolicy(actor, slug)
  const before = await db().errorBudgetPolicyVersion.findUnique({
    where: { policyId_version: { policyId: theirs.id, version: base } },
  })
  const known = budgetPolicySchema.safeParse(before?.settings)
  const policy = inputOf(theirs)
  return {
    kind: 'conflict',
    version: theirs.version,
    author: theirs.versions[0]?.author ?? 'somebody',
    changes: known.success ? budgetPolicyChanges({ ...policy, settings: known.data }, policy) : [],
    policy,
  }
}

/** Deletes a policy that holds nowhere. Decisions keep its name and version. */
export async function deleteBudgetPolicy(
  actor: Actor,
  { slug, version }: { slug: string; version: number },
): Promise<{ slug: string }> {
  authorize(canDefineBudgetPolicy(actor), WHO_DEFINES)
  const stored = await budgetPolicy(actor, slug)
  mustBeOwn(stored)
  return transaction(async (tx) => {
    // An assignment refers to the row, so nobody can assign it between the count and the removal.
    await tx.$queryRaw`SELECT id FROM error_budget_policy WHERE id = ${stored.id} FOR UPDATE`
    const used = await tx.errorBudgetPolicyAssignment.count({ where: { policyId: stored.id } })
    if (used > 0) throw new HeadroomError('CONFLICT', `It is in use: ${usesText(stored)}. Assign something else there first.`)
    const { count } = await tx.errorBudgetPolicy.deleteMany({ where: { slug, version } })
    if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this policy meanwhile. Read it again before deleting.')
    await recordAudit(tx, actor, {
      action: 'error_budget_policy.delete',
      entityType: 'error_budget_policy',
      entityId: stored.id,
      before: asJson({ ...inputOf(stored), version }),
    })
    return { slug }
  })
}

const usesText = ({ uses }: BudgetPolicyDetail): string =>
  uses.map(({ words }) => words).join(', ') || 'by an SLO that was deleted'

function mustBeOwn({ preset, name }: BudgetPolicyDetail): void {
  if (preset)
    throw new HeadroomError('CONFLICT', `“${name}” comes with Headroom and stays as it is. Copy it and change the copy.`)
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
