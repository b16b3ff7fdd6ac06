import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures'

// What the editor says beside a field: one page, and one wrong answer after the other.

const LATENCY = '/slos/new?template=api-latency&service=checkout-api'

const REFUSED: [field: string, text: string, sentence: string][] = [
  ['Target, %', '100', '100 % leaves no budget. Use less than 100.'],
  ['Target, %', '0', '0 % promises nothing'],
  ['Target, %', 'many', 'Write the target as a number'],
  ['Name', '<b>Fast</b>', 'Write plain text'],
  ['Description', 'x'.repeat(1_000_000), 'Use at most 2000 characters.'],
  ['Short name', 'Not a Slug', 'Use small letters'],
  ['Days', '400', 'at most 366 days'],
]
test('what a field cannot take is refused at the field, until it is put right', async ({ page }) => {
  await page.goto(LATENCY)
  await page.getByLabel('Name', { exact: true }).fill('Fast enough')
  for (const [field, text, sentence] of REFUSED)
    await test.step(`${field} “${text.slice(0, 12)}”`, async () => {
      const input = page.getByLabel(field, { exact: true })
      const before = await input.inputValue()
      await input.fill(text)
      await input.blur()
      await expect(page.locator('.field-error').first()).toContainText(sentence)
      await input.fill(before)
      await expect(page.locator('.field-error')).toHaveCount(0)
    })
})

const QUERIES: [text: string, sentence: string][] = [
  ['http_request_duration_seconds', 'alone reads every series'],
  ['http_request_duration_seconds{service="checkout-api"', 'ends too early'],
  ['rate(x{a="b"}[5m])', 'Write one series selector'],
  ['http_request_duration_secs{service="checkout-api"}', 'Did you mean http_request_duration_seconds'],
  ['http_request_duration_seconds{service="checkout"}', 'No series has service="checkout"'],
  ['http_request_duration_seconds{servce="checkout-api"}', 'has no label servce'],
  ['http_request_duration_seconds{service="checkout-api",instance=~"zzz.*"}', 'No series has instance=~"zzz.*"'],
]
test('a query that cannot be asked is explained', async ({ page }) => {
  await page.goto(LATENCY)
  const editor = page.getByRole('textbox', { name: 'Histogram' })
  for (const [text, sentence] of QUERIES)
    await test.step(text, async () => {
      await write(page, editor, text)
      await expect(page.locator('.field-error').first()).toContainText(sentence)
    })
})

/** In place of what stands in an editor of queries. */
async function write(page: Page, editor: Locator, text: string): Promise<void> {
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
  await editor.blur()
}

const EXPRESSIONS: [text: string, sentence: string][] = [
  ['http_requests_total{service="cart-api"}', 'series. Make it one, for example with sum'],
  ['scalar(sum(http_requests_total{service="cart-api"}))', 'is a plain number, not a series'],
  ['sum(http_requests_total{service="cart-api"})', 'has to stay between 0 and 1'],
  ['sum(http_requests_total{service="nowhere"})', 'returns nothing now'],
  ['sum(rate(http_requests_total[5m]))', 'reads every series of that name'],
  [`sum(http_requests_total{service="${'x'.repeat(1_000_000)}"})`, 'Use at most 4096'],
]
test('an expression that is no share is refused at its field', async ({ page }) => {
  test.slow()
  await page.goto('/slos/new?template=custom-ratio&service=cart-api')
  const editor = page.getByRole('textbox', { name: 'Expression' })
  await expect(editor).toContainText('cart-api')
  for (const [text, sentence] of EXPRESSIONS)
    await test.step(text.slice(0, 60), async () => {
      await write(page, editor, text)
      await expect(page.locator('#note-expression')).toContainText(sentence, { timeout: 20_000 })
    })
})

test('a window longer than the source remembers is said beside the days, and may be saved', async ({ page }) => {
  await page.goto(LATENCY)
  await page.getByLabel('Days', { exact: true }).fill('366')
  const days = page.locator('.field', { has: page.getByLabel('Days', { exact: true }) })
  await expect(days).toContainText('The source keeps 120 d. The first 246 d of the window fill up as time passes.')
})

test('completion knows the metrics and labels of the live source', async ({ page }) => {
  await page.goto(LATENCY)
  const editor = page.getByRole('textbox', { name: 'Histogram' })
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('batch_ru')
  await expect(page.getByRole('option', { name: /batch_runs_total/ })).toBeVisible()
})
