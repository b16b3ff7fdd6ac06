import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { heard } from './definitions-fixture'
import { systemSentence, systemWords } from './system-words'

/** Paths that the system will not open, and why: whoever runs the tests may be allowed everything. */
const denied = new Map<unknown, string>()
async function guardedFs() {
  const fs = await vi.importActual<typeof import('node:fs')>('node:fs')
  const guarded =
    (syscall: string, call: (...args: never[]) => unknown) =>
    (...args: unknown[]) => {
      const [path] = args
      const code = denied.get(path)
      if (code) throw Object.assign(new Error(`${code}: no, ${syscall} '${path}'`), { code, syscall, path })
      return call(...(args as never[]))
    }
  const { readFileSync, readSync, readdirSync, writeFileSync } = fs
  return {
    ...{ ...fs, readFileSync: guarded('open', readFileSync), readdirSync: guarded('scandir', readdirSync) },
    ...{ readSync: guarded('read', readSync), writeFileSync: guarded('open', writeFileSync) },
  }
}
/** Commands as they are with such a system; others may have loaded them with the one that is there. */
async function commands() {
  vi.resetModules()
  vi.doMock('node:fs', guardedFs)
  const { readDefinitions, sourcesOf } = await import('./definitions')
  const [{ lint }, { plan }, { writeOut }] = await Promise.all([import('./lint'), import('./plan'), import('./write-out')])
  return { readDefinitions, sourcesOf, lint, plan, writeOut }
}
let { readDefinitions, sourcesOf, lint, plan, writeOut } = {} as Awaited<ReturnType<typeof commands>>
beforeAll(async () => {
  ;({ readDefinitions, sourcesOf, lint, plan, writeOut } = await commands())
}, 30_000)
afterAll(() => {
  vi.doUnmock('node:fs')
  vi.resetModules()
})

const folder = mkdtempSync(join(tmpdir(), 'headroom-unread-'))
const at = (...names: string[]) => join(folder, ...names)
const SERVICE = 'apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: Web\nspec: {}\n'

beforeAll(() => {
  for (const name of ['slos/closed', 'a.yaml']) mkdirSync(at(name), { recursive: true })
  for (const name of ['slos/a.yaml', 'slos/b.yaml', 'slos/closed/c.yaml', 'file']) writeFileSync(at(name), SERVICE)
  symlinkSync('nowhere', at('dangling.yaml'))
  symlinkSync('circle.yaml', at('circle.yaml'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const { said, listen, forget } = heard()
afterEach(() => {
  denied.clear()
  forget()
})

const errors = (paths: string[]) =>
  readDefinitions(paths, 'lint').faults.map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`)

describe('what cannot be read', () => {
  it('is a fault of that file, beside those of all others', () => {
    denied.set(at('slos', 'a.yaml'), 'EACCES')
    listen()
    expect(lint([at('slos')], {})).toBe(1)
    expect(said.out).toContain(`${at('slos', 'a.yaml')}:1:1 error This cannot be read: permission denied.\n  Make it readable`)
    expect(said.out).toContain(`${at('slos', 'b.yaml')}:4:9 error “Web” is no DNS label`)
    expect(said.out).toContain(`${at('slos', 'closed', 'c.yaml')}:4:9 error “Web” is no DNS label`)
  })
  it('may be a folder in a folder', () => {
    denied.set(at('slos', 'closed'), 'EACCES')
    expect(errors([at('slos')])).toContain(`${at('slos', 'closed')}:1:1 This cannot be read: permission denied.`)
    expect(errors([at('slos')])).toContainEqual(expect.stringContaining(`${at('slos', 'b.yaml')}:4:9 “Web” is no DNS label`))
  })
  it.each([
    ['EPERM', 'permission denied'],
    ['EISDIR', 'it is a folder'],
    ['ENOENT', 'there is no such file or folder'],
    ['EIO', 'the disk does not answer'],
    ['EOTHER', 'the system says EOTHER'],
  ])('%s is said in words', (code, words) => {
    denied.set(at('file'), code)
    expect(errors([at('file')])).toEqual([`${at('file')}:1:1 This cannot be read: ${words}.`])
  })
  it('may be a link in a circle, or lie below a file', () => {
    expect(errors([at('circle.yaml'), at('file', 'x.yaml'), at('slos', 'b.yaml')])).toEqual([
      `${at('circle.yaml')}:1:1 This cannot be read: its links lead in circles.`,
      `${at('file', 'x.yaml')}:1:1 This cannot be read: a part of its path is a file, not a folder.`,
      expect.stringContaining('“Web” is no DNS label'),
    ])
  })
  it('may be the standard input', () => {
    denied.set(0, 'EISDIR')
    expect(errors(['-'])).toEqual(['<stdin>:1:1 This cannot be read: it is a folder.'])
  })
  it('is wrong usage where nothing is there, also behind a link', () => {
    expect(() => sourcesOf([at('nowhere')], 'lint')).toThrow(`There is no file or folder ${at('nowhere')}.`)
    expect(() => sourcesOf([at('dangling.yaml')], 'lint')).toThrow('dangling.yaml is a link to something that is not there.')
  })
  it('is not sent to a portal', async () => {
    denied.set(at('slos', 'a.yaml'), 'EACCES')
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    expect(await plan([at('slos')], {})).toBe(1)
    expect(said.mock.calls.join('')).toMatch(/a\.yaml:1:1 error This cannot be read: permission denied\. Make it/)
    said.mockRestore()
  })
  it('a folder that is called like a file is one', () =>
    expect(() => sourcesOf([at('a.yaml')], 'lint')).toThrow('There is no .yaml'))
})

describe('what cannot be written', () => {
  const files = [{ name: 'a.yaml', text: 'a' }]
  it.each([
    ['into a file', 'file', 'file cannot be written: it is a file, not a folder.'],
    ['below a file', 'file/sub', 'sub cannot be written: a part of its path is a file, not a folder.'],
    ['over a folder', '.', 'a.yaml cannot be written: it is a folder.'],
  ])('%s', (_, to, sentence) => {
    expect(() => writeOut(files, at(to))).toThrow(sentence)
    expect(() => writeOut(files, at(to))).toThrow('Mend that, or name another folder with --out.')
  })
  // Only Linux has such a folder.
  it.runIf(process.platform === 'linux')('where nobody may make a folder', () =>
    expect(() => writeOut(files, '/proc/headroom/deep')).toThrow('/proc/headroom/deep cannot be written: there is no'),
  )
  it('into folders that are not there yet', () => {
    writeOut(files, at('new', 'deep'))
    expect(readFileSync(at('new', 'deep', 'a.yaml'), 'utf8')).toBe('a')
  })
  it('leaves nothing half behind, and what was there as it was', () => {
    denied.set(`${at('slos', 'b.yaml')}.part`, 'ENOSPC')
    expect(() => writeOut([{ name: 'b.yaml', text: 'new' }], at('slos'))).toThrow('b.yaml cannot be written: the disk is full.')
    expect([readdirSync(at('slos')).sort(), readFileSync(at('slos', 'b.yaml'), 'utf8')]).toEqual([
      ['a.yaml', 'b.yaml', 'closed'],
      SERVICE,
    ])
  })
})

it('errors of other origin come in their own words', () => {
  const error = Object.assign(new Error("ENOENT: no, open '/x'"), { code: 'ENOENT', syscall: 'open', path: '/x' })
  expect(systemSentence(error)).toBe('/x cannot be opened: there is no such file or folder.')
  expect([systemSentence(new Error('No.')), systemWords(new Error('No.'))]).toEqual(['No.', 'No'])
})
