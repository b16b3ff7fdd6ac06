import 'server-only'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { mustBeOurs } from '../slo/commands-write'
import type { UnixSeconds } from '../time-series/units'
import type { AssignedPlace } from './commands-place'
import { columnsOf, policyAudit, refuseChanged, refuseTaken, sameNames, versionColumns } from './commands-policy'
import type { PolicyInput } from './schema'

/** What is written about policies and where they hold, inside the transaction of whichever command asks for it. */

const audit = policyAudit('alert_policy')

/** `sloId`: written from the file of this SLO, and its own */
export async function insertAlertPolicy(tx: Transaction, actor: Actor, policy: PolicyInput, sloId?: number): Promise<number> {
  await mustBeFree(tx, policy)
  const { id } = await tx.alertPolicy.create({ data: columnsOf(policy) })
  if (sloId !== undefined) await tx.slo.update({ where: { id: sloId }, data: { ownAlertPolicyId: id } })
  await tx.alertPolicyVersion.create({
    data: versionColumns(actor, { policyId: id, version: 1, settings: policy.settings, changes: ['Created'] }),
  })
  await audit.created(tx, actor, id, policy)
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
  await tx.alertPolicyVersion.create({
    data: versionColumns(actor, { policyId: id, version: version + 1, settings: policy.settings, changes }),
  })
  await audit.updated(tx, actor, { id, version, before }, policy)
  return true
}

export async function removeAlertPolicy(
  tx: Transaction,
  actor: Actor,
  { id, version, before }: Pick<PolicyChange, 'id' | 'version' | 'before'>,
): Promise<void> {
  const { count } = await tx.alertPolicy.deleteMany({ where: { id, version } })
  refuseChanged(count)
  await audit.deleted(tx, actor, { id, version, before })
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
  await audit.assigned(tx, actor, place, before?.policy.slug ?? null, policy?.slug ?? null)
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

const mustBeFree = async (tx: Transaction, policy: PolicyInput, except?: number): Promise<void> =>
  refuseTaken(policy, await tx.alertPolicy.findMany(sameNames(policy, except)))
