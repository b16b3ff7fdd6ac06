import { expect, expectAccessible, itFits, pressKey, test } from './fixtures'

const STATES = ['exhausted', 'critical', 'warning', 'attention', 'healthy', 'no data', 'not enough data']
const strip = 'All SLOs by state'

test('the demo shows every state on the first screen', async ({ page }) => {
  await page.goto('/')
  for (const state of STATES) {
    const count = page.getByRole('region', { name: strip }).getByRole('button', { name: new RegExp(`^[1-9]\\d* ?${state}$`) })
    await expect(count).toBeVisible()
    await expect(page.locator('.o-row .state').getByText(state, { exact: true }).first()).toBeAttached()
  }
  await expect(page.getByRole('rowheader', { name: /Needs eyes first/ })).toBeVisible()
  await expect(page.getByText(/[1-9]\d* pages?/).first()).toBeVisible()
})

test('a lost source freezes its SLO and says since when', async ({ page }) => {
  await page.goto('/?q=scans')
  await expect(page.locator('.o-row').getByText('frozen since')).toBeVisible({ timeout: 200_000 })
  test.info().annotations.push({ type: 'why so long', description: 'two failed ticks, a minute apart' })
})
test.describe.configure({ timeout: 240_000 })

test('a state filters, and the address keeps it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /critical/ }).click()
  await expect(page).toHaveURL(/state=critical/)
  const states = page.locator('.o-row .state')
  await expect(states.first()).toHaveText('critical')
  await expect(page.locator('.o-row')).toHaveCount(await states.getByText('critical', { exact: true }).count())
  await page.reload()
  await expect(page.getByRole('button', { name: /critical/ })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page).not.toHaveURL(/state=/)
})

test('tier, team and label menus filter with counts', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Tier' }).click()
  await page.getByRole('menuitemcheckbox', { name: /critical/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Team', exact: true }).first().click()
  await page.getByRole('menuitemcheckbox', { name: /Payments/ }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/tier=critical/)
  await expect(page).toHaveURL(/owner=Payments/)
  await expect(page.locator('.o-row')).toHaveCount(5)
  await page.getByRole('button', { name: 'Label' }).click()
  await page.getByRole('menuitemcheckbox', { name: /product=shop/ }).click()
  await expect(page.locator('.o-row')).toHaveCount(3)
})

test('searching finds services, SLOs, teams and labels; nothing found offers the way back', async ({ page }) => {
  await Promise.all([page.waitForResponse('**/api/slos/overview'), page.goto('/')])
  await pressKey(page, '/')
  await page.keyboard.type('checkout placed')
  await expect(page.locator('.o-row')).toHaveCount(1)
  await page.getByRole('searchbox').fill('zzz')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page.locator('.o-row').nth(10)).toBeVisible()
})

test('every title sorts, both ways, and unknown stays last', async ({ page }) => {
  await page.goto('/')
  const figures = async () =>
    (await page.locator('.o-row .c-remaining').allTextContents())
      .map((text) => Number.parseFloat(text.replace('−', '-')))
      .filter((n) => !Number.isNaN(n))
  await page.getByRole('button', { name: /Budget left/ }).click()
  await expect(page).toHaveURL(/sort=remaining/)
  await expect(page.getByRole('columnheader', { name: /Budget left signed/ })).toHaveAttribute('aria-sort', 'ascending')
  // The rows follow the title a moment later: typing and clicking come first.
  await expect(async () => {
    const up = await figures()
    expect(up.length).toBeGreaterThan(10)
    expect(up).toEqual([...up].sort((a, b) => a - b))
  }).toPass({ timeout: 10_000 })
  await page.getByRole('button', { name: /Budget left/ }).click()
  await expect(page.getByRole('columnheader', { name: /Budget left signed/ })).toHaveAttribute('aria-sort', 'descending')
  await expect(async () => {
    const down = await figures()
    expect(down.length).toBeGreaterThan(10)
    expect(down).toEqual([...down].sort((a, b) => b - a))
  }).toPass({ timeout: 10_000 })
})

test('groups by service and team', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Service' }).click()
  await expect(page).toHaveURL(/group=service/)
  await expect(page.getByRole('rowheader', { name: /^Payment gateway 2/ })).toBeVisible()
})

