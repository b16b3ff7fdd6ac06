import { WALL_SECRET } from '../token/secret'

/** Holds the secret of a link on the screen that it opened. */
export const WALL_COOKIE = 'headroom-wall'
/** Only the page of a link and what it asks ever get it. */
const PATHS = ['/wall/link', '/api/wall/link']
/** Browsers keep none longer; each answer begins it anew. Seconds. */
const LONGEST = 400 * 86_400

/** Sets the cookie for a secret; what cannot be one ends the cookie of an older link. `portal`: the address people use. */
export function wallCookies(secret: string, portal: string): string[] {
  const [value, age] = WALL_SECRET.test(secret) ? [secret, LONGEST] : ['', 0]
  const secure = portal.startsWith('https:') ? '; Secure' : ''
  return PATHS.map((path) => `${WALL_COOKIE}=${value}; Path=${path}; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`)
}
