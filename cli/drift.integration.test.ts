import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { db, disconnect, pool } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { checkDue, EVERY } from '../lib/drift/commands-check'
import { type TestPrometheus, testPrometheus } from '../lib/prometheus/test-server'
import { apply, serviceFile, sloFile } from '../lib/slo-as-code/gitops-fixture'
import { root } from '../scripts/bootstrap.mjs'
import { type DriftOptions, drift } from './drift'
import { exported } from './export'
import { rules } from './rules'

const NOWHERE = 'http://127.0.0.1:1'
const NOW = Math.floor(Date.now() / 1000)
const folder = mkdtempSync(join(tmpdir(), 'headroom-drift-'))
const at = (name: string) => join(folder, name)
const FILES = { 'shop.yaml': serviceFile('shop'), 'orders.yaml': sloFile('orders') }

let prometheus: TestPrometheus
let database: Awaited<ReturnType<typeof testDatabase>>
let said = ''
let written: string

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(at(name), text)
  prometheus = await testPrometheus('')
  database = await testDatabase()
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().dataSource.create({ data: { name: 'prometheus', url: prometheus.url } })
  heard()
  rules([folder], {})
  written = said
  said = ''
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
  rmSync(folder, { recursive: true })
})
afterEach(() => {
  vi.restoreAllMocks()
  said = ''
})
function heard(): void {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text)
      return true
    })
}
const run = (paths: string[], options: DriftOptions = {}): Promise<number> => {
  heard()
  return drift(paths, options)
}

describe('files beside a Prometheus, without a portal', () => {
  it('nothing is loaded: that is drift for whoever asks by name', async () => {
    expect(await run([folder], { prometheus: prometheus.url })).toBe(1)
    expect(said).toBe(
      [
        `✗ files ↔ Prometheus (${prometheus.url}): Nothing of the 2 groups is loaded. Write the rules with “npx headroom rules ${folder} > headroom.rules.yaml”, name that file under rule_files of Prometheus, and reload it.`,
        ...['  shop  not loaded', '    None of its rules is loaded.'],
        ...['  shop/orders  not loaded', '    None of its rules is loaded.', ''],
      ].join('\n'),
    )
  })
  it('what “headroom rules” wrote is in step once it is loaded', async () => {
    await prometheus.load(written)
    expect(await run([folder], { prometheus: prometheus.url })).toBe(0)
    expect(said).toBe(`✓ files ↔ Prometheus (${prometheus.url}): All 2 groups are loaded as they are written.\n`)
  })
  it('an edited file is drift, also for programs and for a comment on a change', async () => {
    writeFileSync(at('orders.yaml'), sloFile('orders', { target: 0.95 }))
    expect(await run([folder], { prometheus: prometheus.url, format: 'json' })).toBe(1)
    const answer = JSON.parse(said)
    expect(answer).toMatchObject({
      standing: 'drift',
      parts: [{ between: 'files ↔ Prometheus', items: [{ key: 'shop/orders', state: 'Different' }] }],
    })
    expect(answer.parts[0].items[0].sentences).toContain('headroom:slo_target: its expression differs.')
    said = ''
    expect(await run([folder], { prometheus: prometheus.url, format: 'markdown', summary: at('summary.md') })).toBe(1)
    expect(said).toMatch(
      /^### Drift\n\n\*\*✗ files ↔ Prometheus .*\n\n\| SLO \| State \| What \| What to do \|\n.*\n\| shop\/orders \| Different \| .*<br>And \d+ more\. \| Write its rules anew and reload, or change the SLO to what was meant\. \|\n$/,
    )
    expect(readFileSync(at('summary.md'), 'utf8')).toBe(said)
    writeFileSync(at('orders.yaml'), FILES['orders.yaml'])
  })
  it('a rule that is loaded besides is none of these files: no portal is named', async () => {
    const { groups } = parse(written) as { groups: { name: string; rules: object[] }[] }
    const more = { record: 'headroom:slo_more', expr: 'vector(1)', labels: { service: 'shop', slo: 'orders' } }
    const edited = groups.map((group) =>
      group.name === 'headroom/shop/orders' ? { ...group, rules: [...group.rules, more] } : group,
    )
    await prometheus.load(JSON.stringify({ groups: edited }))
    expect(await run([folder], { prometheus: prometheus.url })).toBe(1)
    expect(said).toContain('headroom:slo_more is loaded, and these files do not make it.')
    expect(said).not.toContain('the portal')
    await prometheus.load(written)
  })
  it('what the files of a service no longer declare is left over; other services are nobody’s business', async () => {
    const { groups } = parse(written) as { groups: { name: string }[] }
    const [own] = groups.filter(({ name }) => name === 'headroom/shop/orders')
    const more = ['headroom/shop/forgotten', 'headroom/other/orders'].map((name) => ({ ...own, name }))
    await prometheus.load(JSON.stringify({ groups: [...groups, ...more] }))
    expect(await run([folder], { prometheus: prometheus.url })).toBe(1)
    expect(said).toContain('All 2 groups are loaded as they are written; 1 left over.')
    expect(said).toContain('no file here declares such an SLO; another set of files may.')
    expect(said).toContain('→ Take the group headroom/shop/forgotten out of ')
    expect(said).not.toContain('headroom/other')
    said = ''
    // A file by itself is not all of its service.
    expect(await run([at('shop.yaml'), at('orders.yaml')], { prometheus: prometheus.url })).toBe(0)
    await prometheus.load(written)
  })
  it('what is loaded twice is to be taken out once, whether or not the copies differ', async () => {
    const { groups } = parse(written) as { groups: { name: string }[] }
    const own = groups.filter(({ name }) => name === 'headroom/shop/orders')
    // Of one name a file holds one group: a copy has another, and is known by what it records.
    await prometheus.load(JSON.stringify({ groups: [...groups, ...own.map((group) => ({ ...group, name: 'copy' }))] }))
    expect(await run([folder], { prometheus: prometheus.url })).toBe(1)
    expect(said).toMatch(
      /shop\/orders {2}different\n {4}It is loaded twice: .*\n {4}→ Leave one group of headroom\/shop\/orders in \/\S+, take out the others, and reload\.\n$/,
    )
    await prometheus.load(written)
  })
  it('whoever does not answer leaves it open', async () => {
    expect(await run([folder], { prometheus: NOWHERE })).toBe(2)
    expect(said).toContain(`? files ↔ Prometheus (${NOWHERE}): ${NOWHERE} cannot be reached`)
  })
  it.each<[string, string[], DriftOptions]>([
    ['is no address', [folder], { prometheus: 'prometheus' }],
    ['The format is text, json or markdown.', [folder], { format: 'xml' }],
    ['Name the files', [], { prometheus: NOWHERE, url: NOWHERE }],
    ['There is no file or folder', [at('none')], { prometheus: NOWHERE }],
    ['Nothing answers at', [], { url: NOWHERE }],
  ])('refuses with “%s”', async (words, paths, options) => {
    await expect(run(paths, options)).rejects.toThrow(words)
  })
  it('needs neither a database nor its client', async () => {
    const env = { ...process.env, DATABASE_URL: 'postgres://nowhere.invalid/x', HEADROOM_DATA: at('none') }
    const headroom = [join(root, 'cli/headroom.mjs'), 'drift', folder, '--prometheus', prometheus.url]
    const { stdout } = await promisify(execFile)(process.execPath, headroom, { env })
    expect(stdout).toMatch(/^✓ files ↔ Prometheus /)
  }, 30_000)
})

