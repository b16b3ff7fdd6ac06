import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import type { Role } from '../auth/role'
import { db } from '../db/client'
import { canCreateTokens } from './policy'
import { hashOf } from './secret'

const NOTE_EVERY = 60_000

/** Whoever holds this secret, or null when it is unknown, expired or revoked. */
export async function actorOfToken(secret: string, now = new Date()): Promise<Actor | null> {
  const token = await db().apiToken.findUnique({ where: { hash: hashOf(secret) } })
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt <= now)) return null
  const role = await roleOf(token)
  if (role === null) return null
  // Once a minute at most: reading must not become writing.
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > NOTE_EVERY)
    await db().apiToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: now } })
  return { type: 'token', id: token.id, name: token.name, role, ownerId: token.ownerId }
}

export type TokenRow = {
  id: string
  name: string
  prefix: string
  role: Role
  createdBy: string
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
}

/** Tokens that open the API now, oldest first; never their secrets. */
export async function livingTokens(actor: Actor, now = new Date()): Promise<TokenRow[]> {
  authorize(canCreateTokens(actor), 'Only administrators see API tokens.')
  return db().apiToken.findMany({
    where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    omit: { hash: true, ownerId: true, revokedAt: true },
    orderBy: { createdAt: 'asc' },
  })
}

/** A token may never more than the person it speaks for may now; of somebody who left, nothing. */
async function roleOf({ ownerId, role }: { ownerId: string | null; role: Role }): Promise<Role | null> {
  if (ownerId === null) return role
  const owner = await db().user.findUnique({ where: { id: ownerId }, select: { role: true, disabledAt: true } })
  if (!owner || owner.disabledAt !== null) return null
  return owner.role === 'administrator' || owner.role === role ? role : 'viewer'
}
