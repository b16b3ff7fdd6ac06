import type { Browser, Locator, Page } from '@playwright/test'
import { expect, expectAccessible, itFits, pressKey, signedInAs, signIn, test } from './fixtures'

/** A cycle of one service that nobody else reviews; it comes every day, so the next one may begin right after the first. */
async function ownCycle(page: Page, over: Record<string, unknown> = {}): Promise<{ id: number; name: string }> {
  const name = `Own ${test.info().workerIndex}.${Date.now() % 1_000_000}`
  const from = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16)
  const data = { name, scope: 'service:checkout-api', from, timeZone: 'UTC', rrule: 'FREQ=DAILY', ...over }
  const answer = await page.request.post('/api/v1/review-cycles', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return { name, ...((await answer.json()) as { id: number }) }
}

const textOf = async (what: Locator): Promise<string> => (await what.textContent()) ?? ''
const count = (page: Page) => page.locator('.rv-count')
const stepOf = async (page: Page) => (await textOf(count(page))).split(' of ').map(Number) as [number, number]
/** The next item, for everybody. */
async function goOn(page: Page): Promise<void> {
  const [now, all] = await stepOf(page)
  await pressKey(page, 'ArrowRight')
  await expect(count(page)).toHaveText(`${now + 1} of ${all}`)
}

/** The smallest letters that can be seen, in pixels of the screen. */
const smallest = (page: Page) =>
  page.evaluate(() => {
    const sizes: number[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || !node.textContent?.trim() || element.closest('script, style, option, [class*="sr-only"]')) continue
      const box = element.getBoundingClientRect()
      if (box.width < 2 || box.height < 2) continue
      const svg = element.closest('svg')
      const scale = svg?.viewBox.baseVal.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1
      sizes.push(Number.parseFloat(getComputedStyle(element).fontSize) * scale)
    }
    for (const field of document.querySelectorAll('input, select'))
      sizes.push(Number.parseFloat(getComputedStyle(field).fontSize) || 24)
    return Math.min(...sizes)
  })

async function meetingOf(browser: Browser) {
  const sofia = await signedInAs(browser, 'sloOwner')
  await sofia.setViewportSize({ width: 1920, height: 1080 })
  return { sofia, cycle: await ownCycle(sofia) }
}

