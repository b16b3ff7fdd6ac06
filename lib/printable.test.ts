import { describe, expect, it } from 'vitest'
import { nameFault, oneLine } from './printable'

const LINE = 'Write the name on one line.'

describe('a name', () => {
  it.each([
    'Checkout',
    'Zahlungen für Müller & Söhne',
    'सेवा क्‍ष',
    'می‌خواهم',
    'Heart ❤️ and family 👨‍👩‍👧',
    '決済 葛󠄀',
    'a\u00a0b',
    'A – “b”',
  ])('is %j', (text) => expect(nameFault(text)).toBeNull())
  it.each([
    ['M\nFingerprint 00', LINE],
    ['a\rb', LINE],
    ['a\u0085b', LINE],
    ['a\u2028b', LINE],
    ['a\u2029b', LINE],
    ['a\vb', LINE],
    ['a\tb', 'Use spaces in the name, not tabs.'],
    ['a\u202eb', 'Remove U+202E from the name: nobody sees it.'],
    ['a\u2066b', 'Remove U+2066 from the name: nobody sees it.'],
    ['a\u200bb', 'Remove U+200B from the name: nobody sees it.'],
    ['a\u00adb', 'Remove U+00AD from the name: nobody sees it.'],
    ['a\ufeffb', 'Remove U+FEFF from the name: nobody sees it.'],
    ['a\u{e0061}b', 'Remove U+E0061 from the name: nobody sees it.'],
    ['a\u001b[31mb', 'Remove U+001B from the name: nobody sees it.'],
  ])('is not %j', (text, fault) => expect(nameFault(text)).toBe(fault))
})

describe('text of others among lines', () => {
  it.each([
    ['a  b', 'a  b'],
    ['a \r\n\n  b', 'a b'],
    ['a\tb\u2028c\u0085d\u2029e\vf\fg', 'a b c d e f g'],
    ['a\u202eb\u200bc\u001b[2Jd', 'a\ufffdb\ufffdc\ufffd[2Jd'],
    ['❤️ 👨‍👩‍👧', '❤️ 👨‍👩‍👧'],
  ])('%j is written as %j', (text, written) => expect(oneLine(text)).toBe(written))
  it('takes no time, however much space there is', () => {
    const began = performance.now()
    expect(oneLine(`${' '.repeat(200_000)}x`)).toHaveLength(200_001)
    expect(performance.now() - began).toBeLessThan(500)
  })
})
