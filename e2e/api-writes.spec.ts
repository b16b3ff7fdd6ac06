import type { APIRequestContext } from '@playwright/test'
import { definitionSchema, sloPageSchema, versionListSchema } from '../lib/api/resources'
import { ROLES, type Role } from '../lib/auth/role'
import { tokenFor } from './command-line'
import { expect, test } from './fixtures'

// Changes over HTTP, as programs make them: by the role of their token, whole or not at all.

const MAY: Role[] = ['engineer', 'slo_owner', 'administrator']

const definition = (slug: string, change: Record<string, unknown> = {}) => ({
  ...{ name: `Written by a program: ${slug}`, slug, service: 'legacy-export', dataSource: 'prometheus', target: 0.99 },
  indicator: {
    kind: 'availability',
    requests: 'http_requests_total{service="legacy-export",route!="/health"}',
    failed: 'status=~"5.."',
  },
  window: { kind: 'rolling', days: 28 },
  ...change,
})

async function as(request: APIRequestContext, role: Role) {
  const headers = { authorization: `Bearer ${await tokenFor(role)}` }
  return (method: 'get' | 'post' | 'put' | 'delete', path: string, data?: unknown) =>
    request.fetch(path, { method, headers, data })
}

test.describe('writing with a token', () => {
  test.use({ storageState: { cookies: [], origins: [] } })
  test.describe.configure({ timeout: 120_000 })

  for (const role of MAY)
    test(`a token of the ${role} defines, changes and deletes an SLO`, async ({ request }) => {
      const send = await as(request, role)
      const slug = `by-${role.replace('_', '-')}-${Date.now()}`
      const made = await send('post', '/api/v1/slos', { definition: definition(slug), lifecycle: 'draft' })
      expect(made.status(), await made.text()).toBe(201)
      const { id, version } = (await made.json()) as { id: number; version: number }
      expect(version).toBe(1)
      expect(made.headers().location).toBe(`/api/v1/slos/${id}`)
      const path = `/api/v1/slos/${id}/definition`
      expect(definitionSchema.parse(await (await send('get', path)).json())).toMatchObject({ lifecycle: 'draft', version: 1 })

      const change = { version: 1, definition: definition(slug, { target: 0.95 }), lifecycle: 'draft' }
      const changed = await send('put', path, change)
      expect(changed.status(), await changed.text()).toBe(200)
      expect(await changed.json()).toMatchObject({ id, version: 2, changes: [expect.stringContaining('95')] })
      // Who wrote from the version before is told what happened since, and nothing is overwritten.
      const late = await send('put', path, change)
      expect(late.status()).toBe(409)
      expect(((await late.json()) as { detail: string }).detail).toContain('saved version 2 meanwhile')
      const versions = versionListSchema.parse(await (await send('get', `/api/v1/slos/${id}/versions`)).json())
      expect(versions.items.map((item) => item.version)).toEqual([2, 1])

      expect((await send('delete', path)).status()).toBe(400)
      expect((await send('delete', `${path}?version=1`)).status()).toBe(409)
      expect((await send('delete', `${path}?version=2`)).status()).toBe(200)
      expect((await send('get', path)).status()).toBe(404)
    })

  for (const role of ROLES.filter((one) => !MAY.includes(one)))
    test(`a token of the ${role} changes nothing`, async ({ request }) => {
      const send = await as(request, role)
      const page = sloPageSchema.parse(await (await send('get', '/api/v1/slos?service=checkout-api')).json())
      const path = `/api/v1/slos/${page.items[0]?.id}/definition`
      const before = (await (await send('get', path)).json()) as { version: number; definition: object }
      const change = { version: before.version, definition: definition('taken-over'), lifecycle: 'active' }
      for (const [method, address, body] of [
        ['post', '/api/v1/slos', { definition: definition('not-wanted') }],
        ['put', path, change],
        ['delete', `${path}?version=${before.version}`, undefined],
      ] as const) {
        const refused = await send(method, address, body)
        expect([method, refused.status()]).toEqual([method, 403])
        expect(refused.headers()['content-type']).toContain('application/problem+json')
      }
      expect(await (await send('get', path)).json()).toEqual(before)
      const after = sloPageSchema.parse(await (await send('get', '/api/v1/slos?service=legacy-export&q=not-wanted')).json())
      expect(after.items).toEqual([])
    })

  test('nobody changes anything without a token, and every wrong field is named', async ({ request }) => {
    for (const [method, path] of [
      ['post', '/api/v1/slos'],
      ['put', '/api/v1/slos/1/definition'],
      ['delete', '/api/v1/slos/1/definition?version=1'],
    ] as const)
      expect([method, (await request.fetch(path, { method, data: {} })).status()]).toEqual([method, 401])
    const send = await as(request, 'engineer')
    const wrong = await send('post', '/api/v1/slos', { definition: definition('Not A Slug', { target: 1 }) })
    expect(wrong.status()).toBe(400)
    const { errors } = (await wrong.json()) as { errors: { path: string; message: string }[] }
    expect(errors.map(({ path }) => path).sort()).toEqual(['definition.slug', 'definition.target'])
  })
})