test('a whole review by keyboard, followed in two browsers, to its minutes and the next agenda', async ({ page, browser }) => {
  test.slow()
  const { sofia, cycle } = await meetingOf(browser)
  await sofia.goto('/review')
  const row = sofia.getByRole('row').filter({ hasText: cycle.name })
  await expect(row).toContainText('to review')
  const start = row.getByRole('button', { name: 'Start' })
  await expect(start).toBeEnabled()
  await start.focus()
  await sofia.keyboard.press('Enter')
  await sofia.waitForURL(/\/review\/\d+$/)
  const address = new URL(sofia.url()).pathname
  await page.goto(address)
  await expect(count(page)).toHaveText(/^1 of \d+$/)

  // Either moves both, and nobody reloads.
  await goOn(sofia)
  const [, all] = await stepOf(sofia)
  await expect(count(page)).toHaveText(`2 of ${all}`)
  await goOn(page)
  await expect(count(sofia)).toHaveText(`3 of ${all}`)
  await pressKey(sofia, 'p')
  await expect(page.getByText('paused', { exact: true })).toBeVisible()
  await pressKey(page, 'p')
  await expect(sofia.getByText('paused', { exact: true })).toBeHidden()

  // To the first SLO: what it says, how that is calculated, and what is decided about it.
  while (!(await sofia.locator('.rv-left').isVisible())) await pressKey(sofia, 'ArrowLeft')
  await expect(page.locator('.rv-left')).toHaveText(await textOf(sofia.locator('.rv-left')))
  const slo = await textOf(sofia.locator('.rv-name'))
  await expect(sofia.getByText(/^Data to \d\d:\d\d:00/)).toBeVisible()
  expect(await smallest(sofia)).toBeGreaterThanOrEqual(24)
  await pressKey(sofia, 'e')
  await expect(sofia.getByRole('row', { name: /^Left/ })).toContainText('rounded down')
  await pressKey(sofia, 'e')
  await pressKey(sofia, 'd')
  await sofia.keyboard.type('Freeze releases of the checkout')
  await sofia.keyboard.press('Enter')
  await expect(sofia.getByText(/^saved \d\d:\d\d$/).first()).toBeVisible()
  await expect(page.getByText('Freeze releases of the checkout')).toBeVisible()
  await sofia.keyboard.press('Escape')
  await pressKey(sofia, 'a')
  await sofia.keyboard.type(`Move the pool (${cycle.name})`)
  await sofia.keyboard.press('Enter')
  await expect(page.getByText(`Move the pool (${cycle.name})`)).toBeVisible()
  await sofia.keyboard.press('Escape')
  await pressKey(sofia, 'c')
  await pressKey(sofia, '1')
  await expect(sofia.getByRole('checkbox', { name: /Every SLO on the agenda/ })).toBeChecked()
  await pressKey(sofia, 'c')
  await expectAccessible(sofia)

  // What only one looks at is nobody else's.
  await pressKey(page, 'f')
  await expect(page.getByText(/You look around/)).toBeVisible()
  await pressKey(page, 'ArrowRight')
  await expect(sofia.locator('.rv-name')).toHaveText(slo)
  await pressKey(page, 'f')
  await expect(page.locator('.rv-name')).toHaveText(slo)

  for (let [step] = await stepOf(sofia); step < all; step += 1) {
    await goOn(sofia)
    expect(await smallest(sofia)).toBeGreaterThanOrEqual(24)
  }
  await expect(page.getByRole('heading', { name: 'Close' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /Every SLO on the agenda/ })).toBeChecked()
  for (const line of ['2', '3', '4', '5']) await pressKey(sofia, line)
  await expect(page.getByText('Everything on the checklist is done.')).toBeVisible()
  await pressKey(sofia, 'Enter')
  await expect(sofia.getByRole('button', { name: /Close now/ })).toBeVisible()
  await pressKey(sofia, 'Enter')
  await sofia.waitForURL(`${address}/minutes`)
  await page.waitForURL(`${address}/minutes`)

  // The minutes: a page, Markdown, HTML.
  await expect(page.getByRole('heading', { name: new RegExp(`^${cycle.name}, `) })).toBeVisible()
  const service = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Checkout/ }) })
  await expect(service).toContainText(slo)
  await expect(service).toContainText(/error budget of .* remaining/)
  await expect(service.getByText('Freeze releases of the checkout Sofia Marchetti')).toBeVisible()
  await expect(service.getByText(`Move the pool (${cycle.name})`)).toBeVisible()
  const file = async (type: string) =>
    (await page.request.get(`/api/v1/reviews/${address.split('/').at(-1)}/minutes.${type}`)).text()
  const markdown = await file('md')
  expect(markdown).toContain('- Freeze releases of the checkout (Sofia Marchetti)')
  expect(markdown).toMatch(/- \[ \] Move the pool .*; new\)/)
  expect(await file('html')).toContain('Freeze releases of the checkout <span class="quiet">Sofia Marchetti</span>')

  // The next agenda begins with what was left open; it is settled by a digit.
  const next = (await (await sofia.request.post(`/api/v1/review-cycles/${cycle.id}/start`)).json()) as { id: number }
  await sofia.goto(`/review/${next.id}`)
  await expect(sofia.getByRole('heading', { name: 'Open actions', level: 2 })).toBeVisible()
  const action = sofia.getByRole('row').filter({ hasText: `Move the pool (${cycle.name})` })
  await pressKey(sofia, await textOf(action.locator('kbd')))
  await expect(action.getByRole('checkbox')).toBeChecked()
  expect((await sofia.request.post(`/api/v1/reviews/${next.id}/close`)).status()).toBe(200)
  await sofia.waitForURL(`/review/${next.id}/minutes`)
})

