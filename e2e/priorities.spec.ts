import type { Page } from '@playwright/test'
import { EFFORT_COST, EFFORTS, type Effort } from '../lib/priority/priority'
import { expect, expectAccessible, itFits, signIn, test } from './fixtures'

const QUOTES = 'Quotes given'
const STOCK = 'Stock on time'

type Gap = { slo: number; name: string; rank: number; version: number; effort: Effort; score: number }

async function gapOf(page: Page, name: string): Promise<Gap> {
  const { items } = (await (await page.request.get('/api/v1/priorities')).json()) as { items: Gap[] }
  const gap = items.find((one) => one.name === name)
  if (!gap) throw new Error(`${name} is no gap.`)
  return gap
}

/**
 * The effort with which the second stands behind the first at S and before it at XL, by the widest margin. What an outage of the demo
 * spent depends on the traffic at its hour of the day, and so on when the demo was begun.
 */
async function effortBetween(page: Page, first: string, second: string): Promise<Effort> {
  const [a, b] = await Promise.all([first, second].map((name) => gapOf(page, name)))
  const ratio = ((b as Gap).score * EFFORT_COST[(b as Gap).effort]) / ((a as Gap).score * EFFORT_COST[(a as Gap).effort])
  const away = (effort: Effort) => Math.abs(Math.log((ratio * Math.sqrt(EFFORT_COST.XL)) / EFFORT_COST[effort]))
  return [...EFFORTS].sort((x, y) => away(x) - away(y))[0] as Effort
}

/** Says through the API how much work a gap is, as another person would. */
async function estimate(page: Page, name: string, effort: Effort): Promise<void> {
  const gap = await gapOf(page, name)
  if (gap.effort === effort) return
  const answer = await page.request.patch(`/api/v1/priorities/${gap.slo}`, { data: { version: gap.version, effort } })
  expect(answer.status(), await answer.text()).toBe(200)
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })

/** The order on the screen is ahead of the server. */
async function expectSaved(page: Page, effort: string): Promise<void> {
  const stored = async () => {
    const { items } = (await (await page.request.get('/api/v1/priorities')).json()) as { items: Gap[] }
    return items.find(({ name }) => name === QUOTES)?.effort
  }
  await expect.poll(stored).toBe(effort)
}

/** Which of the two stands first: others of the list move while the world goes on. */
async function expectFirst(page: Page, name: string): Promise<void> {
  const both = page.getByRole('rowheader').filter({ hasText: new RegExp(`^(${QUOTES}|${STOCK})`) })
  await expect(both.first()).toContainText(name)
  await expect(both).toHaveCount(2)
}

test('a gap that is dropped on another effort takes its new place at once and keeps it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await estimate(page, STOCK, await effortBetween(page, QUOTES, STOCK))
  await estimate(page, QUOTES, 'XL')
  await page.goto('/priorities')
  await expectFirst(page, STOCK)
  const effort = page.getByLabel(`Effort of ${QUOTES}`)
  await expect(effort).toBeEnabled()
  const small = page.getByRole('list', { name: 'Gaps by effort' }).getByRole('listitem').first()
  await rowOf(page, QUOTES).getByTitle('Drag it to S, M, L or XL').dragTo(small)
  await expect(effort).toHaveValue('S')
  await expectFirst(page, QUOTES)
  await expect(page.getByText(new RegExp(`^${QUOTES}: S costs 1, rank \\d+ of \\d+\\.$`))).toBeVisible()
  await expectSaved(page, 'S')
  await page.reload()
  await expectFirst(page, QUOTES)

  // The same without a mouse.
  await expect(effort).toBeEnabled()
  await effort.focus()
  await page.keyboard.type('X')
  await expectFirst(page, STOCK)
  await expectSaved(page, 'XL')
})

test('a row opens to its formula, its actions and the words of people', async ({ page }) => {
  await page.goto('/priorities')
  const row = rowOf(page, QUOTES)
  await row.getByRole('button', { name: QUOTES }).focus()
  await page.keyboard.press('Enter')
  await expect(
    page.getByText(/^\(3 \(essential\) \+ 0\.75 \(Get it delivered journey\)\) × \(.+ spent − 1.*\) ÷ \d \(\w+\) = [\d.]+$/),
  ).toBeVisible()
  await expect(row.getByRole('cell').nth(7)).toContainText('tracker.shop.example')
  await page.getByLabel('In the tracker').fill('javascript:alert(1)')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Write the whole address, beginning with https:// or http://, or nothing.')).toBeVisible()
  await expectAccessible(page)

  const size = page.getByLabel('People of Data')
  await size.fill('nobody')
  await page.getByRole('button', { name: 'Set people of Data' }).click()
  await expect(page.getByText('Write how many people share the work, as a whole number.')).toBeVisible()
  await size.fill('3')
  await page.getByRole('button', { name: 'Set people of Data' }).click()
  await expect(page.getByText(/× 40 h × 3 people = \d+\.\d h a week\.$/)).toBeVisible()
})

test.describe('signed out', () => {
  test.use({ storageState: { cookies: [], origins: [] } })
  test('viewers read the list and change nothing', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto('/priorities')
    await expect(rowOf(page, QUOTES)).toBeVisible()
    await expect(page.getByLabel(`Effort of ${QUOTES}`)).toHaveCount(0)
    const answer = await page.request.put('/api/v1/teams/data/size', { data: { version: 1, size: 3 } })
    expect(answer.status()).toBe(403)
  })
})

itFits('/priorities', (page) => page.goto('/priorities'))
