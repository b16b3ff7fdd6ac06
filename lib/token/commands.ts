import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { canCreateTokens } from './policy'
import type { NewToken } from './schema'
import { hashOf, newSecret, prefixOf } from './secret'

export type CreatedToken = { id: string; secret: string; expiresAt: Date | null }

/** A new API token. Its secret is returned once and stored only as a hash. */
export async function createToken(actor: Actor, { name, role, days }: NewToken, now = new Date()): Promise<CreatedToken> {
  authorize(canCreateTokens(actor), 'Only administrators create API tokens.')
  const secret = newSecret()
  const ownerId = actor.type === 'user' ? actor.id : null
  const expiresAt = days === undefined ? null : new Date(now.getTime() + days * 86_400_000)
  const id = await transaction(async (tx) => {
    const token = await tx.apiToken.create({
      data: { name, role, prefix: prefixOf(secret), hash: hashOf(secret), createdBy: actorName(actor), ownerId, expiresAt },
    })
    const after = { name, role, expiresAt: expiresAt?.toISOString() ?? null }
    await recordAudit(tx, actor, { action: 'token.create', entityType: 'token', entityId: token.id, after })
    return token.id
  })
  return { id, secret, expiresAt }
}

/** Ends a token; a second time changes nothing. */
export async function revokeToken(actor: Actor, id: string, now = new Date()): Promise<boolean> {
  authorize(canCreateTokens(actor), 'Only administrators revoke API tokens.')
  return transaction(async (tx) => {
    const { count } = await tx.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
    if (count > 0) await recordAudit(tx, actor, { action: 'token.revoke', entityType: 'token', entityId: id })
    return count > 0
  })
}
