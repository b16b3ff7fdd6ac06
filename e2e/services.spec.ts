import { expect, itFits, signInByHand, test } from './fixtures'

test('services stand by tier, with their SLOs by state', async ({ page }) => {
  await page.goto('/services')
  for (const tier of ['Critical tier', 'Essential tier', 'Standard tier', 'Best effort tier'])
    await expect(page.getByRole('rowheader', { name: new RegExp(`^${tier}`) })).toBeVisible()
  expect(await page.locator('.s-table tbody tr:not(.o-group)').count()).toBeGreaterThanOrEqual(12)
  await page.getByRole('link', { name: 'Checkout' }).click()
  await expect(page).toHaveURL('/services/checkout-api')
  await expect(page.locator('.o-row')).toHaveCount(3)
  await page.getByRole('link', { name: 'Orders placed' }).click()
  await expect(page.getByRole('heading', { name: 'Checkout Orders placed' })).toBeVisible()
})

test('a label leads to the overview, filtered', async ({ page }) => {
  await page.goto('/services')
  await page.getByRole('link', { name: 'product=finance' }).first().click()
  await expect(page).toHaveURL(/label=product/)
  await expect(page.locator('.o-row')).toHaveCount(2)
})

for (const path of ['/services', '/services/checkout-api']) itFits(path, (page) => page.goto(path))

test.describe('sign-in', () => {
  test.use({ storageState: { cookies: [], origins: [] } })
  itFits('/sign-in', (page) => page.goto('/sign-in'))

  test('a chosen theme holds from page to page and never flashes', async ({ page }) => {
    await signInByHand(page, 'viewer')
    await page.getByRole('button', { name: /^Theme/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await page.goto('/services', { waitUntil: 'commit' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  })
})
