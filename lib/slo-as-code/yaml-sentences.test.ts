import { describe, expect, it } from 'vitest'
import { wholeDocuments } from './yaml-text'

/** Line, reason and suggestion of everything that is wrong. */
const said = (text: string) =>
  wholeDocuments(text).problems.map(({ at, reason, suggestion = '' }) =>
    [`${text.slice(0, at).split('\n').length}: ${reason}`, suggestion].filter(Boolean).join(' '),
  )

describe('a text that is not YAML', () => {
  it.each([
    ['target: 99.9 %\nname: a: b', ['2: A field begins where a value already stands.']],
    ['a: 1\n  b: 2', ['1: A field begins where a value already stands.']],
    ['a:b\nc: 1', ['1: This line is neither a field nor part of a value.']],
    ['a:\n  b: 1\n c: 2', ['3: The indentation does not fit the lines before.']],
    ['a:\n\t b: 1\n', ['2: Tabs cannot indent YAML.']],
    ['a: "x', ['1: A quote is not closed.']],
    ['a: "b"\nc: "x\\"y\nd: 1\n', ['2: A quote is not closed.']],
    ["a: b\nc: 'it''s\nd: 1\n", ['2: A quote is not closed.']],
    ["a: '''x\nd: 1\n", ['1: A quote is not closed.']],
    ['a: [1, 2\nb: 1', ['2: A bracket is not closed, or what stands in it is not indented: ] is missed.']],
    ['{"a": {"b": 1}', ['1: A bracket is not closed, or what stands in it is not indented: } is missed.']],
    ['{a: 1}}', ['1: A bracket is closed that was not opened.']],
    ['a: %x', ['1: A value cannot begin with %.']],
    ['a: @x', ['1: A value cannot begin with @.']],
    ['a: "5\\d.."', ['1: \\d means nothing between double quotes. Use single quotes, or write the backslash twice.']],
    ["a: 'it's'", ['1: Something follows the end of a value.']],
    ['a: |x\n t', ['1: After | or > the line has to end.']],
    ['a: - b', ['1: A list cannot begin in the line of its field.']],
    ['a: "\\u00"', ['1: \\u00 means nothing between double quotes.']],
    ['a: "x"#c', ['1: A comment begins too close to a value.']],
    ['a: [1, , 2]', ['1: A value is missing before this ,']],
    ['a: [x: y: z]', ['1: A field cannot stand here between brackets.']],
    ['%x\n---\na: 1', ['1: A line that begins with % is not read here.']],
    ['a: [\n1,\n2\n]', ['2: A bracket is not closed, or what stands in it is not indented: ] is missed.']],
    ['a: !x 1', ['1: Tags such as !name are not read.']],
    ['a: !!binary U0xP', ['1: Tags such as !name are not read.']],
    ['a: !!timestamp 2026-01-01', ['1: Tags such as !name are not read.']],
    ['a: !!set {b, c}', ['1: Tags such as !name are not read.']],
  ])('%j', (text, words) => {
    const found = said(text)
    expect(found).toHaveLength(words.length)
    for (const [i, sentence] of words.entries()) expect(found[i]).toContain(sentence)
    expect(found.join()).not.toMatch(/scalar|token|map-|flow|implicit/i)
  })
  it('is said of every line that is wrong', () =>
    expect(said('a: %x\nb: @y\nc: 1\n').map((words) => words.slice(0, 2))).toEqual(['1:', '2:']))
})
