import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, itFits, signedInAs, test } from './fixtures'

/** The newest month that is over, in UTC as the demo counts. */
const today = new Date()
const last = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1))
const MONTH = last.toISOString().slice(0, 7)
const NAME = `${last.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${last.getUTCFullYear()}`
/** Corrected after it was built. */
const CORRECTED = `/reports/staff-wiki/${MONTH}`

async function saved(page: Page, format: string, path: string): Promise<string> {
  const link = page.getByRole('link', { name: format, exact: true })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toBe(`staff-wiki-${MONTH}.${format.toLowerCase()}`)
  await download.saveAs(path)
  return readFileSync(path, 'utf8')
}

/** Chromium writes one object per page. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

test('from the list to a report, its revisions, and its files', async ({ page }, info) => {
  await page.goto('/reports')
  await page.getByRole('searchbox', { name: 'Service' }).fill('wiki')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('link', { name: `Staff wiki, ${NAME}:` }).click()
  const inside = page.frameLocator('iframe')
  await expect(inside.getByRole('heading', { level: 1 })).toContainText(`Staff wiki${NAME}`)
  await expect(inside.getByText('Revision 2. What changed since revision 1:')).toBeVisible()
  const high = await page
    .locator('iframe')
    .evaluate((frame: HTMLIFrameElement) => frame.offsetHeight - (frame.contentDocument?.documentElement.scrollHeight ?? 0))
  expect(Math.abs(high), 'the frame is as high as the report').toBeLessThanOrEqual(1)

  const html = await saved(page, 'HTML', info.outputPath('report.html'))
  const api = `/api/v1${CORRECTED}/report`
  expect(html).toBe(await (await page.request.get(`${api}.html?revision=2`)).text())
  const json = JSON.parse(await saved(page, 'JSON', info.outputPath('report.json')))
  expect(json).toMatchObject({ revision: 2, document: { month: MONTH, service: { slug: 'staff-wiki' } } })
  expect(html).toContain(json.hash)
  const csv = (await saved(page, 'CSV', info.outputPath('report.csv'))).trimEnd().split('\r\n')
  expect(csv).toHaveLength(1 + json.document.objectives.length)

  const details = page.getByText('2 revisions and what they changed')
  if (!(await page.getByRole('link', { name: 'Revision 1' }).isVisible())) await details.click()
  await page.getByRole('link', { name: 'Revision 1' }).click()
  await expect(page.getByText(/Revision 1 of 2, built/)).toBeVisible()
  await expect(inside.getByText('What changed since')).toHaveCount(0)
})

test('a report opens without the portal, in light and dark, and prints on whole pages', async ({ page }, info) => {
  const path = info.outputPath('report.html')
  await page.goto(CORRECTED)
  const html = await saved(page, 'HTML', path)
  expect(Buffer.byteLength(html)).toBeLessThan(300_000)
  await page.goto(`file://${path}`)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  // A4 without its margins is 180 mm: 680 px.
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 680, height: 1000 })
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > 681)
      .map((one) => one.outerHTML.slice(0, 80)),
  )
  expect(outside, 'nothing reaches beyond the paper').toEqual([])
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  expect(pagesOf(pdf)).toBeGreaterThanOrEqual(2)
  expect(pagesOf(pdf)).toBeLessThanOrEqual(5)
})

test('a link opens a report for somebody who cannot sign in', async ({ browser }) => {
  const owner = await signedInAs(browser, 'sloOwner')
  await owner.goto(CORRECTED)
  await owner.getByRole('button', { name: 'Share' }).click()
  await owner.getByLabel('Days that it is open').fill('3')
  await owner.getByRole('button', { name: 'Make a link' }).click()
  const { pathname, search } = new URL(await owner.getByLabel('The link').inputValue())
  await expectAccessible(owner)
  await owner.context().close()

  const stranger = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const page = await stranger.newPage()
  await page.goto(CORRECTED)
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto(`${pathname}${search}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Staff wiki')
  await expectAccessible(page)
  expect((await page.goto(`${pathname}${search.slice(0, -3)}abc`))?.status()).toBe(403)
  await stranger.close()
})

test('a month in plain words fits one sheet of paper', async ({ page }) => {
  await page.goto('/reports/summary')
  await page.getByRole('combobox', { name: /^Of/ }).selectOption('Help centre')
  await expect(page.getByRole('heading', { level: 2 })).toContainText(/^Help centre kept (its promise|both of its promises) in/)
  await expect(page.getByRole('main')).not.toContainText(/SLO|budget|burn|p95/i)
  expect(pagesOf(await page.pdf({ format: 'A4' }))).toBe(1)
})

itFits('/reports', (page) => page.goto('/reports'))
itFits('a report', (page) => page.goto(CORRECTED))
itFits('a month in plain words', (page) => page.goto(`/reports/summary?service=staff-wiki&month=${MONTH}`))
