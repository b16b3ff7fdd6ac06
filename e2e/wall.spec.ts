import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import type { WallView } from '../lib/wall/schema'
import { nextProgram } from '../scripts/world/build'
import { freePort } from '../scripts/world/ports'
import { expect, expectAccessible, itFits, signedInAs, test } from './fixtures'
import { keptBy, refreshing, speedUp } from './wall-memory'

const STATES = ['exhausted', 'critical', 'warning', 'attention', 'healthy', 'no data', 'not enough data']
type Slo = { name: string; status: { state: string; alert: string | null } }

/** A question of the wall later; its clock moves on by so many seconds. */
async function later(page: Page, seconds: number): Promise<void> {
  await expect(page.locator('.wall[data-live]')).toBeAttached()
  await page.clock.fastForward(seconds * 1000)
}

test('rows and counts are those of the API, and the pages turn', async ({ page }) => {
  await page.clock.install()
  await page.goto('/wall')
  const { items } = (await (await page.request.get('/api/v1/slos?limit=500')).json()) as { items: Slo[] }
  const tally = page.getByRole('complementary', { name: 'All SLOs by state' })
  for (const state of STATES) {
    const count = items.filter((one) => one.status.state.replaceAll('-', ' ') === state).length
    await expect(
      tally
        .getByRole('listitem')
        .filter({ hasText: new RegExp(`${state}$`) })
        .locator('b'),
    ).toHaveText(String(count))
  }
  const first = items.filter(({ status: { alert, state } }) => alert === 'page' || state === 'critical' || state === 'exhausted')
  const rows = await page.locator('.w-row .w-name span').allTextContents()
  expect(rows.slice(0, first.length).sort()).toEqual(first.map(({ name }) => name).sort())
  // By the clock: a page stays for twelve seconds, whichever is first.
  const turn = page.locator('.w-turn')
  const before = await turn.textContent()
  await later(page, 12)
  await expect(turn).not.toHaveText(before ?? '')
  await page.getByRole('button', { name: 'Hold this page' }).click()
  const held = await turn.textContent()
  await later(page, 12)
  await expect(turn).toHaveText(held ?? '')
})

test('the network goes away and comes back; what is shown meanwhile is marked as old, and never green', async ({
  page,
  context,
}) => {
  await page.clock.install()
  await page.goto('/wall')
  await expect(page.locator('.w-row').first()).toBeVisible()
  await context.setOffline(true)
  await later(page, 15)
  await later(page, 5)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/No connection since \d\d:\d\d; trying again\./)
  const colour = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).color)
  expect(await colour('.w-tally .is-healthy .shape')).toBe(await colour('.w-tally .is-no-data .shape'))
  await context.setOffline(false)
  await later(page, 30)
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('No connection')
})

/** The built app once more, on a port of its own and the database of the demo. */
async function start(port: number): Promise<ChildProcess> {
  const { databaseUrl } = JSON.parse(readFileSync(join(process.env.E2E_DATA ?? '.headroom', 'runtime.json'), 'utf8'))
  const address = `http://127.0.0.1:${port}`
  const own = { DATABASE_URL: databaseUrl, NEXTAUTH_URL: address, NEXTAUTH_SECRET: 'a secret of this test', HEADROOM_DEMO: '1' }
  const child = spawn(process.execPath, [nextProgram, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    env: { ...process.env, ...own, NODE_ENV: 'production' },
    stdio: 'ignore',
  })
  await expect
    .poll(
      () =>
        fetch(`${address}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 40_000 },
    )
    .toBe(true)
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** A link for a screen that nobody signs in to. */
async function linked(browser: Browser): Promise<{ path: string; revoke: () => Promise<unknown>; owner: Page }> {
  const owner = await signedInAs(browser, 'sloOwner')
  const made = await owner.request.post('/api/v1/wall-links', { data: { name: `Test ${Date.now()}`, days: 1 } })
  expect(made.status(), await made.text()).toBe(201)
  const { id, path } = (await made.json()) as { id: string; path: string }
  return { path, revoke: () => owner.request.post(`/api/v1/wall-links/${id}/revocation`), owner }
}

test('the server goes away and comes back, and the wall goes on without anybody', async ({ page, browser }) => {
  test.slow()
  const { path, owner } = await linked(browser)
  const port = await freePort()
  let server = await start(port)
  try {
    await page.clock.install()
    await page.goto(`http://127.0.0.1:${port}${path}`)
    await expect(page.locator('.w-row').first()).toBeVisible()
    await page.evaluate(() => Object.assign(window, { sameAsBefore: true }))
    await stop(server)
    await later(page, 15)
    await later(page, 5)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('No connection since')
    await later(page, 3_600)
    server = await start(port)
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/wall') && response.status() === 200)
    await later(page, 30)
    const { asOf } = (await (await answer).json()) as WallView
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('No connection')
    await expect(page.locator('.w-fresh')).toContainText(new Date((asOf ?? 0) * 1000).toISOString().slice(11, 19))
    expect(await page.evaluate(() => 'sameAsBefore' in window)).toBe(true)
  } finally {
    await stop(server)
    await owner.context().close()
  }
})

