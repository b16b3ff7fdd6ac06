import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import type { Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { AssignedPlace } from './commands-place'

/** What is written about a policy is the same for alerts and for error budgets: only the tables differ. */

type Written = { name: string; slug: string; description: string; settings: unknown }
type Versioned = { id: number; version: number; before: Written }

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

export const columnsOf = ({ name, slug, description, settings }: Written) => ({
  ...{ name, slug, description, settings: asJson(settings) },
})

type Version = { policyId: number; version: number; settings: unknown; changes: string[]; validFrom?: Date }
export const versionColumns = (actor: Actor, { settings, ...version }: Version) => ({
  ...{ ...version, settings: asJson(settings), author: actorName(actor), authorId: actorId(actor) },
})

/** Refuses where others of the same kind have the short name or the name. */
export function refuseTaken({ slug }: Written, taken: { slug: string }[]): void {
  if (taken.length === 0) return
  const path = taken.some((one) => one.slug === slug) ? 'slug' : 'name'
  const message = `There is a policy with this ${path === 'slug' ? 'short name' : 'name'} already. Choose another.`
  throw new HeadroomError('INVALID_INPUT', message, [{ path, message }])
}

/** Who has the short name or the name; `except`: the policy itself, which keeps what is its own. */
export const sameNames = ({ slug, name }: Written, except = 0) => ({
  where: { OR: [{ slug }, { name }], NOT: { id: except } },
  select: { slug: true },
})

/** Deleting what somebody else changed since. */
export const refuseChanged = (count: number): void => {
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this policy meanwhile. Read it again before deleting.')
}

/** Audit rows of one kind of policy. */
export const policyAudit = (kind: 'alert_policy' | 'error_budget_policy') => ({
  created: (tx: Transaction, actor: Actor, id: number, policy: Written) =>
    recordAudit(tx, actor, { action: `${kind}.create`, entityType: kind, entityId: id, after: asJson(policy) }),
  updated: (tx: Transaction, actor: Actor, { id, version, before }: Versioned, policy: Written) =>
    recordAudit(tx, actor, {
      ...{ action: `${kind}.update`, entityType: kind, entityId: id },
      before: asJson({ ...before, version }),
      after: asJson({ ...policy, version: version + 1 }),
    }),
  deleted: (tx: Transaction, actor: Actor, { id, version, before }: Versioned) =>
    recordAudit(tx, actor, {
      ...{ action: `${kind}.delete`, entityType: kind, entityId: id },
      before: asJson({ ...before, version }),
    }),
  assigned: (tx: Transaction, actor: Actor, { scope }: AssignedPlace, before: string | null, after: string | null) =>
    recordAudit(tx, actor, {
      action: after === null ? `${kind}.unassign` : `${kind}.assign`,
      ...{ entityType: `${kind}_assignment`, entityId: scope },
      before: { policy: before },
      after: { policy: after },
    }),
})
