import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { HeadroomError } from '../errors'
import type { Actor } from './actor'
import { authOptions } from './next-auth'

/** The person signed in on this request, looked up once per request. Throws when nobody can say whether there is one. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const session = (await getServerSession(authOptions())) as { actor?: Actor | null; fault?: boolean } | null
  if (session?.fault) throw new Error('Who is signed in could not be read.')
  return session?.actor ?? null
})

/** For routes and actions: refuses who is not signed in. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor()
  if (!actor) throw new HeadroomError('UNAUTHENTICATED', 'You are signed out. Sign in, then try again.')
  return actor
}

/** For pages: sends who is not signed in to the sign-in page, and back afterwards. */
export async function requireActorForPage(): Promise<Actor> {
  const actor = await currentActor()
  if (actor) return actor
  const path = (await headers()).get('x-path') ?? '/'
  redirect(`/sign-in?from=${encodeURIComponent(path)}`)
}
