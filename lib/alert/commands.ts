import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { alertPolicySchema } from './alert-policy'
import { policyChanges } from './changes'
import { mustFireWhereAssigned } from './commands-assign'
import { canDefineAlertPolicy, WHO_DEFINES } from './policy'
import { alertPolicy } from './reads-policies'
import type { PolicyDetail, PolicyInput } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
const columnsOf = ({ name, slug, description, settings }: PolicyInput) => ({
  name,
  slug,
  description,
  settings: asJson(settings),
})

export const inputOfPolicy = ({ name, slug, description, settings }: PolicyDetail): PolicyInput => ({
  ...{ name, slug, description, settings },
})

export type SavedPolicy =
  | { kind: 'saved'; slug: string; version: number }
  /** somebody else saved in between: what they changed, and theirs to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; policy: PolicyInput }

/** Writes a policy. It holds nowhere until it is assigned. */
export async function createAlertPolicy(actor: Actor, policy: PolicyInput): Promise<{ slug: string; version: number }> {
  authorize(canDefineAlertPolicy(actor), WHO_DEFINES)
  return transaction(async (tx) => {
    await mustBeFree(tx, policy)
    const { id } = await tx.alertPolicy.create({ data: columnsOf(policy) })
    await writeVersion(tx, actor, { policyId: id, version: 1, settings: policy.settings, changes: ['Created'] })
    const audit = { action: 'alert_policy.create', entityType: 'alert_policy', entityId: id, after: asJson(policy) }
    await recordAudit(tx, actor, audit)
    return { slug: policy.slug, version: 1 }
  })
}

/** Saves if nobody else did since `version`; otherwise says what they changed and writes nothing. */
export async function updateAlertPolicy(
  actor: Actor,
  { slug, version, policy }: { slug: string; version: number; policy: PolicyInput },
  now = clock(),
): Promise<SavedPolicy> {
  authorize(canDefineAlertPolicy(actor), WHO_DEFINES)
  const stored = await alertPolicy(actor, slug, now)
  mustBeOwn(stored)
  if (stored.version !== version) return conflict(actor, slug, version)
  const changes = policyChanges(inputOfPolicy(stored), policy)
  const saved = await transaction(async (tx): Promise<SavedPolicy | null> => {
    await mustBeFree(tx, policy, stored.id)
    await mustFireWhereAssigned(tx, stored.id, policy.settings, now)
    const data = { ...columnsOf(policy), version: version + 1, updatedAt: new Date(now * 1000) }
    const { count } = await tx.alertPolicy.updateMany({ where: { slug, version }, data })
    if (count === 0) return null
    await writeVersion(tx, actor, { policyId: stored.id, version: version + 1, settings: policy.settings, changes })
    await recordAudit(tx, actor, {
      action: 'alert_policy.update',
      entityType: 'alert_policy',
      entityId: stored.id,
      before: asJson({ ...inputOfPolicy(stored), version }),
      after: asJson({ ...policy, version: version + 1 }),
    })
    return { kind: 'saved', slug: policy.slug, version: version + 1 }
  })
  return saved ?? conflict(actor, slug, version)
}

async function conflict(actor: Actor, slug: string, base: number): Promise<SavedPolicy> {
  const theirs = await alertPolicy(actor, slug)
  const before = await db().alertPolicyVersion.findUnique({
    where: { policyId_version: { policyId: theirs.id, version: base } },
  })
  const known = alertPolicySchema.safeParse(before?.settings)
  const policy = inputOfPolicy(theirs)
  return {
    kind: 'conflict',
    version: theirs.version,
    author: theirs.versions[0]?.author ?? 'somebody',
    changes: known.success ? policyChanges({ ...policy, settings: known.data }, policy) : [],
    policy,
  }
}

/** Deletes a policy that holds nowhere. Alerts it raised keep its name. */
export async function deleteAlertPolicy(
  actor: Actor,
  { slug, version }: { slug: string; version: number },
): Promise<{ slug: string }> {
  authorize(canDefineAlertPolicy(actor), WHO_DEFINES)
  const stored = await alertPolicy(actor, slug)
  mustBeOwn(stored)
  return transaction(async (tx) => {
    const used = await tx.alertPolicyAssignment.count({ where: { policyId: stored.id } })
    if (used > 0) throw new HeadroomError('CONFLICT', `It is in use: ${usesText(stored)}. Assign something else there first.`)
    const { count } = await tx.alertPolicy.deleteMany({ where: { slug, version } })
    if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this policy meanwhile. Read it again before deleting.')
    await recordAudit(tx, actor, {
      action: 'alert_policy.delete',
      entityType: 'alert_policy',
      entityId: stored.id,
      before: asJson({ ...inputOfPolicy(stored), version }),
    })
    return { slug }
  })
}

const usesText = ({ uses }: PolicyDetail): string => uses.map(({ words }) => words).join(', ') || 'by an SLO that was deleted'

function mustBeOwn({ preset, name }: PolicyDetail): void {
  if (preset)
    throw new HeadroomError('CONFLICT', `“${name}” comes with Headroom and stays as it is. Copy it and change the copy.`)
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
