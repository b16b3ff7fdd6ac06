import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, itFits, test } from './fixtures'

const today = new Date()
const QUARTER = `${today.getUTCFullYear()}-Q${Math.floor(today.getUTCMonth() / 3) + 1}`
const ADDRESS = `/planning?team=fulfilment&quarter=${QUARTER}`

async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()])
  expect(download.suggestedFilename()).toContain(`fulfilment-${QUARTER}`)
  return readFileSync(await download.path(), 'utf8')
}

test('the page is taken along as CSV, JSON and Markdown with its numbers', async ({ page }) => {
  await page.goto(ADDRESS)
  const row = page.getByRole('row').filter({ hasText: 'Quotes given' })
  const shown = (await row.getByRole('cell').allInnerTexts()).map((text) => text.replace(/[^\d.]/g, ''))
  const [, target = '', sli = '', spent = ''] = shown
  expect([target, sli, spent].every((text) => /^\d+\.\d+$/.test(text))).toBe(true)

  const csv = (await saved(page, 'CSV')).split('\r\n').filter((line) => line.includes(',Quotes given,'))
  const value = (what: string) =>
    Number(
      csv
        .find((line) => line.includes(`,${what},`))
        ?.split(',')
        .at(-2),
    )
  // Counters go on between the page and the file, by a few minutes of a quarter.
  expect(Math.abs(value('SLI') * 100 - Number(sli))).toBeLessThan(0.01)
  expect(Math.abs(value('consumed') * 100 - Number(spent))).toBeLessThan(1)
  const causes = ['incidents', 'releases', 'dependencies', 'no data', 'credits', 'unexplained'].map(value)
  expect(causes.reduce((a, b) => a + b, 0)).toBeCloseTo(value('consumed'), 9)

  const json = JSON.parse(await saved(page, 'JSON'))
  expect(json).toMatchObject({ team: 'fulfilment', quarter: QUARTER, agreed: { decidedBy: 'Pablo Reyes', reliability: 0.35 } })
  expect(await saved(page, 'Markdown')).toContain(`| Quotes given | ${target} % | ${sli.slice(0, -1)}`)
})

test('what was agreed is kept with its note, and the next page starts from it', async ({ page }) => {
  await page.goto(`/planning?team=platform&quarter=${QUARTER}`)
  const share = page.getByLabel('For reliability, %')
  await share.fill('a lot')
  await page.getByLabel('Note').fill('Queues before features.')
  const save = page.getByRole('button', { name: 'Save what was agreed' })
  await save.click()
  await expect(page.getByText('Write the share for reliability as a number.')).toBeVisible()
  await share.fill('40')
  await save.click()
  await expect(page.getByText(/40 % reliability, 60 % features\. Emil Okafor, .+“Queues before features\.”/)).toBeVisible()
  await page.reload()
  await expect(share).toHaveValue('40')
  const stale = { quarter: '2020-Q1', version: 7, reliability: 0.5 }
  expect((await page.request.put('/api/v1/teams/platform/plan', { data: stale })).status()).toBe(409)
  await page.getByLabel('Team').selectOption('Data')
  await expect(page.getByRole('heading', { name: /^Data, Q/ })).toBeVisible()
})

itFits('/planning', (page) => page.goto(ADDRESS))
