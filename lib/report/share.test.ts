import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DAY } from '../time-series/units'
import { judgedLink, linkPath, signedLink } from './share'

const SECRET = 'a secret of at least sixteen'
const NOW = 1_780_000_000
const link = signedLink(12, 14, NOW, SECRET)
const given = { id: '12', until: String(link.until), signature: link.signature }

describe('a link to a report', () => {
  it('is signed as RFC 2104 says', () => {
    const key = createHmac('sha256', SECRET).update('headroom: link to a report').digest()
    const right = createHmac('sha256', key)
      .update(`report 12 until ${NOW + 14 * DAY}`)
      .digest('base64url')
    expect(linkPath(link)).toBe(`/share/reports/12?until=${NOW + 14 * DAY}&signature=${right}`)
  })

  it.each([
    ['as it was made', given, NOW, { id: 12 }],
    ['in its last second', given, NOW + 14 * DAY - 1, { id: 12 }],
    ['a second later', given, NOW + 14 * DAY, 'expired'],
    ['of another report', { ...given, id: '13' }, NOW, 'forged'],
    ['for longer', { ...given, until: String(link.until + 1) }, NOW, 'forged'],
    ['expired and forged', { ...given, until: '1' }, NOW, 'forged'],
    ['with another spelling of its number', { ...given, id: '012' }, NOW, 'forged'],
    ['with a shorter signature', { ...given, signature: link.signature.slice(0, -1) }, NOW, 'forged'],
    ['with another signature', { ...given, signature: `A${link.signature.slice(1)}`.replace(/^AA/, 'BA') }, NOW, 'forged'],
    ['with signs after the signature', { ...given, signature: `${link.signature}=` }, NOW, 'forged'],
    ['without a signature', { ...given, signature: null }, NOW, 'forged'],
    ['without an end', { ...given, until: null }, NOW, 'forged'],
    ['with an end that is no number', { ...given, until: 'Infinity' }, NOW, 'forged'],
  ])('%s', (_, asked, now, worth) => {
    expect(judgedLink(asked, now, SECRET)).toEqual(worth)
  })

  it('is worth nothing under another secret', () => {
    expect(judgedLink(given, NOW, 'another secret of sixteen')).toBe('forged')
  })
})
