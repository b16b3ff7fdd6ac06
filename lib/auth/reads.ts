import 'server-only'
import { db } from '../db/client'
import { env } from '../env'
import type { Actor } from './actor'
import type { Role } from './role'
import { needsAdministrator } from './setup'

/** The person behind a session, or null when it was ended, has expired, or the person may no longer come in. */
export async function actorOfSession(sessionId: string, now = new Date()): Promise<Actor | null> {
  const session = await db().userSession.findUnique({ where: { id: sessionId }, include: { user: true } })
  if (!session || session.revokedAt || session.expiresAt <= now || session.user.disabledAt) return null
  const { id, name, email, role, demo } = session.user
  if (demo && env().HEADROOM_DEMO !== '1') return null
  return { type: 'user', id, name, email, role }
}

export type SignInOptions = { demo: { email: string; name: string; role: Role }[]; setupOpen: boolean }

/** What the sign-in page offers. */
export async function signInOptions(): Promise<SignInOptions> {
  if (env().HEADROOM_DEMO !== '1') return { demo: [], setupOpen: await needsAdministrator() }
  const people = await db().user.findMany({ where: { demo: true, disabledAt: null }, orderBy: { role: 'asc' } })
  return { demo: people.map(({ email, name, role }) => ({ email, name, role })), setupOpen: false }
}
