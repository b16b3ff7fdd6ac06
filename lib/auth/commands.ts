import 'server-only'
import { recordAudit } from '../audit/commands'
import { db, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { Actor } from './actor'
import { hashPassword, passwordMatches } from './password'
import type { Role } from './role'
import type { FirstAdministrator } from './schema'
import { setupTokenHash } from './setup'

const ATTEMPTS = 5
const WITHIN = 15 * 60_000
const SESSION = 14 * 86_400_000

export type SignedIn = { sessionId: string; userId: string }
type Person = { id: string; name: string; email: string; role: Role }

const actorOf = ({ id, name, email, role }: Person): Actor => ({ type: 'user', id, name, email, role })

/** E-mail and password. Null when they do not fit; five failures close an address for a quarter of an hour. */
export async function signInWithPassword(
  { email, password }: { email: string; password: string },
  now = new Date(),
): Promise<SignedIn | null> {
  const address = email.trim().toLowerCase()
  const failures = await db().signInAttempt.count({ where: { email: address, at: { gt: new Date(now.getTime() - WITHIN) } } })
  if (failures >= ATTEMPTS)
    throw new HeadroomError('TOO_MANY_REQUESTS', 'Too many failed attempts. Wait 15 minutes, then try again.')
  const user = await db().user.findUnique({ where: { email: address } })
  const usable = user && user.disabledAt === null && user.passwordHash !== null
  const matches = await passwordMatches(password, usable ? user.passwordHash : null)
  if (usable && matches) return openSession(user, now)
  await db().signInAttempt.create({ data: { email: address.slice(0, 200), at: now } })
  return null
}

/** A demo person, without a password. Only where the demo is on; the caller checks that. */
export async function signInAsDemo(email: string, now = new Date()): Promise<SignedIn | null> {
  const user = await db().user.findFirst({ where: { email, demo: true, disabledAt: null } })
  return user && openSession(user, now)
}

const openSession = (user: Person, now: Date): Promise<SignedIn> =>
  transaction(async (tx) => {
    await tx.signInAttempt.deleteMany({ where: { email: user.email } })
    await tx.userSession.deleteMany({ where: { expiresAt: { lt: now } } })
    const session = await tx.userSession.create({ data: { userId: user.id, expiresAt: new Date(now.getTime() + SESSION) } })
    await recordAudit(tx, actorOf(user), { action: 'session.open', entityType: 'user', entityId: user.id })
    return { sessionId: session.id, userId: user.id }
  })

/** Ends a session at once, wherever its cookie is. */
export async function signOut(sessionId: string, now = new Date()): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.userSession.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now } })
    if (count === 0) return
    const { user } = await tx.userSession.findUniqueOrThrow({ where: { id: sessionId }, include: { user: true } })
    await recordAudit(tx, actorOf(user), { action: 'session.close', entityType: 'user', entityId: user.id })
  })
}

/** Uses up the token that was printed at start. */
export async function createFirstAdministrator(input: FirstAdministrator, now = new Date()): Promise<{ id: string }> {
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    const used = await tx.setupToken.updateMany({
      where: { hash: setupTokenHash(input.token), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (used.count === 0)
      throw new HeadroomError('FORBIDDEN', 'This address was used or is too old. Start Headroom again: it prints a new one.')
    const administrators = await tx.user.count({ where: { role: 'administrator', demo: false, disabledAt: null } })
    if (administrators > 0) throw new HeadroomError('CONFLICT', 'There is an administrator already. Ask them to add you.')
    if (await tx.user.findUnique({ where: { email: input.email } }))
      throw new HeadroomError('CONFLICT', 'Somebody with this e-mail address exists already. Use another address.')
    const { name, email } = input
    const user = await tx.user.create({ data: { name, email, role: 'administrator', passwordHash } })
    await recordAudit(tx, actorOf(user), {
      action: 'user.create-first',
      entityType: 'user',
      entityId: user.id,
      after: { name, email },
    })
    return { id: user.id }
  })
}
