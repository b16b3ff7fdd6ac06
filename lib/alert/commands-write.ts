import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import type { Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { mustBeOurs } from '../slo/commands-write'
import type { UnixSeconds } from '../time-series/units'
import type { AssignedPlace } from './commands-place'
import type { PolicyInput } from './schema'

/** What is written about policies and where they hold, inside the transaction of whichever command asks for it. */

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
const columnsOf = ({ name, slug, description, settings }: PolicyInput) => ({
  name,
  slug,
  description,
  settings: asJson(settings),
})

/** `sloId`: written from the file of this SLO, and its own */
export async function insertAlertPolicy(tx: Transaction, actor: Actor, policy: PolicyInput, sloId?: number): Promise<number> {
  await mustBeFree(tx, policy)
  const { id } = await tx.alertPolicy.create({ data: columnsOf(policy) })
  if (sloId !== undefined) await tx.slo.update({ where: { id: sloId }, data: { ownAlertPolicyId: id } })
  await writeVersion(tx, actor, { policyId: id, version: 1, settings: policy.settings, changes: ['Created'] })
  const audit = { action: 'alert_policy.create', entityType: 'alert_policy', entityId: id, after: asJson(policy) }
  await recordAudit(tx, actor, audit)
  return id
}

export type PolicyChange = { id: number; version: number; before: PolicyInput; policy: PolicyInput; changes: string[] }

/** False, and nothing is written: somebody else saved since. */
export async function writeAlertPolicy(
  tx: Transaction,
  actor: Actor,
  { id, version, before, policy, changes }: PolicyChange,
  now: UnixSeconds,
): Promise<boolean> {
  await mustBeFree(tx, policy, id)
  const data = { ...columnsOf(policy), version: version + 1, updatedAt: new Date(now * 1000) }
  const { count } = await tx.alertPolicy.updateMany({ where: { id, version }, data })
  if (count === 0) return false
  await writeVersion(tx, actor, { policyId: id, version: version + 1, settings: policy.settings, changes })
  await recordAudit(tx, actor, {
    action: 'alert_policy.update',
    entityType: 'alert_policy',
    entityId: id,
    before: asJson({ ...before, version }),
    after: asJson({ ...policy, version: version + 1 }),
  })
  return true
}

export async function removeAlertPolicy(
  tx: Transaction,
  actor: Actor,
  { id, version, before }: Pick<PolicyChange, 'id' | 'version' | 'before'>,
): Promise<void> {
  const { count } = await tx.alertPolicy.deleteMany({ where: { id, version } })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this policy meanwhile. Read it again before deleting.')
  await recordAudit(tx, actor, {
    action: 'alert_policy.delete',
    entityType: 'alert_policy',
    entityId: id,
    before: asJson({ ...before, version }),
  })
}

/** `null` takes an assignment back. */
export async function putAlertPolicy(
  tx: Transaction,
  actor: Actor,
  place: AssignedPlace,
  policy: { id: number; slug: string } | null,
): Promise<void> {
  const where = { scope: place.scope }
  const before = await tx.alertPolicyAssignment.findUnique({ where, include: { policy: true } })
  if (policy === null) await tx.alertPolicyAssignment.deleteMany({ where })
  else {
    const data = { ...place, policyId: policy.id }
    await tx.alertPolicyAssignment.upsert({ where, create: data, update: data })
  }
  await recordAudit(tx, actor, {
    action: policy === null ? 'alert_policy.unassign' : 'alert_policy.assign',
    entityType: 'alert_policy_assignment',
    entityId: place.scope,
    before: { policy: before?.policy.slug ?? null },
    after: { policy: policy?.slug ?? null },
  })
}

/** A policy that the file of an SLO says is changed there. */
export async function mustNotBeOfFile(on: Pick<Transaction, 'slo' | 'alertPolicy'>, policyId: number): Promise<void> {
  const found = await on.alertPolicy.findUnique({ where: { id: policyId }, select: { ofSlo: { select: { id: true } } } })
  if (found?.ofSlo) await mustBeOurs(on, found.ofSlo.id)
}

/** Where files say which policy holds for an SLO, nobody assigns another; where they leave it open, people do. */
export async function mustNotBeSaidByFile(
  on: Pick<Transaction, 'slo'>,
  sloId: number,
  what: 'alerting' | 'budgetPolicy',
): Promise<void> {
  const found = await on.slo.findUnique({ where: { id: sloId }, select: { declared: true } })
  const declared = found?.declared as { alerting?: { kind: string }; budgetPolicy?: string | null } | null | undefined
  const said = what === 'alerting' ? (declared?.alerting?.kind ?? 'default') !== 'default' : Boolean(declared?.budgetPolicy)
  if (said) await mustBeOurs(on, sloId)
}

async function mustBeFree(tx: Transaction, { slug, name }: PolicyInput, except = 0): Promise<void> {
  const where = { OR: [{ slug }, { name }], NOT: { id: except } }
  const taken = await tx.alertPolicy.findMany({ where, select: { slug: true } })
  if (taken.length === 0) return
  const path = taken.some((one) => one.slug === slug) ? 'slug' : 'name'
  const message = `There is a policy with this ${path === 'slug' ? 'short name' : 'name'} already. Choose another.`
  throw new HeadroomError('INVALID_INPUT', message, [{ path, message }])
}

type Version = { policyId: number; version: number; settings: PolicyInput['settings']; changes: string[] }

const writeVersion = (tx: Transaction, actor: Actor, { settings, ...version }: Version) =>
  tx.alertPolicyVersion.create({
    data: { ...version, settings: asJson(settings), author: actorName(actor), authorId: actorId(actor) },
  })
