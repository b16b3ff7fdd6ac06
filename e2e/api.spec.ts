import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { historySchema, sloPageSchema, sloSchema, statusSchema } from '../lib/api/resources'
import { serviceDetailSchema, serviceListSchema } from '../lib/api/service-resources'
import { readFiles } from '../lib/slo-as-code/read-files'
import { here, run, tokenFor } from './command-line'
import { expect, test } from './fixtures'

/** Every route file below /api/v1 and the methods it answers: what its `others(…)` does not refuse. */
function routesOnDisk(): { path: string; methods: string[] }[] {
  return (readdirSync('app/api/v1', { recursive: true }) as string[])
    .filter((file) => file.endsWith('route.ts') && !file.includes('[...path]') && !file.startsWith('openapi.json'))
    .map((file) => ({
      path: `/api/v1/${file.replace(/\/route\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`,
      methods: [...readFileSync(`app/api/v1/${file}`, 'utf8').matchAll(/^export const (GET|POST|PUT|PATCH|DELETE) = /gm)].map(
        ([, method]) => method?.toLowerCase() ?? '',
      ),
    }))
}

test.describe('with a token', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('the command line makes a token that opens the API, for its role and its time', async ({ request }) => {
    const secret = run(['token', 'create', '--name', 'browser test', '--days', '1']).stdout.split('\n')[0] ?? ''
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
    const files = await request.get('/api/v1/slo-as-code/export?service=checkout-api', { headers })
    expect(files.headers()['content-type']).toContain('application/yaml')
    expect(readFiles([{ name: 'all.yaml', content: await files.text() }], { whole: true }).faults).toEqual([])
    const dashboard = await (await request.get('/api/v1/slo-as-code/dashboards?service=checkout-api', { headers })).json()
    expect(dashboard).toMatchObject({ uid: 'headroom-s-checkout-api', id: null })
    expect((await request.get('/api/v1/slos', { headers: { authorization: 'Bearer hr_wrong' } })).status()).toBe(401)

    const prefix = secret.slice(0, 9)
    expect(run(['token', 'list']).stdout).toMatch(new RegExp(`^${prefix}… +browser test +viewer `, 'm'))
    expect(run(['token', 'revoke', '--token', prefix]).stdout).toContain('opens nothing any more')
    expect((await request.get('/api/v1/slos?limit=1', { headers })).status()).toBe(401)
    expect(run(['token', 'list']).stdout).not.toContain(prefix)
    expect(run(['token', 'revoke', '--token', prefix])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('token list'),
    })
  })

  for (const [path, status, words] of [
    ['/api/v1/slos?state=broken', 400, 'A state is one of'],
    ['/api/v1/slo-as-code/export?format=xml', 400, 'The format is one of'],
    ['/api/v1/slo-as-code/export?service=nowhere', 404, 'There is no service “nowhere”.'],
    ['/api/v1/slo-as-code/dashboards?service=nowhere', 404, 'There is no service “nowhere”'],
    ['/api/v1/slos?limit=0', 400, 'at least 1'],
    ['/api/v1/slos?cursor=zzz', 400, 'nextCursor'],
    ['/api/v1/slos/banana', 400, 'whole number'],
    ['/api/v1/slos/99999999', 404, 'There is no SLO'],
    ['/api/v1/services/nowhere', 404, 'There is no service'],
    ['/api/v1/nothing/here', 404, 'openapi.json'],
  ] as const)
    test(`${path} is a problem that says what to do`, async ({ request }) => {
      const secret = await tokenFor('viewer')
      const response = await request.get(path, { headers: { authorization: `Bearer ${secret}` } })
      expect(response.status()).toBe(status)
      expect(response.headers()['content-type']).toContain('application/problem+json')
      const problem = (await response.json()) as { status: number; title: string; detail: string }
      expect(problem).toMatchObject({ status, type: 'about:blank', title: expect.any(String) })
      expect(problem.detail).toContain(words)
    })

  test('a method that a resource does not have is refused with a problem, and the ones it has are named', async ({ request }) => {
    const all = ['get', 'post', 'put', 'patch', 'delete']
    for (const { path, methods } of routesOnDisk()) {
      const address = path.replace('{id}', '1').replace('{slug}', 'checkout-api')
      for (const method of all.filter((one) => !methods.includes(one))) {
        const response = await request.fetch(address, { method, data: method === 'get' ? undefined : {} })
        expect([method, path, response.status()]).toEqual([method, path, 405])
        for (const possible of methods) expect(response.headers().allow).toContain(possible.toUpperCase())
        expect(await response.json()).toMatchObject({ status: 405, title: 'Method not allowed' })
      }
    }
  })

  test('the document names every route and method there is; it, the probes and the metrics are open here', async ({
    request,
  }) => {
    const document = (await (await request.get('/api/v1/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, object>
    }
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).map(([path, methods]) => [path, Object.keys(methods).sort()])
    const there = routesOnDisk().map(({ path, methods }) => [path, methods.sort()])
    expect(there.length).toBeGreaterThan(8)
    expect(described.sort()).toEqual(there.sort())
    expect(await (await request.get('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await request.get('/readyz')).json()).toMatchObject({ status: 'ready' })
    const metrics = await (await request.get('/metrics')).text()
    expect(metrics).toMatch(/headroom_slo_budget_remaining_ratio\{slo="\d+",name="Payments accepted"/)
    expect(metrics).toMatch(/headroom_poller_workers 1/)
  })
})

test('the metrics say of every SLO what the API says, and how the portal and its poller do', async ({ request }) => {
  // A minute may end between the two answers; then both are asked again.
  await expect(async () => {
    const metrics = await (await request.get('/metrics')).text()
    const { items } = sloPageSchema.parse(await (await request.get('/api/v1/slos?limit=500')).json())
    const value = (name: string, labels: string) =>
      Number(new RegExp(`^${name}\\{[^}]*${labels}[^}]*\\} (\\S+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN)
    expect(items.length).toBeGreaterThanOrEqual(30)
    for (const { id, status } of items) {
      expect(value('headroom_slo_state', `slo="${id}",.*state="${status.state}"`)).toBe(1)
      if (status.remaining !== null) expect(value('headroom_slo_budget_remaining_ratio', `slo="${id}"`)).toBe(status.remaining)
      if (status.burnRate.h6 !== null)
        expect(value('headroom_slo_burn_rate', `slo="${id}",.*lookback="6h"`)).toBe(status.burnRate.h6)
      expect(value('headroom_slo_alert', `slo="${id}",.*severity="page"`)).toBe(status.alert === 'page' ? 1 : 0)
      expect(value('headroom_slo_coverage_ratio', `slo="${id}"`)).toBe(status.coverage)
    }
    expect(value('headroom_http_request_duration_seconds_count', 'method="GET",status="200"')).toBeGreaterThan(0)
  }).toPass({ timeout: 45_000 })
})

test('the command line shows all SLOs, worst first, and refuses wrong usage', async () => {
  // As people type it; what follows is the same file.
  const all = spawnSync('npx', ['headroom', 'status'], here)
  expect(all.status, all.stderr).toBe(0)
  const lines = all.stdout.trim().split('\n')
  expect(lines[0]).toMatch(/^STATE +SERVICE +SLO/)
  expect(lines.length).toBeGreaterThan(30)
  expect(lines[1]).toMatch(/^exhausted/)
  const json = JSON.parse(run(['status', '--state', 'critical', '--json']).stdout) as { status: { state: string } }[]
  expect(json.length).toBeGreaterThan(0)
  expect(json.every(({ status }) => status.state === 'critical')).toBe(true)
  expect(run(['stat']).status).toBe(2)
  const refused = run(['token', 'create', '--name', 'x', '--role', 'king'])
  expect(refused.status).toBe(2)
  expect(refused.stderr).toContain('The role is one of')
})

test('the command line asks another Headroom by its address, with a token and not without', async () => {
  // Nothing of this machine but the address: what it prints came through the API.
  const away = { ...here, env: { ...process.env, HEADROOM_DATA: '/nowhere', DATABASE_URL: '' } }
  const address = process.env.E2E_BASE_URL ?? ''
  const status = (...args: string[]) => run(['status', '--url', address, ...args], away)
  const over = status()
  expect(over.status).toBe(1)
  expect(over.stderr).toContain('Send an API token')
  const token = await tokenFor('viewer')
  const table = status('--token', token, '--team', 'Payments')
  expect(table.stderr).toBe('')
  expect(table.status).toBe(0)
  expect(table.stdout).toMatch(/^STATE +SERVICE +SLO/)
  expect(table.stdout).toContain('Payments accepted')
  expect(table.stdout).not.toContain('Searches answered')
  const json = sloPageSchema.shape.items.parse(JSON.parse(status('--token', token, '--json').stdout))
  expect(json.length).toBeGreaterThan(30)
})
