import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as applyRoute } from '../app/api/v1/slo-as-code/apply/route'
import { POST as planRoute } from '../app/api/v1/slo-as-code/plan/route'
import { db, disconnect } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { apply as applied, serviceFile, sloFile } from '../lib/slo-as-code/gitops-fixture'
import { type ApplyOptions, apply, plan } from './plan'
import { create } from './token'

/** What a terminal shows: the plan on one stream, why nothing was applied on the other, and nothing twice. */

const folder = mkdtempSync(join(tmpdir(), 'headroom-plan-'))
const at = (name: string) => join(folder, name)
const WRONG = 'There is no service “shp”, here or in the portal.'
const THEIRS = 'It exists and is managed by people in the portal.'

let database: Awaited<ReturnType<typeof testDatabase>>
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = request.headers as Record<string, string>
  const asked = new Request(`http://127.0.0.1${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) })
  const found = await (request.url?.endsWith('apply') ? applyRoute(asked) : planRoute(asked))
  response.writeHead(found.status, Object.fromEntries(found.headers)).end(await found.text())
})
const remote: ApplyOptions = {}

beforeAll(async () => {
  vi.stubEnv('HEADROOM_URL', '')
  database = await testDatabase()
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
  await applied({ 'shop.yaml': `${serviceFile('shop')}---\n${sloFile('orders')}` }, { owner: null })
  remote.token = (await create({ name: 'git', role: 'slo_owner' })).split('\n')[0] ?? ''
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  remote.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(at('wrong.yaml'), `${sloFile('a', { service: 'shp' })}---\n${sloFile('b', { service: 'shp' })}`)
  writeFileSync(at('theirs.yaml'), sloFile('orders', { target: 0.9 }))
  writeFileSync(at('evil.yaml'), sloFile('evil', { displayName: '"M\\nFingerprint 00 | x |\\n### Evil"' }))
  writeFileSync(at('new.yaml'), sloFile('paid', { displayName: 'Paid at once' }))
})
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  server.close()
  await disconnect()
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function run(command: typeof plan, file: string, options: ApplyOptions) {
  const said = { out: '', err: '' }
  for (const [stream, key] of [
    [process.stdout, 'out'],
    [process.stderr, 'err'],
  ] as const)
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[key] += String(text)
      return true
    })
  const code = await command([at(file)], { owner: 'shop/slos', ...options })
  vi.restoreAllMocks()
  return { ...said, code }
}
const times = (text: string, words: string) => text.split(words).length - 1

describe.each([
  ['here', () => ({})],
  ['elsewhere', () => remote],
])('a portal %s', (_, where) => {
  it('says each fault of a plan once', async () => {
    const { out, err, code } = await run(plan, 'wrong.yaml', where())
    expect([code, err, times(out, WRONG)]).toEqual([1, '', 2])
    expect(out).toContain('2 errors in shop/slos: nothing can be planned.')
  })
  it('a name is one line', async () => {
    const { out, code } = await run(plan, 'evil.yaml', where())
    expect([code, out.match(/^(Fingerprint|###).*$/gm)]).toEqual([1, null])
    expect(out).toMatch(/evil\.yaml:\d+:\d+ error The portal will not take the name: Write the name on one line\.\n/)
  })
  it('says of faulty files that nothing was applied, and the faults once', async () => {
    const { out, err, code } = await run(apply, 'wrong.yaml', where())
    expect([code, err, times(out, WRONG)]).toEqual([1, 'Nothing was applied: there are 2 errors.\n', 2])
  })
  it('says what is refused once', async () => {
    const planned = await run(plan, 'theirs.yaml', where())
    expect([planned.code, planned.err, times(planned.out, THEIRS)]).toEqual([1, '', 1])
    const { out, err, code } = await run(apply, 'theirs.yaml', where())
    expect([code, err, times(out, THEIRS)]).toEqual([1, 'Nothing was applied: shop/orders is refused.\n', 1])
  })
  it('says why another plan than the one that was looked at was not applied', async () => {
    const { out, err, code } = await run(apply, 'new.yaml', { ...where(), expect: '0123456789abcdef' })
    expect([code, err]).toEqual([1, 'Something was changed since this was planned. Plan again, look at it, and apply that.\n'])
    expect(out).toMatch(/\+ SLO shop\/paid “Paid at once” {2}.*new\.yaml:1\n/)
  })
  it('refuses a source and a team that are not there, also where no file needs them', async () => {
    const { out, err, code } = await run(plan, 'theirs.yaml', { ...where(), source: 'nope', team: 'payment' })
    expect([code, err]).toEqual([1, ''])
    expect(out).toContain('error The portal has no source “nope”. For --source there are: prometheus.\n')
    expect(out).toContain('error The portal has no team “payment”. Did you mean payments? For --team there are: payments.\n')
  })
})

it.each([
  ['text/markdown', 'text/markdown; charset=utf-8'],
  ['text/markdown;q=0.1, application/json', 'application/json'],
  ['text/markdown;q=0, */*', 'application/json'],
])('a plan that is asked for as %s is %s', async (accept, type) => {
  const headers = { authorization: `Bearer ${remote.token}`, 'content-type': 'application/json', accept }
  const body = JSON.stringify({ files: [{ name: 'a.yaml', content: sloFile('orders') }] })
  const answer = await fetch(`${remote.url}/api/v1/slo-as-code/plan`, { method: 'POST', headers, body })
  expect(answer.headers.get('content-type')).toBe(type)
})
