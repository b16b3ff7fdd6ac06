import type { Page } from '@playwright/test'
import { expect, itFits, ownVersion, pressKey, signedInAs, test } from './fixtures'

type Asked = { id: number; revision: number }

/** A request that waits for the product owner: no SLO of the search gates, so a person decides. */
async function askFor(page: Page, over: Record<string, unknown> = {}): Promise<Asked> {
  const data = { service: 'search-api', version: ownVersion(), changeType: 'feature', risk: 'low', ...over }
  const answer = await page.request.post('/api/v1/release-requests', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()) as Asked
}

test('a product owner goes through what waits by keys', async ({ page, browser }) => {
  const { id } = await askFor(page)
  const product = await signedInAs(browser, 'productOwner')
  await product.goto('/releases?view=yours')
  const row = product.getByRole('row').filter({ hasText: `R-${id},` })
  await expect(row).toContainText('your word')
  await pressKey(product, 'j')
  await expect(product.locator('a[data-row]:focus')).toHaveCount(1)
  await row.getByRole('link').focus()
  await product.keyboard.press('Enter')
  await expect(product.getByRole('heading', { name: 'Review: your decision is needed' })).toBeVisible()
  await pressKey(product, 'r')
  await expect(product.getByText('Say why it is refused.')).toBeVisible()
  await product.getByRole('heading', { name: 'Rules' }).click()
  await pressKey(product, 'c')
  await expect(product.getByRole('checkbox', { name: 'A canary first' })).toBeFocused()
  await product.keyboard.press('Tab')
  await product.getByRole('heading', { name: 'Rules' }).click()
  await product.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await pressKey(product, 'a')
  await expect(product.getByRole('heading', { name: /^Approved until/ })).toBeVisible()
  await product.getByRole('button', { name: 'Take my approval back' }).click()
  await expect(product.getByRole('heading', { name: 'Review: your decision is needed' })).toBeVisible()
})

test('a decision is made on a phone, by somebody else than who asked, on what stands there now', async ({ browser }) => {
  const product = await signedInAs(browser, 'productOwner')
  const mine = await askFor(product)
  await product.setViewportSize({ width: 390, height: 844 })
  await product.goto(`/releases/${mine.id}`)
  await expect(product.getByRole('heading', { name: 'Review: waits for the product owner' })).toBeVisible()
  await expect(product.getByRole('button', { name: /^Approve/ })).toHaveCount(0)
  const refused = await product.request.post(`/api/v1/release-requests/${mine.id}/decision`, {
    data: { revision: mine.revision, verdict: 'approve' },
  })
  expect(refused.status()).toBe(403)

  const administrator = await signedInAs(browser, 'administrator')
  const { id, revision } = await askFor(administrator)
  await product.goto(`/releases/${id}`)
  await expect(product.getByRole('button', { name: 'Approve, 2 conditions' })).toBeVisible()
  const other = await administrator.request.post(`/api/v1/release-requests/${id}/ask`, { data: { revision } })
  expect(other.status(), await other.text()).toBe(200)
  await product.getByRole('button', { name: 'Approve, 2 conditions' }).click()
  await expect(product.getByText(/Somebody changed this request meanwhile/)).toBeVisible()
  await product.getByRole('button', { name: 'Read it again' }).click()
  await expect(product.getByText(/Somebody changed/)).toBeHidden()
  await product.getByRole('button', { name: 'Approve, 2 conditions' }).click()
  await expect(product.getByRole('heading', { name: /^Approved until/ })).toBeVisible()
})

itFits('/releases', (page) => page.goto('/releases'))
itFits('/releases/new', (page) => page.goto('/releases/new?service=checkout-api'))
itFits('a release request', async (page) => {
  await page.goto('/releases')
  await page.getByRole('link', { name: 'Shipping quotes 2.31.1' }).click()
  await expect(page.getByRole('heading', { name: 'Rules' })).toBeVisible()
})
itFits('/waivers', (page) => page.goto('/waivers'))
itFits('a waiver', async (page) => {
  await page.goto('/waivers')
  await page.locator('a[data-row]').first().click()
  await expect(page.getByRole('heading', { name: 'Signatures' })).toBeVisible()
})
