import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText } from './csv'

describe('CSV', () => {
  it.each<[string | number | null, string]>([
    [null, ''],
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-35 %', "'-35 %"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ['a, "b"', '"a, ""b"""'],
    ['two\nlines', '"two\nlines"'],
    [-0.35, '-0.35'],
    [1e-7, '1e-7'],
  ])('%j is written %s', (cell, text) => expect(csvText([[cell, 'x']])).toBe(`${text},x\r\n`))

  it('never lets text begin like a formula', () =>
    fc.assert(fc.property(fc.string(), (text) => !/^"?[=+\-@\t\r]/.test(csvText([[text]]).replace(/\r\n$/, '')))))
})
