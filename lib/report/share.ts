import { createHmac, timingSafeEqual } from 'node:crypto'
import { DAY, type UnixSeconds } from '../time-series/units'

/**
 * Links that open one report to whoever has them, until an instant. Signed with HMAC-SHA256 (RFC 2104) by a key of its own, which
 * the secret of sign-ins makes: a signature for one purpose is worth nothing for the other.
 */

const keyOf = (secret: string): Buffer => createHmac('sha256', secret).update('headroom: link to a report').digest()
const signatureOf = (id: number, until: UnixSeconds, secret: string): Buffer =>
  createHmac('sha256', keyOf(secret)).update(`report ${id} until ${until}`).digest()

export type SharedLink = { id: number; until: UnixSeconds; signature: string }

/** `days` whole days from now. */
export function signedLink(id: number, days: number, now: UnixSeconds, secret: string): SharedLink {
  const until = now + days * DAY
  return { id, until, signature: signatureOf(id, until, secret).toString('base64url') }
}

export const linkPath = ({ id, until, signature }: SharedLink): string =>
  `/share/reports/${id}?until=${until}&signature=${signature}`

/** What a link is worth: everything in it is of the one who signed, or it is forged. The time of comparing tells nothing. */
export function judgedLink(
  { id, until, signature }: { id: string; until: string | null; signature: string | null },
  now: UnixSeconds,
  secret: string,
): { id: number } | 'forged' | 'expired' {
  const number = wholeNumber(id)
  const end = wholeNumber(until ?? '')
  if (number === null || end === null || signature === null) return 'forged'
  const [given, right] = [Buffer.from(signature, 'base64url'), signatureOf(number, end, secret)]
  // One text per signature: base64url reads several as the same bytes.
  if (given.length !== right.length || !timingSafeEqual(given, right) || given.toString('base64url') !== signature)
    return 'forged'
  return now >= end ? 'expired' : { id: number }
}

const wholeNumber = (text: string): number | null => (/^[1-9]\d{0,11}$/.test(text) ? Number(text) : null)
