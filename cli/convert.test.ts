import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFiles } from '../lib/slo-as-code/read-files'
import { root } from '../scripts/bootstrap.mjs'
import { bundled, make } from './bundle.mjs'

const folder = mkdtempSync(join(tmpdir(), 'headroom-convert-'))
const at = (...names: string[]) => join(folder, ...names)

const SLOTH = `version: prometheus/v1
service: checkout
slos:
  - name: answers
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="checkout",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="checkout"}[{{.window}}]))
    alerting:
      name: Answers
`

beforeAll(() => {
  mkdirSync(at('in'))
  writeFileSync(at('in', 'checkout.yaml'), SLOTH)
  writeFileSync(at('in', 'till.yaml'), SLOTH.replace('service: checkout', 'service: till'))
  writeFileSync(at('broken.yaml'), SLOTH.replace('objective: 99.9', 'objective: 999'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const headroom = (args: string[], input = '') =>
  spawnSync(process.execPath, [join(root, 'cli/headroom.mjs'), ...args], {
    ...{ input, encoding: 'utf8', cwd: folder },
    env: { ...process.env, DATABASE_URL: 'postgres://nowhere.invalid/x', HEADROOM_DATA: at('none') },
  })
const brief = (files: { name: string; content: string }[]) => {
  const { declared, faults } = readFiles(files, { whole: true })
  expect(faults).toEqual([])
  return declared.slos.map(({ format, service, slug, target, indicator }) =>
    [format, service, slug, target, indicator?.kind].join(' '),
  )
}

describe('headroom convert', () => {
  it('reads the standard input and writes OpenSLO to the standard output', () => {
    const { status, stdout, stderr } = headroom(['convert', '-', '--to', 'openslo'], SLOTH)
    expect([status, stderr]).toEqual([0, ''])
    expect(brief([{ name: 'a.yaml', content: stdout }])).toEqual(['openslo checkout answers 0.999 bad-total'])
  }, 30_000)
  it('writes a file for each service into a folder', () => {
    const { status, stdout, stderr } = headroom(['convert', 'in', '--out', 'out'])
    expect([status, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^Wrote 3 files into out: [a-z_]+\.yaml, [a-z_]+\.yaml, [a-z_]+\.yaml\.\n$/)
    const names = readdirSync(at('out')).sort()
    expect(names).toEqual(['checkout.yaml', 'data_sources.yaml', 'till.yaml'])
    const files = names.map((name) => ({ name, content: readFileSync(at('out', name), 'utf8') }))
    expect(brief(files)).toEqual(['openslo checkout answers 0.999 bad-total', 'openslo till answers 0.999 bad-total'])
  }, 30_000)
  it('writes JSON, which is read as well', () => {
    const { stdout } = headroom(['convert', 'in/checkout.yaml', '--format', 'json'])
    expect(JSON.parse(stdout)).toHaveLength(7)
    expect(brief([{ name: 'a.json', content: stdout }])).toEqual(['openslo checkout answers 0.999 bad-total'])
  }, 30_000)
  it('says which error-budget policies it leaves out', () => {
    const generator = `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata: {name: shop-availability, labels: {service_name: shop, feature_name: till, slo_name: availability}}
spec:
  description: Answers.
  backend: prometheus
  method: good_bad_ratio
  goal: 0.999
  error_budget_policy: slow
  service_level_indicator: {filter_good: 'a{x="1"}', filter_bad: 'b{x="1"}'}
---
error_budget_policies: {slow: {steps: [{name: a, window: 86400, burn_rate_threshold: 1}]}}
`
    const { stdout, stderr, status } = headroom(['convert', '-'], generator)
    expect(status).toBe(0)
    expect(stdout).not.toContain('error-budget-policy')
    expect(stderr).toContain('The error-budget policy “slow” is left out: OpenSLO has no place for what it says.')
  })
  it('writes nothing where anything is wrong, and says what', () => {
    const { status, stdout, stderr } = headroom(['convert', 'broken.yaml', 'in', '--out', 'none'])
    expect([status, stdout, existsSync(at('none'))]).toEqual([1, '', false])
    expect(stderr).toMatch(/^broken\.yaml:5:16 error /)
  }, 30_000)
  it.each([[['in', '--to', 'prose']], [['in', '--format', 'xml']], [['nowhere']]])(
    'ends with 2 for %j',
    (args) => {
      const { status, stdout, stderr } = headroom(['convert', ...args])
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^[A-Z].*\.\n$/)
    },
    30_000,
  )
  it('says of an alert how fast the budget may burn, also where that is no faster than allowed', () => {
    const { stdout } = headroom(['convert', 'in/checkout.yaml'])
    const said = [...stdout.matchAll(/description: '(Burns .*)'/g)].map(([, words]) => words)
    expect(said.sort()).toEqual(
      [
        '1 × the allowed rate over 72 h',
        '14.4 × the allowed rate over 1 h',
        '3 × the allowed rate over 24 h',
        '6 × the allowed rate over 6 h',
      ].map((words) => `Burns the error budget at ${words}.`),
    )
  }, 30_000)
})

describe('the bundle that commands run from', () => {
  it('loads nothing of the server for commands that only read files', async () => {
    const { outputs } = await make(at('bundle'))
    const loaded = (path: string, seen = new Set<string>()): Set<string> => {
      if (seen.has(path)) return seen
      seen.add(path)
      for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') loaded(next, seen)
      return seen
    }
    const sourcesOf = (entry: string) => {
      const start = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === entry) ?? ''
      return [...loaded(start)].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}))
    }
    const server = (path: string) => /^lib\/(db|measurement|prometheus\/client)|node_modules\/(pg|next|@prisma)\//.test(path)
    expect(sourcesOf('cli/gate.ts').filter(server)).not.toEqual([])
    const { length } = sourcesOf('cli/main.ts').filter((path) => /^cli\/(lint|convert|rules|dashboards)\.ts$/.test(path))
    expect(length).toBe(4)
    expect(sourcesOf('cli/main.ts').filter(server)).toEqual([])
  }, 30_000)
  it('finds what lies beside the sources, such as the demo that runs here', async () => {
    const { outputs } = await make(at('again'))
    const above = Object.values(outputs).flatMap(({ imports }) =>
      imports.filter(({ path, external }) => external && path.startsWith('.')),
    )
    expect(above.length).toBeGreaterThan(0)
    const bundle = join(root, 'node_modules', '.cache', 'headroom', 'cli-any')
    for (const { path } of above) expect(join(bundle, path)).toBe(join(root, 'scripts', 'bootstrap.mjs'))
    expect(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs))).not.toContain('scripts/bootstrap.mjs')
  }, 30_000)
  it('is made once, and kept', async () => {
    const start = await bundled()
    expect(start).toMatch(/headroom\/cli-\w+\/main\.mjs$/)
    expect(await bundled()).toBe(start)
  }, 30_000)
  it('says its version and all commands without one', () => {
    expect(headroom(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const { status, stdout } = headroom(['--help'])
    expect(status).toBe(0)
    for (const command of ['status', 'gate', 'lint', 'convert', 'rules', 'export']) expect(stdout).toContain(`  ${command} `)
  }, 30_000)
})
