import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { budgetPolicySchema } from './budget-policy'
import { budgetPolicyChanges } from './changes'
import { insertBudgetPolicy, mustNotBeOfFiles, removeBudgetPolicy, writeBudgetPolicy } from './commands-write'
import { canDefineBudgetPolicy, WHO_DEFINES } from './policy'
import { budgetPolicy } from './reads'
import type { BudgetPolicyDetail, BudgetPolicyInput } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
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
    await insertBudgetPolicy(tx, actor, policy)
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
    await mustNotBeOfFiles(tx, stored.id)
    const change = { id: stored.id, version, before: inputOf(stored), policy, changes }
    if (!(await writeBudgetPolicy(tx, actor, change, now))) return null
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
    await mustNotBeOfFiles(tx, stored.id)
    // An assignment refers to the row, so nobody can assign it between the count and the removal.
    await tx.$queryRaw`SELECT id FROM error_budget_policy WHERE id = ${stored.id} FOR UPDATE`
    const used = await tx.errorBudgetPolicyAssignment.count({ where: { policyId: stored.id } })
    if (used > 0) throw new HeadroomError('CONFLICT', `It is in use: ${usesText(stored)}. Assign something else there first.`)
    await removeBudgetPolicy(tx, actor, { id: stored.id, version, before: inputOf(stored) })
    return { slug }
  })
}

const usesText = ({ uses }: BudgetPolicyDetail): string =>
  uses.map(({ words }) => words).join(', ') || 'by an SLO that was deleted'

function mustBeOwn({ preset, name }: BudgetPolicyDetail): void {
  if (preset)
    throw new HeadroomError('CONFLICT', `“${name}” comes with Headroom and stays as it is. Copy it and change the copy.`)
}
