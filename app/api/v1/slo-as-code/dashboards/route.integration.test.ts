import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disconnect, pool } from '@/lib/db/client'
import { testDatabase } from '@/lib/db/test-database'
import { testSlos } from '@/lib/db/test-slos'
import { createToken } from '@/lib/token/commands'
import { newTokenSchema } from '@/lib/token/schema'
import { GET } from './route'

let database: Awaited<ReturnType<typeof testDatabase>>
let secret: string
beforeAll(async () => {
  database = await testDatabase()
  const { addSlo } = await testSlos(pool(), 'http://nowhere.invalid')
  const requests = { metric: 'http_requests_total', matchers: [] }
  await addSlo({ slug: 'answers', indicator: { kind: 'throughput', events: requests, floorPerSecond: 2 }, target: 0.9 })
  ;({ secret } = await createToken({ type: 'system', job: 'cli' }, newTokenSchema.parse({ name: 'boards', role: 'viewer' })))
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})

const ask = (query = '', token = secret) =>
  GET(new Request(`http://localhost/api/v1/slo-as-code/dashboards${query}`, { headers: { authorization: `Bearer ${token}` } }))

describe('dashboards of what the portal measures', () => {
  it('are the overview, or that of a service, with links back', async () => {
    expect(await (await ask()).json()).toMatchObject({ uid: 'headroom-overview' })
    const text = await (await ask('?service=checkout')).text()
    expect(JSON.parse(text)).toMatchObject({ uid: 'headroom-s-checkout', id: null })
    expect(text).toContain('http://localhost:3000/services/checkout')
  })
  it('are all of them as files', async () => {
    const names = async (query: string) =>
      ((await (await ask(query)).json()) as { files: { name: string }[] }).files.map(({ name }) => name)
    expect(await names('?format=grafana-files')).toEqual(['headroom-overview.json', 'headroom-s-checkout.json'])
    expect(await names('?format=grafana-files&service=checkout')).toEqual(['headroom-s-checkout.json'])
  })
  it('are for whoever has a token, and say what is not there', async () => {
    const statuses = await Promise.all([ask('?format=xml'), ask('?service=nowhere'), ask('', 'hr_wrong')])
    expect(statuses.map(({ status }) => status)).toEqual([400, 404, 401])
  })
})