describe('with a portal', () => {
  it('files, portal and Prometheus stand beside each other', async () => {
    await apply(FILES)
    await prometheus.load('groups: []')
    await checkDue(NOW)
    expect(await run([folder], { owner: 'shop/slos' })).toBe(0)
    expect(said.split('\n')).toEqual([
      '✓ files ↔ portal (shop/slos): All 2 that the files declare are in the portal as they say.',
      '✓ portal ↔ Prometheus (prometheus): No rules of Headroom are loaded: nothing is exported to it, and nothing is missing.',
      '',
    ])
  })
  it('a service that exists and is not of this set stays as it is, for drift as for the plan', async () => {
    await pool().query(`UPDATE service SET managed_by = NULL, name = 'The shop'`)
    expect(await run([folder], { owner: 'shop/slos' })).toBe(0)
    expect(await run([folder])).toBe(0)
    expect(said.match(/All 2 that the files declare are in the portal as they say\./g)).toHaveLength(2)
    await pool().query(`UPDATE service SET managed_by = 'shop/slos', name = 'Shop of shop'`)
  })
  it('an SLO of people is said to be theirs, with the words of the plan', async () => {
    await pool().query('UPDATE slo SET managed_by = NULL, declared = NULL')
    expect(await run([folder], { owner: 'shop/slos' })).toBe(1)
    expect(said).toContain('  shop/orders  somebody else’s\n    It exists and is managed by people in the portal. Adopt it')
    await apply(FILES, { adopt: true })
  })
  it('what was changed by hand stands in the portal, and is said of the files that were applied', async () => {
    await prometheus.load(written.replaceAll('0.99', '0.98'))
    await checkDue(NOW + EVERY)
    await pool().query('UPDATE slo SET target = 0.97')
    expect(await run([])).toBe(1)
    expect(said).toMatch(/^✗ portal ↔ Prometheus \(prometheus\): 1 of 1 SLO drifts: 1 different/)
    expect(said).toContain('✗ portal ↔ applied files (shop/slos): 1 of 1 SLO is no longer what the files said.')
    expect(said).toContain(
      [
        '    Target 99.00 % → 97.00 %',
        '    → Apply the files again, or write into them what was meant: npx headroom plan slos/ --owner shop/slos',
      ].join('\n'),
    )
    said = ''
    expect(await run([folder], { owner: 'shop/slos' })).toBe(1)
    expect(said).toContain('✗ files ↔ portal (shop/slos): 1 of 2 differ.')
  })
  it('a Prometheus that was named is asked now, for all that the portal has', async () => {
    expect(await run([], { prometheus: prometheus.url })).toBe(1)
    expect(said).toContain('✗ portal ↔ Prometheus')
  })
  it('what is left over alone is said in the first line, with what to do', async () => {
    heard()
    await exported({})
    writeFileSync(at('exported.yaml'), said)
    said = ''
    rules([at('exported.yaml')], {})
    const now = said
    rmSync(at('exported.yaml'))
    await prometheus.load(`${now}${now.slice(now.indexOf('- name: headroom/shop/orders')).replace('shop/orders', 'shop/gone')}`)
    said = ''
    expect(await run([], { prometheus: prometheus.url })).toBe(1)
    const [head, ...lines] = said.trimEnd().split('\n')
    expect(head).toBe(`✗ portal ↔ Prometheus (${prometheus.url}): All 2 groups are loaded as they are written; 1 left over.`)
    expect(lines).toEqual([
      '  shop/gone  left over',
      expect.stringMatching(/^ {4}It is in \/.*: the portal has no such SLO\.$/),
      expect.stringMatching(/^ {4}→ Take the group headroom\/shop\/gone out of \/.*\.$/),
    ])
  })
})
