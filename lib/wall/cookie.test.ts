import { describe, expect, it } from 'vitest'
import { wallCookies } from './cookie'

const SECRET = `hw_${'a'.repeat(43)}`

describe('the cookie of a link', () => {
  it('reaches the page of a link and its answers, and no script', () =>
    expect(wallCookies(SECRET, 'https://headroom.example.org')).toEqual([
      `headroom-wall=${SECRET}; Path=/wall/link; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure`,
      `headroom-wall=${SECRET}; Path=/api/wall/link; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure`,
    ]))
  it('is not held back where there is no https', () =>
    expect(wallCookies(SECRET, 'http://localhost:3000').join()).not.toContain('Secure'))
  it.each(['link', '', `${SECRET}; Domain=example.org`, `hr_${'a'.repeat(43)}`])('ends for %j, which is no secret', (secret) =>
    expect(wallCookies(secret, 'http://localhost:3000')).toEqual([
      'headroom-wall=; Path=/wall/link; Max-Age=0; HttpOnly; SameSite=Lax',
      'headroom-wall=; Path=/api/wall/link; Max-Age=0; HttpOnly; SameSite=Lax',
    ]),
  )
})
