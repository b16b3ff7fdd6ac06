import { createHash, randomBytes } from 'node:crypto'
import { recordAudit } from '../audit/commands'
import { db, transaction } from '../db/client'

const DAY = 86_400_000

export const setupTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** An installation without administrators is open to whoever holds the token. */
export const needsAdministrator = async (): Promise<boolean> =>
  (await db().user.count({ where: { role: 'administrator', demo: false, disabledAt: null } })) === 0

/** A new token for the first administrator, valid for a day; older ones end. Null when there is an administrator. */
export async function createSetupToken(now: Date): Promise<string | null> {
  if (!(await needsAdministrator())) return null
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(now.getTime() + DAY)
  await transaction(async (tx) => {
    const { count } = await tx.setupToken.deleteMany({ where: { usedAt: null } })
    await tx.setupToken.create({ data: { hash: setupTokenHash(token), expiresAt } })
    await recordAudit(
      tx,
      { type: 'system', job: 'start' },
      {
        ...{ action: 'setup-token.create', entityType: 'setup-token', entityId: 'first-administrator' },
        after: { expiresAt: expiresAt.toISOString(), ended: count },
      },
    )
  })
  return token
}