test('a link opens the wall and nothing else, until it is revoked', async ({ page, browser }) => {
  const { path, revoke, owner } = await linked(browser)
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, colorScheme: 'light' })
  const screen = await context.newPage()
  await screen.clock.install()
  const answer = await screen.goto(path)
  expect(answer?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' })
  await expect(screen.locator('.w-row').first()).toBeVisible()
  const secret = path.replace('/wall/', '')
  for (const closed of ['/api/v1/slos', '/api/slos/overview', '/api/v1/wall-links'])
    expect((await context.request.get(closed, { headers: { authorization: `Bearer ${secret}` } })).status()).toBe(401)
  await revoke()
  await later(screen, 15)
  await expect(screen.getByRole('heading', { name: /^This link to the wall was revoked\./ })).toBeVisible()
  await expect(screen.locator('.w-row, .w-tally')).toHaveCount(0)
  await screen.reload()
  await expect(screen.getByRole('heading', { name: /was revoked/ })).toBeVisible()
  await expectAccessible(screen)
  await context.close()
  await owner.context().close()
  await page.goto('/settings/walls')
  await expect(page.getByRole('row').filter({ hasText: 'Test' }).first()).toContainText('revoked')
  await expect(page.getByRole('button', { name: 'Make a link' })).toHaveCount(0)
})

test('an SLO owner makes a link whose address is shown once, and revokes it', async ({ browser }) => {
  const page = await signedInAs(browser, 'sloOwner')
  await page.goto('/settings/walls')
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByText('Say where the screen hangs')).toBeVisible()
  const name = `Canteen ${Date.now()}`
  await page.getByLabel('Where the screen hangs').fill(name)
  await page.getByLabel('Tier').selectOption('critical')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByLabel('Address')).toHaveValue(/\/wall\/hw_/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('button', { name: 'Revoke the link' }).click()
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('revoked')
  await page.context().close()
})

test('200 refreshes of every kind leave as many nodes and listeners as were there before', async ({ page }) => {
  test.slow()
  const view = (await (await page.request.get('/api/wall')).json()) as WallView
  await speedUp(page)
  const { until } = await refreshing(page, view)
  await page.goto('/wall')
  const client = await page.context().newCDPSession(page)
  await until(50)
  const before = await keptBy(client, 50)
  await until(250)
  const after = await keptBy(client, 250)
  expect(after.documents).toBe(before.documents)
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 5)
  // Rows and shapes come and go with the answers; a row that stayed at each answer would be 2,000 of them.
  expect(after.nodes).toBeLessThan(before.nodes + 600)
})

test('another build loads the page again, once', async ({ page }) => {
  const json = (await (await page.request.get('/api/wall')).json()) as WallView
  await page.route('**/api/wall', (route) => route.fulfill({ json, headers: { 'x-headroom-build': 'another' } }))
  await page.clock.install()
  await page.goto('/wall')
  await expect(page.locator('.wall[data-live]')).toBeAttached()
  await page.evaluate(() => Object.assign(window, { before: true }))
  await Promise.all([page.waitForEvent('domcontentloaded'), later(page, 15)])
  expect(await page.evaluate(() => 'before' in window)).toBe(false)
  await expect(page.locator('.wall[data-live]')).toBeAttached()
  await page.evaluate(() => Object.assign(window, { after: true }))
  const asked = page.waitForResponse('**/api/wall')
  await later(page, 15)
  await asked
  expect(await page.evaluate(() => 'after' in window)).toBe(true)
})

/** A wall where nobody has to get up. */
async function calm(page: Page): Promise<void> {
  const view = (await (await page.request.get('/api/wall')).json()) as WallView
  const states = { ...view.states, exhausted: 0, critical: 0, warning: 0, 'no-data': 0, healthy: 40 }
  const json = { ...view, states, rows: [], pages: 0, tickets: 0, urgent: 0, watch: 0, stale: [], next: null }
  await page.route('**/api/wall', (route) => route.fulfill({ json }))
  await page.clock.install()
  await page.goto('/wall')
  await later(page, 15)
  await expect(page.getByText('All is well.', { exact: true })).toBeVisible()
}

test('it dims while all is well, and is back at once', async ({ page }) => {
  await calm(page)
  await expectAccessible(page)
  await page.unroute('**/api/wall')
  await later(page, 15)
  await expect(page.locator('.w-row').first()).toBeVisible()
})

for (const theme of ['dark', 'light'])
  test(`nothing on a ${theme} wall is smaller than 24 px, and axe finds nothing`, async ({ page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.goto(`/wall?theme=${theme}`)
    await expect(page.locator('.w-row').first()).toBeVisible()
    const small = await page.locator('.wall :visible').evaluateAll((all) =>
      all
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
        .map((one) => `${one.className} ${getComputedStyle(one).fontSize}`)
        .filter((text) => Number.parseFloat(text.split(' ').at(-1) ?? '') < 24 && !text.startsWith('sr-only')),
    )
    expect(small).toEqual([])
    await expectAccessible(page)
  })

itFits('the wall', (page) => page.goto('/wall'))
itFits('the page of walls', (page) => page.goto('/settings/walls'))
