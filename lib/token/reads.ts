import 'server-only'
import type { Actor } from '../auth/actor'
import { db } from '../db/client'
import { hashOf } from './secret'

const NOTE_EVERY = 60_000

/** Whoever holds this secret, or null when it is unknown, expired or revoked. */
export async function actorOfToken(secret: string, now = new Date()): Promise<Actor | null> {
  const token = await db().apiToken.findUnique({ where: { hash: hashOf(secret) } })
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt <= now)) return null
  // Once a minute at most: reading must not become writing.
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > NOTE_EVERY)
    await db().apiToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: now } })
  return { type: 'token', id: token.id, name: token.name, role: token.role, ownerId: token.ownerId }
}
