import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedParts, type Part } from './changed-parts'

const marked = (ours: string, theirs: string) => {
  const parts = changedParts(ours, theirs)
  const text = (side: keyof typeof parts) => parts[side].map(({ text, changed }) => (changed ? `[${text}]` : text)).join('')
  return [text('ours'), text('theirs')]
}

test.each([
  ['a >= 14.4 and b', 'a >= 20 and b', 'a >= [14.4] and b', 'a >= [20] and b'],
  ['a{job="x",le="1"}', 'a{job="y",le="1"}', 'a{[job="x"],le="1"}', 'a{[job="y"],le="1"}'],
  ['60 s', '120 s', '[60] s', '[120] s'],
  ['none', 'team="shop"', '[none]', '[team="shop"]'],
  ['sum(a)', 'sum(a) or vector(0)', 'sum(a)', 'sum(a)[ or vector(0)]'],
])('%s and %s: what differs is marked whole', (ours, theirs, left, right) => {
  expect(marked(ours, theirs)).toEqual([left, right])
})

test('each side is there to the letter', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (ours, theirs) => {
      const parts = changedParts(ours, theirs)
      expect(parts.ours.map(({ text }) => text).join('')).toBe(ours)
      expect(parts.theirs.map(({ text }) => text).join('')).toBe(theirs)
      const same = (side: Part[]) => side.flatMap(({ text, changed }) => (changed ? [] : text))
      expect(same(parts.ours)).toEqual(same(parts.theirs))
      for (const { at, text } of parts.theirs) expect(theirs.slice(at, at + text.length)).toBe(text)
    }),
  )
})
