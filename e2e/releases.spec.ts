import { run } from './command-line'
import { expect, expectAccessible, itFits, test } from './fixtures'

test('a release is reported by a pipeline, once, and stands on the page', async ({ page }) => {
  const version = `9.${test.info().workerIndex}.${Date.now() % 1_000_000}`
  const at = new Date(Date.now() - 20 * 60_000).toISOString()
  const data = { service: 'checkout-api', version, at, link: 'https://ci.example.org/7', description: 'A new cache.' }
  const { request } = page
  const first = await request.post('/api/v1/releases', { data })
  const second = await request.post('/api/v1/releases', { data })
  expect([first.status(), second.status()]).toEqual([201, 200])
  expect(await second.json()).toEqual({ ...(await first.json()), known: true })
  const again = run(['release', '--service', 'checkout-api', '--version', version, '--at', at])
  expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('was known already')])
  const { detail } = await (await request.post('/api/v1/releases', { data: { ...data, service: 'checkout-apo' } })).json()
  expect(detail).toContain('There is no service “checkout-apo”. Did you mean checkout-api')

  await page.goto('/releases/history?service=checkout-api')
  const row = page.getByRole('row').filter({ hasText: version })
  await expect(row).toContainText('A new cache.')
  await expect(row.getByRole('link', { name: 'ci.example.org' })).toHaveAttribute('href', data.link)
  await expect(row).toContainText(/\d\.\d\d×/)
  await expectAccessible(page)

  const { id } = (await first.json()) as { id: number }
  expect((await request.delete(`/api/v1/releases/${id}`)).status()).toBe(400)
  expect((await request.delete(`/api/v1/releases/${id}?reason=Trial`)).status()).toBe(200)
  expect((await request.get(`/api/v1/releases/${id}`)).status()).toBe(404)
})

itFits('/releases/history', (page) => page.goto('/releases/history'))
