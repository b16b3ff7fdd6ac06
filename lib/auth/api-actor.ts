import 'server-only'
import { HeadroomError } from '../errors'
import { actorOfToken } from '../token/reads'
import type { Actor } from './actor'
import { currentActor } from './session'

/** Who calls the API: the holder of a bearer token, else the person of the session cookie. */
export async function requireApiActor(request: Request): Promise<Actor> {
  const header = request.headers.get('authorization')
  if (header === null) {
    const actor = await currentActor()
    if (actor) return actor
    throw new HeadroomError(
      'UNAUTHENTICATED',
      'Send an API token: Authorization: Bearer hr_… (npx headroom token create makes one).',
    )
  }
  const secret = /^Bearer (hr_[\w-]+)$/i.exec(header)?.[1]
  const actor = secret === undefined ? null : await actorOfToken(secret)
  if (!actor) throw new HeadroomError('UNAUTHENTICATED', 'This API token is unknown, expired or revoked. Create a new one.')
  return actor
}
