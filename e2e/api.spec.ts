import { execFileSync, spawnSync } from 'node:child_process'
import { historySchema, sloPageSchema, sloSchema, statusSchema } from '../lib/api/resources'
import { serviceDetailSchema, serviceListSchema } from '../lib/api/service-resources'
import { expect, test } from './fixtures'

const env = { ...process.env, HEADROOM_DATA: process.env.E2E_DATA }
const headroom = (...args: string[]) => execFileSync('npx', ['headroom', ...args], { env, encoding: 'utf8' })

test.describe('with a token', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('the command line makes a token that opens the API, for its role and its time', async ({ request }) => {
    const secret = headroom('token', 'create', '--name', 'browser test', '--days', '1').split('\n')[0] ?? ''
    expect(secret).toMatch(/^hr_[\w-]{43}$/)
    const headers = { authorization: `Bearer ${secret}` }
    const page = sloPageSchema.parse(await (await request.get('/api/v1/slos?limit=20', { headers })).json())
    expect(page.items).toHaveLength(20)
    const next = sloPageSchema.parse(
      await (await request.get(`/api/v1/slos?limit=500&cursor=${page.nextCursor}`, { headers })).json(),
    )
    const ids = [...page.items, ...next.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(30)
    const [first] = page.items
    sloSchema.parse(await (await request.get(`/api/v1/slos/${first?.id}`, { headers })).json())
    statusSchema.parse(await (await request.get(`/api/v1/slos/${first?.id}/status`, { headers })).json())
    historySchema.parse(await (await request.get(`/api/v1/slos/${first?.id}/history?range=7d`, { headers })).json())
    const services = serviceListSchema.parse(await (await request.get('/api/v1/services', { headers })).json())
    expect(services.items.length).toBeGreaterThanOrEqual(12)
    serviceDetailSchema.parse(await (await request.get('/api/v1/services/checkout-api', { headers })).json())
    const critical = sloPageSchema.parse(await (await request.get('/api/v1/slos?state=critical,exhausted', { headers })).json())
    for (const slo of critical.items) expect(['critical', 'exhausted']).toContain(slo.status.state)
    expect((await request.get('/api/v1/slos', { headers: { authorization: 'Bearer hr_wrong' } })).status()).toBe(401)
  })

  for (const [path, status, words] of [
    ['/api/v1/slos?state=broken', 400, 'A state is one of'],
    ['/api/v1/slos?limit=0', 400, 'at least 1'],
    ['/api/v1/slos?cursor=zzz', 400, 'nextCursor'],
    ['/api/v1/slos/banana', 400, 'whole number'],
    ['/api/v1/slos/99999999', 404, 'There is no SLO'],
    ['/api/v1/services/nowhere', 404, 'There is no service'],
    ['/api/v1/nothing/here', 404, 'openapi.json'],
  ] as const)
    test(`${path} is a problem that says what to do`, async ({ request }) => {
      const secret = headroom('token', 'create', '--name', 'problems').split('\n')[0]
      const response = await request.get(path, { headers: { authorization: `Bearer ${secret}` } })
      expect(response.status()).toBe(status)
      expect(response.headers()['content-type']).toContain('application/problem+json')
      const problem = (await response.json()) as { status: number; title: string; detail: string }
      expect(problem).toMatchObject({ status, type: 'about:blank', title: expect.any(String) })
      expect(problem.detail).toContain(words)
    })

  test('other methods are refused with a problem', async ({ request }) => {
    for (const path of ['/api/v1/slos/1', '/api/v1/slos/1/status', '/api/v1/services/checkout-api']) {
      const response = await request.post(path, { data: {} })
      expect(response.status()).toBe(405)
      expect(response.headers().allow).toContain('GET')
      expect(await response.json()).toMatchObject({ status: 405 })
    }
  })

  test('the document, the probes and the metrics are open here', async ({ request }) => {
    const document = (await (await request.get('/api/v1/openapi.json')).json()) as { openapi: string; paths: object }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain('/api/v1/services/{slug}')
    expect(await (await request.get('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await request.get('/readyz')).json()).toMatchObject({ status: 'ready' })
    const metrics = await (await request.get('/metrics')).text()
    expect(metrics).toMatch(/headroom_slo_budget_remaining_ratio\{slo="\d+",name="Payments accepted"/)
    expect(metrics).toMatch(/headroom_poller_workers 1/)
  })
})

test('the command line shows all SLOs, worst first, and refuses wrong usage', async () => {
  const lines = headroom('status').trim().split('\n')
  expect(lines[0]).toMatch(/^STATE +SERVICE +SLO/)
  expect(lines.length).toBeGreaterThan(30)
  expect(lines[1]).toMatch(/^exhausted/)
  const json = JSON.parse(headroom('status', '--state', 'critical', '--json')) as { status: { state: string } }[]
  expect(json.length).toBeGreaterThan(0)
  expect(json.every(({ status }) => status.state === 'critical')).toBe(true)
  const over = spawnSync('npx', ['headroom', 'status', '--url', process.env.E2E_BASE_URL ?? ''], { env, encoding: 'utf8' })
  expect(over.status).toBe(1)
  expect(over.stderr).toContain('Send an API token')
  expect(spawnSync('npx', ['headroom', 'stat'], { env }).status).toBe(2)
  const refused = spawnSync('npx', ['headroom', 'token', 'create', '--name', 'x', '--role', 'king'], { env, encoding: 'utf8' })
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('The role is one of')
})
