import type { Page } from '@playwright/test'
import type { WallView } from '../lib/wall/schema'
import { expect, expectAccessible, itFits, test } from './fixtures'
import { later } from './wall-clock'
import { calmed } from './wall-memory'

const STATES = ['exhausted', 'critical', 'warning', 'attention', 'healthy', 'no data', 'not enough data']
type Slo = { name: string; status: { state: string; alert: string | null } }

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
  await expect(page.locator('.w-row:visible').first()).toBeVisible()
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

/** A wall where nobody has to get up. */
async function calm(page: Page): Promise<void> {
  const view = (await (await page.request.get('/api/wall')).json()) as WallView
  await page.route('**/api/wall', (route) => route.fulfill({ json: calmed(view) }))
  await page.clock.install()
  await page.goto('/wall')
  await later(page, 15)
  await expect(page.getByText('All is well.', { exact: true })).toBeVisible()
}

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

test('it dims while all is well, and is back at once', async ({ page }) => {
  await calm(page)
  await expectAccessible(page)
  await page.unroute('**/api/wall')
  await later(page, 15)
  await expect(page.locator('.w-row:visible').first()).toBeVisible()
})

for (const theme of ['dark', 'light'])
  test(`nothing on a ${theme} wall is smaller than 24 px, and axe finds nothing`, async ({ page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.goto(`/wall?theme=${theme}`)
    await expect(page.locator('.w-row:visible').first()).toBeVisible()
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
