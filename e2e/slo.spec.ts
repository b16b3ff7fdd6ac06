import { addressOf, expect, expectAccessible, itFits, pressKey, test } from './fixtures'

test('an SLO answers first, then shows the evidence and the arithmetic', async ({ page }) => {
  await page.goto(await addressOf(page, 'Payments accepted'))
  await expect(page).toHaveTitle('Payments accepted, Payment gateway · Headroom')
  await expect(page.locator('.d-sentence')).toContainText('the budget ends')
  await expect(page.locator('.recharts-surface')).toHaveCount(3)
  for (const name of ['14.4 page, 1 h', '6 page, 6 h', '3 ticket, 24 h', '99.95 target'])
    await expect(page.locator('.charts').getByText(name, { exact: true })).toBeVisible()
  const explain = page.getByRole('region', { name: 'Explain' })
  await expect(explain.getByText('good ÷ total events')).toBeVisible()
  await explain.getByText(/is asked for every minute/).click()
  await expect(explain.getByText(/http_requests_total\{service="payment-gateway"/).first()).toBeVisible()
  await expect(page.getByRole('row', { name: /1 h and 5 min page 14.4/ })).toContainText('firing')
})

test('the arithmetic on the screen adds up', async ({ page }) => {
  await page.goto(await addressOf(page, 'Searches within 300 ms'))
  const cell = async (name: string) =>
    page
      .locator('.explain > div', { has: page.getByText(name, { exact: true }) })
      .locator('.explain-result')
      .textContent()
  const number = (text: string | null) => Number((text ?? '').replace('−', '-'))
  const sli = number(await cell('SLI'))
  const consumed = number(await cell('Consumed'))
  expect((1 - sli) / (1 - 0.9)).toBeCloseTo(consumed, 5)
  expect(1 - consumed).toBeCloseTo(number(await cell('Left')), 5)
})

test('time ranges live in the address, and keys choose them', async ({ page }) => {
  const address = await addressOf(page, 'Quotes given')
  await page.goto(address)
  await expect(page.locator('.recharts-surface')).toHaveCount(3)
  await page.getByRole('button', { name: '7 d' }).click()
  await expect(page).toHaveURL(/range=7d/)
  await expect(page.getByRole('heading', { name: 'SLI, per 15 min' })).toBeVisible()
  await pressKey(page, 't')
  await expect(page).not.toHaveURL(/range=7d/)
  await page.goto(`${address}?range=90d`)
  await expect(page.getByRole('heading', { name: 'SLI, per 3 h' })).toBeVisible()
})

test('every series has at most 720 points', async ({ page, request }) => {
  const address = await addressOf(page, 'Quotes given')
  for (const range of ['24h', '7d', '30d', '90d']) {
    const history = (await (await request.get(`/api${address}/history?range=${range}`)).json()) as Record<string, unknown[]>
    expect(history.ts?.length).toBeGreaterThan(500)
    for (const series of ['ts', 'remaining', 'burn1h', 'burn6h', 'burn24h', 'sli'])
      expect(history[series]?.length).toBeLessThanOrEqual(720)
  }
})

test('a gap is a gap', async ({ page, request }) => {
  const address = await addressOf(page, 'Wiki pages within 1 s')
  const history = (await (await request.get(`/api${address}/history?range=30d`)).json()) as {
    gaps: object[]
    sli: (number | null)[]
  }
  expect(history.gaps.length).toBeGreaterThan(0)
  expect(history.sli.some((value) => value === null)).toBe(true)
  await page.goto(address)
  await expect(page.locator('[fill="url(#chart-no-data)"]').first()).toBeAttached()
})

test('verifying sets the portal’s number beside one PromQL query', async ({ page }) => {
  for (const name of ['Searches within 300 ms', 'Recommendations given']) {
    await page.goto(await addressOf(page, name))
    await page.getByRole('button', { name: 'Verify against Prometheus' }).click()
    const dialog = page.getByRole('dialog', { name: 'Verify against Prometheus' })
    const total = dialog.getByRole('row', { name: /^total/ })
    await expect(total).toBeVisible({ timeout: 60_000 })
    const share = /\(([+−])([\d.]+) %\)/.exec((await total.textContent()) ?? '')
    expect(Number(share?.[2])).toBeLessThan(0.2)
    await expect(dialog.locator('pre').first()).toContainText('increase(')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  }
})

test('refreshing evaluates at once', async ({ page }) => {
  await page.goto(await addressOf(page, 'Cart within 300 ms'))
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText(/Evaluated to \d\d:\d\d:00/)).toBeVisible()
})

test('its names lead to an SLO, as files and dashboards know it', async ({ page, request }) => {
  const address = await addressOf(page, 'Payments accepted')
  const { definition } = (await (await request.get(`/api/v1${address}/definition`)).json()) as {
    definition: { service: string; slug: string }
  }
  await page.goto(`/services/${definition.service}/slos/${definition.slug}`)
  await expect(page).toHaveURL(new RegExp(`${address}$`))
})

test('walks to the next SLO with ]', async ({ page }) => {
  const address = await addressOf(page, 'Cart within 300 ms')
  await page.goto(address)
  await expect(page.locator('.recharts-surface')).toHaveCount(3)
  await pressKey(page, '[')
  await expect(page).not.toHaveURL(address)
  await expect(page.locator('.recharts-surface')).toHaveCount(3)
  await pressKey(page, ']')
  await expect(page).toHaveURL(new RegExp(`${address}$`))
})

for (const path of ['/slos/99999999', '/slos/banana', '/services/nowhere', '/services/cart-api/slos/nowhere'])
  test(`${path} is nothing`, async ({ page }) => {
    const response = await page.goto(path)
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  })

itFits('an SLO', async (page) => {
  await page.goto(await addressOf(page, 'Payments accepted'))
  await expect(page.locator('.recharts-surface')).toHaveCount(3)
})
