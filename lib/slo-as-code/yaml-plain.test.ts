import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SLO as FLOW } from './openslo/openslo-fixture'
import { opensloOf } from './openslo/write'
import { anyPortable } from './portable-fixture'
import { plainDocuments } from './yaml-plain'
import { wholeDocuments } from './yaml-text'

const SLO = FLOW.replace('[shop, payments]', 'shop')

/** Values, places and order: nobody can tell which of the two has read a file. */
function same(text: string): boolean {
  const plain = plainDocuments(text)
  if (plain === null) return false
  expect({ text, documents: plain, problems: [] }).toEqual({ text, ...wholeDocuments(text) })
  return true
}

describe('plain YAML', () => {
  it.each([
    ['a definition', SLO],
    ['two documents', `${SLO}---\n${SLO}`],
    ['lists of lists of maps', 'a:\n- b: 1\n  c:\n    - d\n    - e: f\n      g: h\n- i\nk: 5\n'],
    ['nothing behind a key', 'a:\nb: \nc:\n  d:\n  # no\n  e: # none\n\nf: ~\n'],
    [
      'words and numbers',
      'a: yes\nb: null\nc: True\nd: 1e3\ne: -0.5\nf: 07\ng: 1_000\nh: 12:30\ni: 99.9%\nj: .5\nk: +1\nl: 5.\n',
    ],
    ['quotes', `a: 'it''s'\nb: "no # comment"\nc: a 'b' "c"\nd: x#y\ne: b # c\n'f: g': h\n`],
    ['blocks', 'a: |-\n  one\n\n   two # 2\n  - three\nb:\n  c: |\n      x\n\n\n  d: e\nf: |-\n  end'],
    ['empty things', 'a: {}\nb: []\nc:\n  - {}\n'],
    ['no end of line', 'a: b'],
  ])('%s', (_, text) => expect(same(text)).toBe(true))
  it.each([
    ['tabs', 'a:\tb'],
    ['flow', FLOW],
    ['anchors', 'a: &b c'],
    ['texts over several lines', 'a: b\n  c'],
    ['the same key twice', 'a: b\na: c'],
    ['maps in values', 'a: b: c'],
    ['escapes', 'a: "\\n"'],
    ['merges', 'a: b\n<<: c'],
    ['JSON', '{"a": "b"}'],
    ['wrong indents', 'a:\n    b: c\n  d: e'],
    ['other numbers', 'a: 0x1F'],
  ])('leaves %s to the whole grammar', (_, text) => expect(plainDocuments(text)).toBeNull())

  it('is read as by the whole grammar, whatever the portal writes', () => {
    let plain = 0
    fc.assert(
      fc.property(anyPortable, (portable) => {
        if (same(opensloOf(portable))) plain++
      }),
      { numRuns: 40 },
    )
    expect(plain).toBeGreaterThan(5)
  }, 30_000)
  it('is read as by the whole grammar, whatever somebody does to a file', () => {
    const bits = fc.constantFrom(
      ' ',
      '\n',
      '-',
      ':',
      '#',
      "'",
      '"',
      '|',
      '|-',
      '>',
      '- ',
      ': ',
      ' #',
      '---',
      '...',
      '{}',
      '[',
      '~',
      '5',
      'a',
      '  ',
      '\n\n',
      '?',
      '&',
      '*',
      '!',
      '%',
      ',',
      '.',
      '\n- ',
      '\n  ',
    )
    const edit = fc.record({ at: fc.nat(), length: fc.nat(4), put: fc.array(bits, { maxLength: 3 }) })
    const base = fc.constantFrom(SLO, 'a:\n  - b: c\n    d: |-\n      e\n      f\n  - g\nh: 5\n', "a: 'b'\nc:\n- d\n- e: f\n")
    fc.assert(
      fc.property(base, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
        let changed = text
        for (const { at, length, put } of edits) {
          const from = at % (changed.length + 1)
          changed = changed.slice(0, from) + put.join('') + changed.slice(from + length)
        }
        same(changed)
      }),
      { numRuns: 2_000 },
    )
  }, 30_000)
})