test('the keyboard walks over rows and opens one', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('.o-row').first()).toBeVisible()
  await page.waitForResponse('**/api/slos/overview')
  await pressKey(page, 'j')
  await pressKey(page, 'j')
  const link = page.locator('.o-row').nth(1).locator('.o-link')
  await expect(link).toBeFocused()
  const address = await link.getAttribute('href')
  await page.keyboard.press('k')
  await expect(page.locator('.o-row').first().locator('.o-link')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${address}$`))
})

test('? shows the keys of every page, g and a letter lead to a place, and single keys can be switched off', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'all keys' }).click()
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await pressKey(page, 'g')
  await page.keyboard.press('j')
  await expect(page).toHaveURL('/journeys')
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: /Single keys are on/ }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.goto('/')
  await page.getByRole('button', { name: 'all keys' }).click()
  await page.getByRole('checkbox', { name: /Single keys are on/ }).check()
  await page.keyboard.press('Escape')
  await pressKey(page, '/')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

test('the server paints at most 50 rows, and an unchanged table is not sent twice', async ({ page, request }) => {
  const html = await (await request.get('/')).text()
  const rows = html.match(/class="o-row/g)?.length ?? 0
  expect(rows).toBeGreaterThan(10)
  expect(rows).toBeLessThanOrEqual(50)
  const first = await request.get('/api/slos/overview')
  const tag = first.headers().etag ?? ''
  const second = await request.get('/api/slos/overview', { headers: { 'if-none-match': tag } })
  // A minute may end between the two: then the table is another one, with another tag.
  if (second.status() === 200) expect(second.headers().etag).not.toBe(tag)
  else expect(second.status()).toBe(304)
  await page.goto('/')
})

/** A page asks again every 15 s; by its own clock nobody waits for that. */
const NEXT_QUESTION = 15_000

test('when the portal does not answer, what was known stays, and says so', async ({ page }) => {
  await page.clock.install()
  await page.goto('/')
  await page.waitForResponse('**/api/slos/overview')
  const known = (await page.locator('.o-row .o-link').first().textContent()) ?? ''
  await page.route('**/api/slos/overview', (route) => route.abort())
  await page.clock.fastForward(NEXT_QUESTION)
  await expect(page.getByText('The portal does not answer')).toBeVisible({ timeout: 45_000 })
  await expect(page.locator('.o-row .o-link').first()).toHaveText(known)
  await page.unroute('**/api/slos/overview')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('The portal does not answer')).toBeHidden()
})

test('who is signed out elsewhere is told so', async ({ page }) => {
  await page.clock.install()
  await page.goto('/')
  await page.waitForResponse('**/api/slos/overview')
  await page.context().clearCookies()
  await page.clock.fastForward(NEXT_QUESTION)
  await expect(page.getByText('You are signed out')).toBeVisible({ timeout: 45_000 })
})

test('ten thousand rows: only those in view exist, and they scroll, filter and sort', async ({ page }) => {
  // The demo has dozens of SLOs; the browser's part is tried with the same answer, two hundred times over.
  await page.route('**/api/slos/overview', async (route) => {
    const answer = await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } })
    const table = (await answer.json()) as { version: string; columns: Record<string, unknown[]> }
    const times = Math.ceil(10_000 / (table.columns.id?.length ?? 1))
    for (const [name, column] of Object.entries(table.columns))
      table.columns[name] = Array.from({ length: times }, (_, copy) =>
        column.map((value) => (name === 'id' ? Number(value) + copy * 1_000 : value)),
      ).flat()
    await route.fulfill({ json: { ...table, version: `${table.version}-many` } })
  })
  await page.goto('/')
  await expect(page.getByText(/of 10\d{3} SLOs/)).toBeVisible()
  expect(await page.locator('.o-row').count()).toBeLessThan(100)
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2))
  await expect(page.locator('.o-row[data-index="5000"], .o-row[data-index="5010"]').first()).toBeAttached()
  expect(await page.locator('.o-row').count()).toBeLessThan(100)
  await page.getByRole('searchbox').fill('payments accepted')
  await expect(page.getByText(/^2\d\d of 10\d{3} SLOs/)).toBeVisible()
})

itFits('the overview', async (page) => {
  await page.goto('/')
  await expect(page.locator('.o-row').first()).toBeVisible()
})
