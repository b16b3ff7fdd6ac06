import 'server-only'
import { randomUUID } from 'node:crypto'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName, personIdOf } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { hashOf, newWallSecret, prefixOf } from '../token/secret'
import { canChangeWallLinks, WHO_CHANGES } from './policy'
import type { NewWallLink } from './schema'

const DAY = 86_400_000

/** A new link. Its path is returned once and stored only as a hash. */
export async function createWallLink(
  actor: Actor,
  { name, team, tier, days }: NewWallLink,
  now = new Date(),
): Promise<{ id: string; path: string }> {
  authorize(canChangeWallLinks(actor), WHO_CHANGES)
  const found = team === null ? null : await db().team.findUnique({ where: { slug: team }, select: { id: true } })
  if (team !== null && found === null) {
    const message = `There is no team “${team}”. Choose one of the list.`
    throw new HeadroomError('INVALID_INPUT', message, [{ path: 'team', message }])
  }
  const secret = newWallSecret()
  const id = randomUUID()
  const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY)
  await transaction(async (tx) => {
    await tx.wallLink.create({
      data: {
        ...{ id, name, prefix: prefixOf(secret), hash: hashOf(secret), teamId: found?.id ?? null, tier, expiresAt },
        ...{ createdBy: actorName(actor), makerId: personIdOf(actor), createdAt: now },
      },
    })
    const after = { name, team, tier, expiresAt: expiresAt?.toISOString() ?? null }
    await recordAudit(tx, actor, { action: 'wall-link.create', entityType: 'wall-link', entityId: id, after })
  })
  return { id, path: `/wall/${secret}` }
}

/** Ends a link: screens that use it stop at their next question. */
export async function revokeWallLink(actor: Actor, { id }: { id: string }, now = new Date()): Promise<{ id: string }> {
  authorize(canChangeWallLinks(actor), WHO_CHANGES)
  await transaction(async (tx) => {
    const found = await tx.wallLink.findUnique({ where: { id }, select: { name: true } })
    if (!found) throw new HeadroomError('NOT_FOUND', 'There is no such link to the wall. Read the list again.')
    const data = { revokedAt: now, revokedBy: actorName(actor) }
    const { count } = await tx.wallLink.updateMany({ where: { id, revokedAt: null }, data })
    if (count === 0) throw new HeadroomError('CONFLICT', `“${found.name}” is revoked already. Read the list again.`)
    const change = { action: 'wall-link.revoke', entityType: 'wall-link', entityId: id }
    await recordAudit(tx, actor, { ...change, before: { name: found.name }, after: { revokedAt: now.toISOString() } })
  })
  return { id }
}
