import { describe, expect, it } from 'vitest'
import { besideWritten, blankFile, importFile, isWritten, pastedName, readBlob, sentOf, withFiles } from './import-file'

describe('files that are brought in', () => {
  it('take the place of older ones of the same name, in order', () => {
    const files = withFiles(
      [importFile('b.yaml', 'old'), importFile('c.yaml', '')],
      [importFile('b.yaml', 'new'), importFile('a', '')],
    )
    expect(files.map(({ name, text }) => `${name} ${text}`)).toEqual(['a ', 'b.yaml new', 'c.yaml '])
  })
  it('leave alone what was written: they come beside it, under another name', () => {
    const written = { ...importFile('a.yaml', 'old'), text: 'mended' }
    const names = (added: string[]) =>
      besideWritten(
        [written, importFile('b.yaml', '')],
        added.map((name) => importFile(name, '')),
      ).map(({ name }) => name)
    expect(names(['a.yaml', 'b.yaml', 'c.yaml'])).toEqual(['a (1).yaml', 'b.yaml', 'c.yaml'])
    expect(names(['a.yaml', 'a (1).yaml'])).toEqual(['a (2).yaml', 'a (1).yaml'])
  })
  it('are not sent when they are no text, or too large to be read at all', async () => {
    const wide = importFile('wide.yaml', new Uint8Array([0xff, 0xfe, 0x61, 0x00]))
    const large = await readBlob('large.yaml', { size: 10_000_000 } as File)
    expect(wide.refused?.reason).toContain('UTF-16')
    expect(large.refused?.reason).toContain('10.0 MB')
    expect(sentOf([wide, large, importFile('fine.yaml', 'a: b')])).toEqual([{ name: 'fine.yaml', content: 'a: b' }])
  })
  it('that are pasted have a name of their own', () => {
    expect(pastedName([])).toBe('pasted.yaml')
    expect(pastedName([importFile('pasted.yaml', '')])).toBe('pasted-2.yaml')
  })
  it('are read once something is written in them; an empty file that came is read as it is', () => {
    const blank = blankFile('pasted.yaml')
    expect(sentOf([blank, { ...blank, text: ' \n' }])).toEqual([])
    expect(sentOf([{ ...blank, text: 'a: b' }, importFile('empty.yaml', '')])).toEqual([
      { name: 'pasted.yaml', content: 'a: b' },
      { name: 'empty.yaml', content: '' },
    ])
  })
  it('are lost by starting over when they were pasted or mended', () => {
    const came = importFile('a.yaml', 'a: b')
    const blank = blankFile('pasted.yaml')
    expect([came, { ...came, text: 'a: c' }, blank, { ...blank, text: 'a: b' }].map(isWritten)).toEqual([
      false,
      true,
      false,
      true,
    ])
  })
})
