import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { alertPolicySchema } from './alert-policy'
import { policyChanges } from './changes'
import { mustFireWhereAssigned } from './commands-assign'
import { insertAlertPolicy, mustNotBeOfFile, removeAlertPolicy, writeAlertPolicy } from './commands-write'
import { canDefineAlertPolicy, WHO_DEFINES } from './policy'
import { alertPolicy } from './reads-policies'
import type { PolicyDetail, PolicyInput } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)

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
    await insertAlertPolicy(tx, actor, policy)
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
    await mustNotBeOfFile(tx, stored.id)
    await mustFireWhereAssigned(tx, stored.id, policy.settings, now)
    const change = { id: stored.id, version, before: inputOfPolicy(stored), policy, changes }
    if (!(await writeAlertPolicy(tx, actor, change, now))) return null
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
    await mustNotBeOfFile(tx, stored.id)
    const used = await tx.alertPolicyAssignment.count({ where: { policyId: stored.id } })
    if (used > 0) throw new HeadroomError('CONFLICT', `It is in use: ${usesText(stored)}. Assign something else there first.`)
    await removeAlertPolicy(tx, actor, { id: stored.id, version, before: inputOfPolicy(stored) })
    return { slug }
  })
}

const usesText = ({ uses }: PolicyDetail): string => uses.map(({ words }) => words).join(', ') || 'by an SLO that was deleted'

function mustBeOwn({ preset, name }: PolicyDetail): void {
  if (preset)
    throw new HeadroomError('CONFLICT', `“${name}” comes with Headroom and stays as it is. Copy it and change the copy.`)
}
