import { headroom, tokenFor } from './command-line'
import { expect, expectAccessible, itFits, test } from './fixtures'

test('a release is reported by a pipeline, once, and stands on the page', async ({ page, request }) => {
  const version = `9.${test.info().workerIndex}.${Date.now() % 1_000_000}`
  const at = new Date(Date.now() - 20 * 60_000).toISOString()
  const headers = { authorization: `Bearer ${await tokenFor('engineer')}` }
  const data = { service: 'checkout-api', version, at, link: 'https://ci.example.org/7', description: 'A new cache.' }
  const first = await request.post('/api/v1/releases', { headers, data })
  const second = await request.post('/api/v1/releases', { headers, data })
  expect([first.status(), second.status()]).toEqual([201, 200])
  expect(await second.json()).toEqual({ ...(await first.json()), known: true })
  expect(headroom('release', '--service', 'checkout-api', '--version', version, '--at', at)).toContain('was known already')
  const { detail } = await (
    await request.post('/api/v1/releases', { headers, data: { ...data, service: 'checkout-apo' } })
  ).json()
  expect(detail).toContain('There is no service “checkout-apo”. Did you mean checkout-api')
  const viewer = { authorization: `Bearer ${await tokenFor('viewer')}` }
  expect((await request.post('/api/v1/releases', { headers: viewer, data })).status()).toBe(403)

  await page.goto('/releases?service=checkout-api')
  const row = page.getByRole('row').filter({ hasText: version })
  await expect(row).toContainText('A new cache.')
  await expect(row.getByRole('link', { name: 'ci.example.org' })).toHaveAttribute('href', data.link)
  await expect(row).toContainText(/\d\.\d\d×/)
  await expectAccessible(page)

  const { id } = (await first.json()) as { id: number }
  expect((await request.delete(`/api/v1/releases/${id}`, { headers })).status()).toBe(400)
  expect((await request.delete(`/api/v1/releases/${id}?reason=Trial`, { headers })).status()).toBe(200)
  expect((await request.get(`/api/v1/releases/${id}`, { headers })).status()).toBe(404)
})

itFits('/releases', (page) => page.goto('/releases'))
