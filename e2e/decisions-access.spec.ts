import type { APIRequestContext } from '@playwright/test'
import { ROLES, type Role } from '../lib/auth/role'
import { tokenFor } from './command-line'
import { expect, test } from './fixtures'

// Every role against every transition of release requests and waivers, at the API. The things asked about are not there: whoever
// may act is told so (404), everybody else is refused before anything is looked for (403).

const NOT_THERE = 2_000_000_000
const request = (verb: string) => `/api/v1/release-requests/${NOT_THERE}/${verb}`
const waiver = (verb: string) => `/api/v1/waivers/${NOT_THERE}/${verb}`
const noted = { revision: 1, note: '' }
const what = { service: 'no-such-service', changeType: 'feature', risk: 'low' }
const hour = () => new Date(Date.now() + 3_600_000).toISOString()

const SHIPPERS: Role[] = ['engineer', 'slo_owner', 'product_owner', 'administrator']
const DECIDERS: Role[] = ['slo_owner', 'product_owner', 'administrator']

/** [what is done, where, with what, who may, what they hear] */
const TRANSITIONS: [string, string, object, Role[], number][] = [
  ['ask', '/api/v1/release-requests', { ...what, version: '1' }, SHIPPERS, 400],
  ['ask the gate', '/api/v1/gate', what, SHIPPERS, 400],
  ['ask again', request('ask'), { revision: 1 }, SHIPPERS, 404],
  ['approve', request('decision'), { revision: 1, verdict: 'approve' }, DECIDERS, 404],
  ['refuse', request('decision'), { revision: 1, verdict: 'refuse', note: 'No.' }, DECIDERS, 404],
  ['take back', request('retraction'), noted, DECIDERS, 404],
  ['withdraw', request('withdrawal'), noted, SHIPPERS, 404],
  ['mark as released', request('release'), { revision: 1 }, SHIPPERS, 404],
  ['tick a condition', request('conditions'), { condition: 1, done: true }, SHIPPERS, 404],
  [
    'ask for a waiver',
    '/api/v1/waivers',
    { service: 'no-such-service', reason: 'Because it has to.', until: hour(), budgetLimit: 0.01 },
    [],
    403,
  ],
  ['sign', waiver('signature'), { revision: 1, verdict: 'grant' }, DECIDERS, 404],
  ['refuse a waiver', waiver('signature'), { revision: 1, verdict: 'refuse' }, DECIDERS, 404],
  ['withdraw a waiver', waiver('withdrawal'), noted, SHIPPERS, 404],
  ['revoke', waiver('revocation'), noted, DECIDERS, 404],
  ['mark as reviewed', waiver('review'), { revision: 1 }, DECIDERS, 404],
]

const post = async (context: APIRequestContext, role: Role, path: string, data: object) =>
  (await context.post(path, { data, headers: { authorization: `Bearer ${await tokenFor(role)}` } })).status()

test.describe('who may do what', () => {
  test.use({ storageState: { cookies: [], origins: [] } })
  test.describe.configure({ timeout: 120_000 })

  for (const role of ROLES)
    test(`the ${role}`, async ({ request: context }) => {
      for (const [name, path, body, may, heard] of TRANSITIONS)
        expect([name, await post(context, role, path, body)]).toEqual([name, may.includes(role) ? heard : 403])
      const draft = { ...what, version: '1', revision: 1 }
      const put = await context.put(`/api/v1/release-requests/${NOT_THERE}`, {
        ...{ data: { ...draft, service: 'checkout-api' } },
        headers: { authorization: `Bearer ${await tokenFor(role)}` },
      })
      expect(put.status()).toBe(SHIPPERS.includes(role) ? 404 : 403)
      for (const path of ['/api/v1/release-requests', '/api/v1/waivers']) {
        const read = await context.get(path, { headers: { authorization: `Bearer ${await tokenFor(role)}` } })
        expect(read.status()).toBe(200)
      }
    })

  test('nobody without a token', async ({ request: context }) => {
    for (const [name, path, body] of TRANSITIONS)
      expect([name, (await context.post(path, { data: body })).status()]).toEqual([name, 401])
  })
  test('a key that is used for another question is refused with 422', async ({ request: context }) => {
    const ask = async (risk: string) =>
      context.post('/api/v1/gate', {
        data: { service: 'checkout-api', changeType: 'feature', risk },
        headers: { authorization: `Bearer ${await tokenFor('engineer')}`, 'idempotency-key': 'browser tests' },
      })
    const first = await ask('low')
    expect(first.status(), await first.text()).toBe(200)
    expect((await ask('low')).headers()['idempotency-replayed']).toBe('true')
    const other = await ask('high')
    expect([other.status(), other.headers()['content-type']]).toEqual([422, 'application/problem+json'])
  })
})
