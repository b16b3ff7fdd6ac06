import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tokensOf } from './highlight'

const coloured = (line: string) => tokensOf(line).flatMap(({ kind, text }) => (kind === 'plain' ? [] : [`${kind} ${text}`]))

it.each([
  ['  target: 0.999 # for now', ['key target', 'number 0.999', 'comment # for now']],
  ['- name: "a: b"', ['key name', 'text "a: b"']],
  ['  "op": true,', ['key "op"', 'number true']],
  ['query: up{job="a"}', ['key query', 'text "a"']],
  ['see http://x#y', []],
])('colours %s', (line, expected) => {
  expect(coloured(line)).toEqual(expected)
})

it('never changes a line', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      expect(
        tokensOf(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
    }),
  )
})
