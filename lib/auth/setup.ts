import { createHash, randomBytes } from 'node:crypto'
import { db } from '../db/client'

const DAY = 86_400_000

export const setupTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** An installation without administrators is open to whoever holds the token. */
export const needsAdministrator = async (): Promise<boolean> =>
  (await db().user.count({ where: { role: 'administrator', demo: false, disabledAt: null } })) === 0

/** A new token for the first administrator, valid for a day; older ones end. Null when there is an administrator. */
export async function createSetupToken(now: Date): Promise<string | null> {
  if (!(await needsAdministrator())) return null
  const token = randomBytes(24).toString('base64url')
  await db().$transaction([
    db().setupToken.deleteMany({ where: { usedAt: null } }),
    db().setupToken.create({ data: { hash: setupTokenHash(token), expiresAt: new Date(now.getTime() + DAY) } }),
  ])
  return token
}
