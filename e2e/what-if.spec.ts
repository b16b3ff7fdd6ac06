import type { Page } from '@playwright/test'
import { addressOf, expect, expectAccessible, itFits, pressKey, signIn, test } from './fixtures'

const figures = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell')

/** A copy of an SLO of the demo with its history, to be changed and removed. */
async function copyOf(page: Page, name: string): Promise<string> {
  const { definition } = await (await page.request.get(`/api/v1${await addressOf(page, name)}/definition`)).json()
  const slug = `what-if-${Date.now().toString(36)}`
  const made = await page.request.post('/api/v1/slos', {
    data: { definition: { ...definition, slug, name: slug }, lifecycle: 'active' },
  })
  expect(made.status()).toBe(201)
  const { id } = await made.json()
  const evaluated = async () => (await (await page.request.get(`/api/v1/slos/${id}/status`)).json()).sli
  await expect.poll(evaluated, { timeout: 60_000 }).toBeGreaterThan(0)
  return id
}

test('another target is tried on real history, and saved as a new version', async ({ page }) => {
  const id = await copyOf(page, 'Searches within 300 ms')
  await page.goto(`/slos/${id}`)
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
  await pressKey(page, 'w')
  await page.waitForURL(`/slos/${id}/what-if`)
  await expect(page.getByRole('button', { name: 'Save as a new version' })).toBeDisabled()
  const left = figures(page, 'Left').first()
  const before = await left.textContent()
  await page.getByLabel('Target, %').fill('95')
  await expect(figures(page, 'Left').nth(1)).not.toHaveText(before ?? '')
  await expect(left).toHaveText(before ?? '')
  await expect(page.locator('.e-bar')).toContainText('→ 95.00 %')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await page.waitForURL(`/slos/${id}`)
  const { version, definition } = await (await page.request.get(`/api/v1/slos/${id}/definition`)).json()
  expect([version, definition.target]).toEqual([2, 0.95])
  await page.request.delete(`/api/v1/slos/${id}/definition?version=2`)
})

test('the second of two savers chooses here as well', async ({ page }) => {
  const id = await copyOf(page, 'Searches within 300 ms')
  await page.goto(`/slos/${id}/what-if`)
  await page.getByLabel('Target, %').fill('93')
  const { definition } = await (await page.request.get(`/api/v1/slos/${id}/definition`)).json()
  const theirs = { version: 1, lifecycle: 'active', definition: { ...definition, window: { kind: 'rolling', days: 21 } } }
  expect((await page.request.put(`/api/v1/slos/${id}/definition`, { data: theirs })).status()).toBe(200)
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' })
  await expect(dialog).toContainText('→ 21 d rolling')
  await dialog.getByRole('button', { name: 'Go on from theirs' }).click()
  await expect(page.getByLabel('Days', { exact: true })).toHaveValue('21')
  await page.request.delete(`/api/v1/slos/${id}/definition?version=2`)
})

test('another threshold is chosen among the bounds, another window and a stretch left out change the figures', async ({
  page,
}) => {
  await page.goto(`${await addressOf(page, 'Searches within 300 ms')}/what-if`)
  await page.getByLabel('Within, s').click()
  await page.getByRole('button', { name: '1 s', exact: true }).click()
  await expect(page.locator('.e-bar')).toContainText('Threshold, s 0.3 → 1')
  await expect(figures(page, 'SLI').nth(1)).toContainText('99.')
  await page.getByLabel('Within, s').fill('0.7')
  await expect(page.locator('.field-error')).toContainText('0.7 s is no bucket bound. The bounds are 0.05, 0.1, 0.3, 1, 3 s.')
  await page.getByLabel('Within, s').fill('0.3')
  await page.getByLabel('Days', { exact: true }).fill('14')
  await expect(page.locator('.e-bar')).toContainText('→ 14 d rolling')
  const bad = await figures(page, 'Were bad').nth(1).textContent()
  await page.getByRole('button', { name: 'Leave out a stretch' }).click()
  await expect(page.locator('.field-error').first()).toContainText('Write an instant')
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 16)
  await page.getByLabel('From', { exact: true }).fill(day(3))
  await page.getByLabel('To', { exact: true }).fill(day(4))
  await expect(page.locator('.field-error')).toContainText('The end comes after the start.')
  await page.getByLabel('To', { exact: true }).fill(day(1))
  await expect(page.locator('.field-error')).toHaveCount(0)
  await expect(figures(page, 'Were bad').nth(1)).not.toHaveText(bad ?? '')
  await expect(page.locator('.p-excluded')).toHaveCount(1)
})

test('impossible rules are refused at their fields', async ({ page }) => {
  await page.goto(`${await addressOf(page, 'Orders placed')}/what-if`)
  await page.getByLabel('Target, %').fill('100')
  await expect(page.locator('.field-error')).toHaveText('100 % leaves no budget. Use less than 100.')
  await expect(page.getByRole('button', { name: 'Save as a new version' })).toBeDisabled()
})

test('a viewer may try, and save nothing', async ({ browser }) => {
  const page = await browser.newPage({ storageState: { cookies: [], origins: [] } })
  await signIn(page, 'viewer')
  await page.goto(`${await addressOf(page, 'Searches within 300 ms')}/what-if`)
  await expect(page.getByLabel('Within, s')).toBeDisabled()
  await page.getByLabel('Target, %').fill('80')
  await expect(page.locator('.e-bar')).toContainText('→ 80.00 %')
  await expect(page.getByRole('button', { name: 'Save as a new version' })).toHaveCount(0)
  await page.close()
})

itFits('what if', async (page) => {
  await page.goto(`${await addressOf(page, 'Searches within 300 ms')}/what-if`)
  await page.getByLabel('Target, %').fill('93')
  await expect(page.locator('.e-bar')).toContainText('→ 93.00 %')
})
