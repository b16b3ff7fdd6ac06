import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { compositeFile, sloFile } from '../lib/slo-as-code/gitops-fixture'
import { root } from '../scripts/bootstrap.mjs'
import { EXIT } from './definitions'
import { type LintOptions, lint } from './lint'

const folder = mkdtempSync(join(tmpdir(), 'headroom-lint-'))
const at = (...names: string[]) => join(folder, ...names)

const service = (name: string) => `apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: ${name}\nspec: {}\n`
const POLICY = `apiVersion: openslo/v1
kind: AlertPolicy
metadata: {name: p}
spec:
  conditions: [{conditionRef: fast}]
  notificationTargets: [{targetRef: on-call}]
`

beforeAll(() => {
  for (const name of ['fine', 'broken/deep', 'node_modules', '.git', 'refs', 'journey']) mkdirSync(at(name), { recursive: true })
  writeFileSync(at('fine', 'web.yaml'), service('web'))
  writeFileSync(at('fine', 'api.yml'), service('api'))
  writeFileSync(at('fine', 'readme.md'), 'not: [read')
  writeFileSync(at('broken', 'a.yaml'), service('Web'))
  writeFileSync(at('broken', 'deep', 'b.json'), '{"apiVersion": "openslo/v1", "kind": "Servce"}')
  writeFileSync(at('node_modules', 'x.yaml'), 'no')
  writeFileSync(at('.git', 'x.yaml'), 'no')
  writeFileSync(at('refs', 'policy.yaml'), POLICY)
  writeFileSync(at('large.yaml'), 'a: b\n'.repeat(2_000_000))
})
afterAll(() => rmSync(folder, { recursive: true }))

let said = ''
afterEach(() => {
  said = ''
  vi.restoreAllMocks()
})
function run(paths: string[], options: LintOptions = {}): number {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  return lint(
    paths.map((path) => at(path)),
    options,
  )
}

