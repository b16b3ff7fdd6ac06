import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFiles } from './read-files'
import { notJson } from './yaml-json'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('a file that is called .json', () => {
  it.each([
    ["{'a': 1}", 1, 'single quotes mean nothing', 'Use double quotes'],
    ['{a: 1}', 1, 'the name of a field has no quotes', 'Put double quotes around it'],
    ['{"a": b}', 6, 'a text has no quotes', 'Put double quotes around it'],
    ['{"a": 01}', 6, 'a text has no quotes', 'Put double quotes around it'],
    ['{"a": NaN}', 6, 'a text has no quotes', 'Put double quotes around it'],
    ['{"a": 1,}', 8, 'a bracket is closed after a comma or a colon', 'Leave that out'],
    ['[1, 2, ]', 7, 'a bracket is closed after a comma or a colon', 'Leave that out'],
    ['{"a": }', 6, 'a bracket is closed after a comma or a colon', 'Leave that out'],
    ['{"a": 1 "b": 2}', 8, 'a comma or a closing bracket is missing before this', 'Write it'],
    ['[1}', 2, 'a comma or a closing bracket is missing before this', 'Write it'],
    ['{"a" 1}', 5, 'a colon is missing before this', 'Write it'],
    ['[, 1]', 1, 'a value is missing before this', 'Write it'],
    ['{"a": 1} # b', 9, 'it has no comments', 'Leave this one out'],
    ['// b\n{}', 0, 'it has no comments', 'Leave this one out'],
    ['{} {}', 3, 'something follows its end', 'Leave it out'],
    ['{"a": [1', 8, 'it ends before all of its brackets are closed', 'Close them'],
    ['{"a": "b\n"}', 6, 'a quote is not closed', 'Close it in the same line'],
    ['["\t"]', 2, 'a tab or another control character stands in a text', 'Write it as \\t'],
    ['["\\d"]', 2, 'this backslash means nothing', 'Write it twice'],
    ['apiVersion: openslo/v1', 0, 'a text has no quotes', 'Put double quotes around it'],
  ])('%j', (text, at, reason, suggestion) =>
    expect(notJson(text)).toEqual({
      at,
      reason: `This is not JSON, as the file is called: ${reason}.`,
      suggestion: `${suggestion}, or call the file .yaml.`,
    }),
  )

  it('is found fault with where it is no JSON, and nowhere else', () => {
    const bits = fc.constantFrom(...'{}[]:,"\'\\/#\n\t 0-.eE', 'true', 'null', '"a"', '\\u00', '{"a":', '1')
    const anything = fc.oneof(
      fc.array(bits, { maxLength: 12 }).map((signs) => signs.join('')),
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), bits).map(([text, at, put]) => {
        const from = at % (text.length + 1)
        return text.slice(0, from) + put + text.slice(from + 1)
      }),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const found = notJson(text)
        expect(found === null).toBe(isJson(text))
        if (found) expect(found.at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is not read as anything else; others are read as YAML, of which JSON is a part', () => {
    const content = "{apiVersion: openslo/v1, kind: Service, metadata: {name: 'web'}, spec: {},} # a"
    const named = (name: string, text = content) => readFiles([{ name, content: text }], { whole: true }).faults
    expect(named('a.JSON').map(({ line, column, severity }) => `${line}:${column} ${severity}`)).toEqual(['1:2 error'])
    expect([named('a.yaml'), named('<stdin>'), named('a.json', '\ufeff{"kind": "List", "items": []}')]).toEqual([[], [], []])
    expect(named('a.json', ' \n')).toMatchObject([{ severity: 'warning', reason: 'The file is empty.' }])
  })
})
