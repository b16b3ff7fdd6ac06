import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Parameters of RFC 7914 as OWASP recommends for interactive sign-in: 128 MB·ms class work, tens of milliseconds. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const LENGTH = 32

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key))),
  )

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

/** Takes as long for somebody unknown as for somebody known. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [, salt, key] = (stored ?? '').split('$')
  const made = await derive(password, Buffer.from(salt || 'nobody', 'base64url'))
  const wanted = Buffer.from(key ?? '', 'base64url')
  return wanted.length === made.length && timingSafeEqual(wanted, made)
}