describe('headroom lint', () => {
  it('ends with 0 when nothing is wrong, and says how much it read', () => {
    expect(run(['fine'])).toBe(0)
    expect(said).toBe('✓ 2 objects in 2 files, 0 SLOs: nothing is wrong.\n')
  })
  it('ends with 1 after all faults of all files, each at its place', () => {
    expect(run(['broken', 'fine'])).toBe(1)
    expect(said).toBe(
      [
        `${at('broken', 'a.yaml')}:4:9 error “Web” is no DNS label: use small letters, digits and hyphens, at most 63. (Service Web, metadata.name)`,
        '  Write web.',
        `${at('broken', 'deep', 'b.json')}:1:38 error There is no kind “Servce” in openslo. (kind)`,
        '  Did you mean Service?',
        '',
        '✗ 4 objects in 4 files, 0 SLOs: 2 errors, 0 warnings.',
        '',
      ].join('\n'),
    )
  })
  it('reads a file once, however often it is named, and leaves hidden folders and packages out', () => {
    expect(run(['', 'fine', 'fine/web.yaml'])).toBe(1)
    expect(said).toContain('in 6 files')
    expect(said).not.toContain('node_modules')
  })
  it('takes a folder for all there is, and a file for a part, unless told otherwise', () => {
    expect([run(['refs']), run(['refs/policy.yaml']), run(['refs/policy.yaml'], { whole: true })]).toEqual([1, 0, 1])
    expect(said).toContain('There is no AlertCondition “fast” in these files.')
  })
  it('counts warnings as errors where it is told to', () => {
    expect(run(['refs/policy.yaml'], { strict: true })).toBe(1)
    expect(said).toContain('0 errors, 3 warnings, which count as errors here.')
  })
  it('says the same as JSON', () => {
    expect(run(['refs/policy.yaml'], { format: 'json' })).toBe(0)
    const { faults, ...counts } = JSON.parse(said)
    expect(counts).toEqual({
      ...{ ok: true, files: 1, objects: 1, errors: 0, warnings: 3 },
      declared: { services: 0, sources: 0, slos: 0, budgetPolicies: 0 },
    })
    expect(faults[1]).toEqual({
      ...{
        file: at('refs', 'policy.yaml'),
        line: 5,
        column: 31,
        path: 'spec.conditions[0].conditionRef',
        object: 'AlertPolicy p',
      },
      ...{
        severity: 'warning',
        stage: 'references',
        reason: 'There is no AlertCondition “fast” in these files.',
        suggestion: null,
      },
    })
  })
  it('says what a composite is made of and no file has, where the files are all there is', () => {
    const [slo, whole] = [sloFile('basket', { service: 'shop' }), compositeFile('whole', ['baskets', 'elsewhere'])]
    for (const [name, text] of Object.entries({ shop: service('shop'), slo, whole }))
      writeFileSync(at('journey', `${name}.yaml`), text)
    expect([run(['journey/whole.yaml']), run(['journey'])]).toEqual([0, 0])
    expect(said.split('\n').filter((line) => line.includes('made of') || line.startsWith('  '))).toEqual([
      `${at('journey', 'whole.yaml')}:1:1 warning It is made of shop/baskets, which is in none of these files. (SLO whole)`,
      '  Did you mean shop/basket?',
      `${at('journey', 'whole.yaml')}:1:1 warning It is made of shop/elsewhere, which is in none of these files. (SLO whole)`,
      '  It may be in the portal, which headroom plan knows; rules need those of it as well.',
    ])
    said = ''
    writeFileSync(at('journey', 'broken.yaml'), service('Web'))
    expect(run(['journey'])).toBe(1)
    expect(said).not.toContain('made of')
  })
  it('says what can never work within the files, beside what else is wrong with them', () => {
    mkdirSync(at('never'), { recursive: true })
    const files = {
      basket: sloFile('basket', { days: 7 }),
      whole: compositeFile('whole', ['basket', 'whole']),
      web: service('Web'),
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(at('never', `${name}.yaml`), text)
    expect(run(['never'])).toBe(1)
    expect(said.split('\n').filter((line) => line.includes(' error '))).toEqual([
      expect.stringContaining('“Web” is no DNS label'),
      expect.stringContaining('whole.yaml:1:1 error Its window is 28 d rolling, and that of shop/basket'),
      expect.stringContaining('whole.yaml:1:1 error It is made of itself. (SLO whole)'),
    ])
  })
  it('does not even open what is too large', () => {
    expect(run(['large.yaml'])).toBe(1)
    expect(said).toContain('The file has 10.0 MB.')
  })
  it.skipIf(process.platform === 'win32')('ends where a file does not', () => {
    symlinkSync('/dev/zero', at('endless.yaml'))
    expect(run(['endless.yaml'])).toBe(1)
    expect(said).toContain('endless.yaml:1:1 error The file has more than 4.0 MB. Use at most 4 MB: split it into several files.')
  })
  it.each([
    [['nowhere'], {}, 'There is no file or folder'],
    [['.git/none'], {}, 'There is no file or folder'],
    [['fine'], { format: 'xml' }, 'The format is one of text, json.'],
  ])('refuses %j %j', (paths, options, words) => expect(() => run(paths, options)).toThrow(words))
})

describe('npx headroom', () => {
  const headroom = (args: string[], input = '') =>
    spawnSync(process.execPath, [join(root, 'cli/headroom.mjs'), ...args], {
      input,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: 'postgres://nowhere.invalid/x', HEADROOM_DATA: at('none') },
    })
  it('lints the standard input without a database, and has no colours in a pipe', () => {
    const { status, stdout, stderr } = headroom(['lint', '-'], service('Web'))
    expect([status, stderr]).toEqual([EXIT.faults, ''])
    expect(stdout.split('\n')[0]).toMatch(/^<stdin>:4:9 error /)
  }, 30_000)
  it('says how, with examples', () => {
    const { status, stdout } = headroom(['lint', '--help'])
    expect(status).toBe(0)
    expect(stdout).toContain('headroom lint slos/')
  }, 30_000)
  it.each([[['--bogus']], [['nowhere.yaml']]])(
    'ends with 2 for %j',
    (args) => {
      const { status, stdout, stderr } = headroom(['lint', ...args])
      expect([status, stdout]).toEqual([EXIT.usage, ''])
      expect(stderr).not.toContain('    at ')
    },
    30_000,
  )
  it('says what to install on a fresh clone, in one sentence', () => {
    for (const name of ['cli', 'scripts', 'package.json']) cpSync(join(root, name), at('clone', name), { recursive: true })
    const { status, stdout, stderr } = spawnSync(process.execPath, [at('clone', 'cli', 'headroom.mjs'), '--help'], {
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr.trim()).toBe(
      '✗ The packages of Headroom are not installed yet: run npm ci, or npm start for all of it, and then this command again.',
    )
  }, 30_000)
})