test('a stream that breaks is said so, and what happens meanwhile is seen all the same', async ({ page, browser, context }) => {
  const { sofia, cycle } = await meetingOf(browser)
  const { id } = (await (await sofia.request.post(`/api/v1/review-cycles/${cycle.id}/start`)).json()) as { id: number }
  await sofia.goto(`/review/${id}`)
  await page.route('**/events', (route) => route.abort())
  await page.goto(`/review/${id}`)
  await expect(page.getByText('Not connected; asks every 3 s')).toBeVisible()
  await goOn(sofia)
  await expect(count(page)).toHaveText(/^2 of/)
  await page.unroute('**/events')
  await expect(page.getByText(/^Data to/)).toBeVisible()
  await goOn(sofia)
  await expect(count(page)).toHaveText(/^3 of/)

  // Who only looks moves nobody.
  await context.clearCookies()
  await signIn(page, 'viewer')
  await page.goto(`/review/${id}`)
  await expect(count(page)).toHaveText(/^3 of/)
  await expect(page.getByLabel('Decision')).toHaveCount(0)
  await pressKey(page, 'ArrowRight')
  await expect(page.getByText(/You look around/)).toBeVisible()
  await expect(count(sofia)).toHaveText(/^3 of/)
  await sofia.request.post(`/api/v1/reviews/${id}/close`)
  await page.waitForURL(`/review/${id}/minutes`)
})

test('reviews are planned in words, skipped with a reason, and actions kept up to date', async ({ browser }) => {
  const sofia = await signedInAs(browser, 'sloOwner')
  await sofia.goto('/review/new')
  const name = `Planned ${test.info().workerIndex}.${Date.now() % 1_000_000}`
  await sofia.getByLabel('Name').fill(name)
  await sofia.getByRole('button', { name: 'Save the cycle' }).click()
  await expect(sofia.getByText(/^Choose a team or a service, for example/)).toBeVisible()
  await sofia.getByLabel('Of', { exact: true }).selectOption('team:platform')
  await sofia.getByLabel('First on').fill('2026-07-15')
  await sofia.getByLabel('At', { exact: true }).fill('14:30')
  await sofia.getByLabel('Time zone').fill('Europe/Berlin')
  await sofia.getByLabel('Comes again').selectOption('monthly')
  await expect(sofia.getByText('On the third Wednesday of the month at 14:30, Europe/Berlin.')).toBeVisible()
  await sofia.getByRole('button', { name: 'Save the cycle' }).click()
  await sofia.waitForURL('/review')
  const row = sofia.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('overdue')
  await row.getByRole('button', { name: 'Skip' }).click()
  await sofia.getByRole('button', { name: 'Skip it' }).click()
  await expect(sofia.getByText('Say why it is skipped: it stands in the list.')).toBeVisible()
  await sofia.getByLabel('Note').fill('Nobody was here.')
  await sofia.getByRole('button', { name: 'Skip it' }).click()
  await expect(row).toContainText('to review')
  await expect(row).toContainText('Nobody was here.')
  await row.getByRole('link', { name }).click()
  await sofia.getByRole('button', { name: 'Remove this cycle' }).click()
  await sofia.waitForURL('/review')
  await expect(row).toHaveCount(0)
  await sofia.goto('/review/open-actions')
  await expect(sofia.getByRole('row').filter({ hasText: 'Measure how often the fallback index answers' })).toContainText('Search')
})

itFits('/review', (page) => page.goto('/review'))
itFits('/review/open-actions', (page) => page.goto('/review/open-actions'))
itFits('minutes', async (page) => {
  await page.goto('/review')
  await page.getByRole('link', { name: 'Payments weekly' }).last().click()
  await expect(page.getByRole('heading', { name: /^Payments weekly, / })).toBeVisible()
})
itFits('a meeting', async (page) => {
  const { items } = (await (await page.request.get('/api/v1/review-cycles')).json()) as { items: { id: number; name: string }[] }
  const cycle = items.find(({ name }) => name === 'Fulfilment weekly')
  const { id } = (await (await page.request.post(`/api/v1/review-cycles/${cycle?.id}/start`)).json()) as { id: number }
  await page.goto(`/review/${id}`)
  await pressKey(page, 'ArrowRight')
  await expect(count(page)).toHaveText(/of \d+$/)
})
