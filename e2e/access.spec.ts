import { addressOf, expect, PEOPLE, type Person, signIn, signInByHand, test } from './fixtures'

test.describe('signed out', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  for (const path of ['/', '/services', '/services/checkout-api', '/slos/1?range=7d'])
    test(`${path} leads to the sign-in page and back`, async ({ page }) => {
      await page.goto(path)
      await expect(page).toHaveURL(`/sign-in?from=${encodeURIComponent(path)}`)
      await page.getByRole('button', { name: new RegExp(PEOPLE.viewer) }).click()
      await expect(page).toHaveURL(path)
    })

  for (const path of [
    '/api/slos/overview',
    '/api/slos/1/detail',
    '/api/slos/1/history',
    '/api/v1/slos',
    '/api/v1/services',
    '/api/v1/slos/1/status',
  ])
    test(`${path} is refused`, async ({ request }) => {
      const response = await request.get(path)
      expect(response.status()).toBe(401)
      expect(response.headers()['content-type']).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 401, detail: expect.stringContaining('.') })
    })

  for (const person of Object.keys(PEOPLE) as Person[])
    test(`the ${person} of the demo comes in with one click`, async ({ page }) => {
      await signInByHand(page, person)
      await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
      await expect(page.getByRole('button', { name: new RegExp(PEOPLE[person]) })).toBeVisible()
    })

  test('a wrong password gets a sentence, and after five the address is closed for a while', async ({ page }) => {
    await page.goto('/sign-in')
    const attempt = async () => {
      await page.getByLabel('E-mail').fill('nobody@demo.headroom.example')
      await page.getByLabel('Password').fill('not the password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
    }
    for (let i = 0; i < 5; i += 1) {
      await attempt()
      await expect(page.getByRole('alert').filter({ hasText: 'do not fit together' })).toBeVisible()
    }
    await attempt()
    await expect(page.getByRole('alert').filter({ hasText: 'Wait 15 minutes' })).toBeVisible()
  })

  test('signing out ends the session even for who kept the cookie', async ({ page, context, browser }) => {
    await signInByHand(page, 'viewer')
    const kept = await context.storageState()
    await page.getByRole('button', { name: new RegExp(PEOPLE.viewer) }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL('/sign-in')
    const thief = await browser.newContext({ storageState: kept, baseURL: process.env.E2E_BASE_URL })
    expect((await thief.request.get('/api/slos/overview')).status()).toBe(401)
    await thief.close()
  })

  test('an address of somewhere else is not followed after signing in', async ({ page }) => {
    await page.goto('/sign-in?from=//evil.example/x')
    await page.getByRole('button', { name: new RegExp(PEOPLE.viewer) }).click()
    await expect(page).toHaveURL('/')
  })

  test('viewers read, and are told why they cannot ask the source', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto(await addressOf(page, 'Payments within 1 s'))
    for (const name of ['Refresh now', 'Verify against Prometheus']) {
      const button = page.getByRole('button', { name })
      await expect(button).toBeDisabled()
      await expect(button).toHaveAttribute('title', /Viewers cannot/)
    }
  })
})

test('every answer carries the headers that protect it', async ({ request }) => {
  const headers = (await request.get('/')).headers()
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[0-9a-f]+' 'strict-dynamic'/)
  expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['x-powered-by']).toBeUndefined()
})
