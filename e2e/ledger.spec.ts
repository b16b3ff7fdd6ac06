import { addressOf, expect, itFits, signIn, test } from './fixtures'

const SLO = 'Quotes given'

test('what nobody answers for becomes an incident, and a line of the ledger', async ({ page }) => {
  const path = await addressOf(page, SLO)
  await page.goto(path)
  const panel = page.getByRole('region', { name: 'Where the budget went' })
  await expect(panel.getByRole('row').filter({ hasText: 'INC-' }).first()).toBeVisible()
  await panel.getByRole('link', { name: 'Ledger' }).click()
  const open = page.getByRole('region', { name: 'Nobody answers for these' })
  await expect(open.getByRole('button', { name: 'Claim' }).first()).toBeVisible()

  const causes = page.getByRole('region', { name: 'Where the budget went' })
  const lines = causes.getByRole('row')
  // The lines add up to the sum under them, to the tenth.
  const tenths = async (row: ReturnType<typeof lines.nth>) =>
    Math.round(10 * Number(((await row.locator('td').nth(1).textContent()) ?? '').replace('−', '-').replace(/[^\d.-]/g, '')))
  const body = causes.locator('tbody').getByRole('row')
  const shown = await Promise.all((await body.all()).map(tenths))
  expect(shown.reduce((a, b) => a + b, 0)).toBe(await tenths(causes.locator('tfoot').getByRole('row')))

  const before = await open.getByRole('listitem').count()
  await open.getByRole('button', { name: 'Claim' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Who spent this?' })
  await dialog.getByRole('link', { name: 'Open a new incident' }).click()
  await expect(page.getByLabel('Ended (UTC)')).not.toHaveValue('')
  await page.getByLabel('Title').fill('The carrier was away before')
  await page.getByRole('button', { name: 'Open the incident' }).click()
  await expect(page.locator('.d-name')).toContainText('Mitigated')
  const name = `INC-${new URL(page.url()).pathname.split('/').at(-1)}`

  await page.goto(`${path}/ledger?period=window&by=week`)
  await expect(body.filter({ hasText: name })).toHaveCount(1)
  await expect(open.getByRole('listitem')).toHaveCount(before - 1)
  await expect(page.getByRole('link', { name: 'by week' })).toHaveAttribute('aria-current', 'true')
})

test('a viewer reads the ledger, and claims nothing', async ({ browser }) => {
  const page = await browser.newPage({ storageState: { cookies: [], origins: [] } })
  await signIn(page, 'viewer')
  await page.goto(`${await addressOf(page, SLO)}/ledger`)
  await expect(page.getByRole('region', { name: 'Where the budget went' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Claim' })).toHaveCount(0)
  await page.close()
})

itFits('the ledger', async (page) => {
  await page.goto(`${await addressOf(page, SLO)}/ledger`)
})
itFits('the ledgers of a service', (page) => page.goto('/services/checkout-api/ledger'))
