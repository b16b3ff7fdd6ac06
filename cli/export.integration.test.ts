import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET } from '../app/api/v1/slo-as-code/export/route'
import { exportedFilesSchema } from '../lib/api/slo-as-code-paths'
import type { Actor } from '../lib/auth/actor'
import { disconnect, pool } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { testSlos } from '../lib/db/test-slos'
import { portableOf } from '../lib/slo-as-code/portable'
import { readFiles } from '../lib/slo-as-code/read-files'
import { portableSlos } from '../lib/slo-as-code/reads'
import { exportedFiles } from '../lib/slo-as-code/reads-export'
import { createToken } from '../lib/token/commands'
import { newTokenSchema } from '../lib/token/schema'
import { root } from '../scripts/bootstrap.mjs'

const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  const { addSlo } = await testSlos(pool(), 'http://nowhere.invalid')
  const requests = { metric: 'http_requests_total', matchers: [{ label: 'job', op: '=' as const, value: 'checkout' }] }
  await addSlo({ slug: 'answers', indicator: { kind: 'throughput', events: requests, floorPerSecond: 2 }, target: 0.9 })
  await addSlo({ slug: 'up', indicator: { kind: 'boolean', series: requests }, method: 'time_slices', sliceTarget: 0.5 })
  const members = ['answers', 'up'].map((slo) => ({ service: 'checkout', slo, weight: 1 }))
  const journey = { kind: 'composite' as const, rule: 'worst-of' as const, late: 'wait' as const, members }
  const month = { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' }
  await addSlo({ slug: 'journey', indicator: journey, window: month })
  await pool().query(`UPDATE service SET labels = '{"team": "till \\"one\\""}', description = 'Where people pay.'`)
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})

const again = (files: { name: string; text: string }[]) => {
  const { declared, faults } = readFiles(
    files.map(({ name, text }) => ({ name, content: text })),
    { whole: true },
  )
  expect(faults).toEqual([])
  return portableOf(declared)
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('what the portal keeps', () => {
  it('goes out as files that say the same', async () => {
    const { services, slos } = await portableSlos(VIEWER)
    expect(slos).toHaveLength(3)
    expect(plain(again(await exportedFiles(VIEWER)))).toEqual(plain({ services, slos }))
  })
  it('goes out for some services, and says which are not there', async () => {
    const files = await exportedFiles(VIEWER, ['checkout'])
    expect(files.map(({ name }) => name)).toEqual(['data_sources.yaml', 'checkout.yaml'])
    await expect(exportedFiles(VIEWER, ['nowhere'])).rejects.toThrow('There is no service “nowhere”.')
  })
  it('goes out by the API, to whoever has a token', async () => {
    const { secret } = await createToken({ type: 'system', job: 'cli' }, newTokenSchema.parse({ name: 'files', role: 'viewer' }))
    const ask = (query: string, token = secret) =>
      GET(new Request(`http://localhost/api/v1/slo-as-code/export${query}`, { headers: { authorization: `Bearer ${token}` } }))
    const yaml = await ask('?service=checkout')
    expect(yaml.headers.get('content-type')).toBe('application/yaml; charset=utf-8')
    expect(again([{ name: 'all.yaml', text: await yaml.text() }]).slos).toHaveLength(3)
    const { files } = exportedFilesSchema.parse(await (await ask('?format=openslo-files')).json())
    expect(files).toEqual(await exportedFiles(VIEWER))
    const statuses = await Promise.all([ask('?format=xml'), ask('?service=nowhere'), ask('', 'hr_wrong')])
    expect(statuses.map(({ status }) => status)).toEqual([400, 404, 401])
  })
  it.each([[[]], [['--format', 'json']]])('goes out by the command line %j', async (options) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'cli', 'headroom.mjs'), 'export', ...options], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: database.url, HEADROOM_URL: '', NODE_ENV: 'production' },
    })
    expect([status, stderr]).toEqual([0, ''])
    const texts = options.length > 0 ? JSON.parse(stdout).map((one: unknown) => JSON.stringify(one)) : [stdout]
    expect(again(texts.map((text: string, i: number) => ({ name: `${i}.yaml`, text }))).slos).toHaveLength(3)
  })
})
