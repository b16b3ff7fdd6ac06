import { addressOf, expect, expectAccessible, signIn, test } from './fixtures'

// What a page shows when it has no answer yet, a late one, or one it cannot use.

type Wire = { asOf: number; version: string; columns: Record<string, unknown[]> }

test('a poller that is late is said, with the instant of what is shown', async ({ page }) => {
  await page.route('**/api/slos/overview', async (route) => {
    const table = (await (await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } })).json()) as Wire
    await route.fulfill({ json: { ...table, asOf: table.asOf - 900, version: 'late' } })
  })
  await page.goto('/')
  await expect(
    page.getByText(/Nothing was evaluated for 1\d min: the poller is late or stopped\. What you see held at/),
  ).toBeVisible()
  await expectAccessible(page)
})

test('a first fill shows how far it is', async ({ page }) => {
  const address = await addressOf(page, 'Cart within 300 ms')
  await page.route(`**/api${address}/detail`, async (route) => {
    const detail = (await (await route.fetch()).json()) as { backfill: object }
    const backfill = { state: 'running', from: 1_000_000, to: 2_000_000, cursor: 1_430_000, error: null }
    await route.fulfill({ json: { ...detail, backfill } })
  })
  await page.clock.install()
  await page.goto(address)
  // The page listens, and has its answer: the next one comes 15 s later by its clock.
  await expect(page.locator('html[data-keys]')).toBeAttached()
  await page.clock.fastForward(15_000)
  await expect(page.getByText('History is being read from the source: 43 %')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByRole('progressbar', { name: 'History read' })).toHaveAttribute('value', '0.43')
  await expectAccessible(page)
})

test('a page that cannot be made says so, keeps the frame, and offers another try', async ({ page, complaints }) => {
  await page.route('**/api/slos/overview', async (route) => {
    const table = (await (await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } })).json()) as Wire
    // An answer that no version of the portal gives.
    table.columns.outlook = table.columns.id?.map(() => ({ kind: 'ends' })) ?? []
    table.columns.name = []
    table.columns.window = []
    table.columns.labels = table.columns.labels?.map(() => 7) ?? []
    await route.fulfill({ json: { ...table, version: 'broken' } })
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'This page could not be made' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Services' }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectAccessible(page)
  expect(complaints.length).toBeGreaterThan(0)
  complaints.length = 0
  await page.unroute('**/api/slos/overview')
  await page.reload()
  await expect(page.locator('.o-row').first()).toBeVisible()
  complaints.length = 0
})

test('a menu of hundreds of values finds each of them', async ({ page }) => {
  await page.route('**/api/slos/overview', async (route) => {
    const table = (await (await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } })).json()) as Wire
    for (const [name, column] of Object.entries(table.columns))
      table.columns[name] = Array.from({ length: 300 }, (_, i) =>
        name === 'id' ? i + 1 : name === 'team' ? `Team ${i + 1}` : column[i % column.length],
      )
    await route.fulfill({ json: { ...table, version: 'teams' } })
  })
  await page.goto('/')
  await expect(page.getByText('300 of 300 SLOs')).toBeVisible()
  await page.getByRole('button', { name: 'Team', exact: true }).first().click()
  await expect(page.getByRole('checkbox')).toHaveCount(100)
  await expect(page.getByText('200 more: type to find them.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('searchbox', { name: 'Find a value of Team' }).fill('team 287')
  await page.getByRole('checkbox', { name: /Team 287/ }).click()
  await expect(page).toHaveURL(/owner=Team\+?(%20)?287/)
  await page.keyboard.press('Escape')
  await expect(page.locator('.o-row')).toHaveCount(1)
})

test.describe('signed out', () => {
  test.use({ storageState: { cookies: [], origins: [] } })
  test('the page of the first administrator without a token is accessible and says what is missing', async ({ page }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto('/setup')
      await expect(page.getByText('Open the address that Headroom printed')).toBeVisible()
      await expectAccessible(page)
    }
  })

  test('nothing, and nothing that matches, are accessible', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto('/?q=zzz')
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
    await expectAccessible(page)
    await page.goto('/nothing-here')
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    await expectAccessible(page)
    await page.goto('/slos/new')
    await expect(page.getByRole('heading', { name: 'Not yours to change' })).toBeVisible()
    await expectAccessible(page)
  })
})

for (const person of ['productOwner', 'administrator', 'sloOwner'] as const)
  test(`the ${person} refreshes and verifies`, async ({ browser }) => {
    const context = await browser.newContext({
      storageState: { cookies: [], origins: [] },
      baseURL: process.env.E2E_BASE_URL ?? 'http://localhost:3000',
    })
    const page = await context.newPage()
    await signIn(page, person)
    await page.goto(await addressOf(page, 'Full answers'))
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await expect(page.getByText(/Evaluated to \d\d:\d\d:00/)).toBeVisible()
    await page.getByRole('button', { name: 'Verify against Prometheus' }).click()
    const dialog = page.getByRole('dialog', { name: 'Verify against Prometheus' })
    await expect(dialog.getByRole('row', { name: /^total/ })).toBeVisible({ timeout: 60_000 })
    await context.close()
  })
