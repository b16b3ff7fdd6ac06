import type { Browser, Page } from '@playwright/test'
import { expect, expectAccessible, itFits, type Person, pressKey, signIn, test } from './fixtures'

/** Its “Pages within 1 s” is at warning for weeks: a release of four days ago made pages slow. */
const WARNING = 'storefront-web'
const own = () => `9.${test.info().workerIndex}.${Date.now() % 1_000_000}-${test.info().retry}`

async function as(browser: Browser, person: Person): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const page = await context.newPage()
  await signIn(page, person)
  return page
}

type Asked = { id: number; revision: number }

/** A request that waits for the product owner: no SLO of the search gates, so a person decides. */
async function askFor(page: Page, over: Record<string, unknown> = {}): Promise<Asked> {
  const data = { service: 'search-api', version: own(), changeType: 'feature', risk: 'low', ...over }
  const answer = await page.request.post('/api/v1/release-requests', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()) as Asked
}

test('a risky release in warning goes from a refusal over a waiver and approvals to what it cost', async ({ page, browser }) => {
  // What it cost is measured by the next pass in the background, every five minutes.
  test.setTimeout(600_000)
  const version = own()
  await page.goto(`/releases/new?service=${WARNING}`)
  await page.getByLabel('Version').fill(version)
  await page.getByLabel('What changes').fill('A new gallery, for everyone at once.')
  for (const question of await page.getByRole('group', { name: /\?$/ }).all())
    await question.getByText('yes', { exact: true }).click()
  await expect(page.getByText(/^High risk\. 7 of 7 points/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'It would be blocked' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Ask for the release' }).click()
  await expect(page.getByRole('heading', { name: 'Blocked: only a waiver opens it' })).toBeVisible()
  await expect(page.getByText('matrix[warning][high] = block')).toBeVisible()
  const address = new URL(page.url()).pathname

  const product = await as(browser, 'productOwner')
  await product.goto(address)
  await product.getByRole('button', { name: 'Refuse' }).click()
  await expect(product.getByText('Say why it is refused.')).toBeVisible()
  await product.getByLabel('Reason').fill('Show the load test first.')
  await product.getByRole('button', { name: 'Refuse' }).click()
  await expect(product.getByRole('heading', { name: 'Refused by Pablo Reyes' })).toBeVisible()

  await page.reload()
  await expect(page.getByText('Show the load test first.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByRole('button', { name: 'Ask for a waiver' }).first().click()
  await page.getByLabel('Why').fill('The sale begins tomorrow, and the load test is green now.')
  await page.getByRole('button', { name: 'Ask for the waiver' }).click()
  const waiver = page.getByRole('region', { name: 'Waivers' })
  await expect(waiver).toContainText('2 of 2 signatures missing')
  const link = waiver.getByRole('link', { name: /^W-/ }).first()

  const objective = await as(browser, 'sloOwner')
  for (const signer of [product, objective]) {
    await signer.goto((await link.getAttribute('href')) ?? '')
    await signer.getByRole('button', { name: 'Sign' }).click()
    await signer.getByRole('dialog').getByRole('button', { name: 'Sign it' }).click()
    await expect(signer.getByRole('dialog')).toBeHidden()
  }
  await expect(objective.getByRole('heading', { name: /^In force until/ })).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name: 'Ask again' }).click()
  await expect(page.getByRole('heading', { name: 'Review: waits for the product owner and SLO owner' })).toBeVisible()

  await product.goto(address)
  await expect(product.getByRole('heading', { name: 'Review: your decision is needed' })).toBeVisible()
  await product.getByRole('checkbox', { name: 'Rolls back by itself' }).uncheck()
  await product.getByRole('button', { name: 'Approve with 1 condition', exact: true }).click()
  await expect(product.getByText('Missing: the word of the SLO owner.')).toBeVisible()
  await objective.goto(address)
  await objective.getByRole('button', { name: 'Approve as is' }).click()
  await expect(objective.getByRole('heading', { name: /^Approved until/ })).toBeVisible()

  await page.reload()
  await page.getByRole('checkbox', { name: 'Canary 10 % for at least 30 min' }).check()
  await expect(page.getByText('1 of 1 kept')).toBeVisible()
  await page.getByRole('button', { name: 'Mark as released' }).click()
  // A pipeline told nobody for a day: so its day can be measured at once.
  const yesterday = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 16)
  await page.getByLabel('At (UTC)').fill(yesterday)
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as released' }).click()
  await expect(page.getByRole('heading', { name: /^Went out/ })).toBeVisible()
  await expect
    .poll(
      async () => {
        await page.reload()
        return page.locator('#verdict').textContent()
      },
      { timeout: 420_000, intervals: [15_000] },
    )
    .toMatch(/^Went out and cost (nothing|[\d.]+ % of a budget)$/)
  await expect(page.getByRole('table', { name: 'Cost of this release per SLO' })).toContainText('Pages within 1 s')
  await expectAccessible(page)
})

test('a product owner goes through what waits by keys', async ({ page, browser }) => {
  const { id } = await askFor(page)
  const product = await as(browser, 'productOwner')
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
  const product = await as(browser, 'productOwner')
  const mine = await askFor(product)
  await product.setViewportSize({ width: 390, height: 844 })
  await product.goto(`/releases/${mine.id}`)
  await expect(product.getByRole('heading', { name: 'Review: waits for the product owner' })).toBeVisible()
  await expect(product.getByRole('button', { name: /^Approve/ })).toHaveCount(0)
  const refused = await product.request.post(`/api/v1/release-requests/${mine.id}/decision`, {
    data: { revision: mine.revision, verdict: 'approve' },
  })
  expect(refused.status()).toBe(403)

  const administrator = await as(browser, 'administrator')
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
