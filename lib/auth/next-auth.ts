import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { env } from '../env'
import { HeadroomError } from '../errors'
import { log } from '../log'
import { signInAsDemo, signInWithPassword, signOut } from './commands'
import { actorOfSession } from './reads'

const uuid = /^[0-9a-f-]{36}$/

/** The cookie holds the id of a session row, which is looked at on every request: ending the row ends the session. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: 14 * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        id: 'credentials',
        credentials: { email: {}, password: {} },
        authorize: async (given) => {
          try {
            const opened = await signInWithPassword({ email: given?.email ?? '', password: given?.password ?? '' })
            return opened && { id: opened.sessionId }
          } catch (error) {
            if (error instanceof HeadroomError) throw new Error(error.code)
            throw error
          }
        },
      }),
      ...(env().HEADROOM_DEMO === '1'
        ? [
            CredentialsProvider({
              id: 'demo',
              credentials: { email: {} },
              authorize: async (given) => {
                const opened = await signInAsDemo(given?.email ?? '')
                return opened && { id: opened.sessionId }
              },
            }),
          ]
        : []),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sessionId: user.id } : token),
      session: async ({ session, token }) => {
        const id = String(token.sessionId ?? '')
        const found = { expires: session.expires, sessionId: id }
        try {
          const actor = uuid.test(id) ? await actorOfSession(id) : null
          return { ...found, actor } as typeof session
        } catch (error) {
          // What is thrown here would be swallowed, and the cookie ended: a database that is away would sign everybody out.
          log.error({ err: error }, 'a session could not be looked at')
          return { ...found, actor: null, fault: true } as typeof session
        }
      },
      redirect: ({ url, baseUrl }) => (url.startsWith('/') && !url.startsWith('//') ? url : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        const id = String(token?.sessionId ?? '')
        if (uuid.test(id)) await signOut(id)
      },
    },
  }
}
