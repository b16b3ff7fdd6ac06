import type { Page } from '@playwright/test'
import { BUILT_IN_TEMPLATES } from '../lib/template/template'
import { expect, itFits, test } from './fixtures'

type Case = { template: string; service: string; named?: string; choose?: [label: string, option: string][]; young?: boolean }

/** Every template on a service of the demo it fits, and the ways of counting and classes of errors that are chosen by hand. */
const CASES: Case[] = [
  { template: 'api-availability', service: 'checkout-api' },
  { template: 'api-availability', service: 'checkout-api', named: 'good minutes', choose: [['Budget counts', 'Good minutes']] },
  {
    template: 'api-availability',
    service: 'cart-api',
    named: 'ratio of minutes',
    choose: [['Budget counts', 'Minutes by their ratio']],
  },
  { template: 'api-latency', service: 'checkout-api' },
  { template: 'api-native-latency', service: 'checkout-api', young: true },
  { template: 'api-time-outs', service: 'cart-api' },
  { template: 'api-time-outs', service: 'checkout-api', named: 'server', choose: [['Class of errors', 'Server error (5xx)']] },
  { template: 'api-client-errors', service: 'storefront-web' },
  { template: 'business-errors', service: 'order-events' },
  { template: 'web-availability', service: 'storefront-web' },
  { template: 'web-latency', service: 'storefront-web' },
  { template: 'web-quality', service: 'recommendations' },
  { template: 'batch-freshness', service: 'nightly-ledger' },
  { template: 'batch-up', service: 'storefront-web' },
  { template: 'streaming-throughput', service: 'order-events' },
  { template: 'streaming-processed', service: 'order-events' },
  { template: 'pipeline-freshness', service: 'stock-sync' },
  { template: 'pipeline-completeness', service: 'stock-sync' },
  { template: 'custom-good-total', service: 'stock-sync' },
  { template: 'custom-ratio', service: 'cart-api' },
  { template: 'custom-ratio', service: 'identity-api', named: 'gauge' },
]

// What is made of other SLOs is tried with the journeys.
const SOURCED = BUILT_IN_TEMPLATES.filter(({ kind }) => kind !== 'composite')

test('every built-in template is tried', () =>
  expect([...new Set(CASES.map(({ template }) => template))].sort()).toEqual(SOURCED.map(({ slug }) => slug).sort()))

for (const { template, service, named = '', choose = [], young = false } of CASES)
  test(`${[template, named].filter(Boolean).join(', ')}: from the template to a measured SLO of ${service}`, async ({ page }) => {
    test.setTimeout(young ? 420_000 : 120_000)
    const name = `Tried ${template} ${Date.now().toString(36)}`
    // What is young has begun with this world: its first figures come some minutes later.
    await expect(async () => {
      await page.goto(`/slos/new?template=${template}&service=${service}`)
      await page.getByLabel('Name', { exact: true }).fill(name)
      for (const [label, option] of choose) await page.getByLabel(label, { exact: true }).selectOption(option)
      await expect(page.locator('[data-figure="left"]')).toBeVisible({ timeout: 30_000 })
    }).toPass({ timeout: young ? 300_000 : 30_000 })
    await expect(page.locator('.field-error')).toHaveCount(0)
    await page.getByRole('button', { name: 'Activate' }).click()
    await page.waitForURL(/\/slos\/\d+$/)
    await expect(page.getByRole('heading', { name: new RegExp(name), level: 2 })).toBeVisible()
    const id = page.url().split('/').at(-1)
    await expect.poll(() => measuredPoints(page, id, young ? '24h' : '30d'), { timeout: 60_000 }).toBeGreaterThan(young ? 0 : 100)
    const status = await (await page.request.get(`/api/v1/slos/${id}/status`)).json()
    expect(status.sli).toBeGreaterThan(0.5)
    await expect(page.locator('.d-sentence')).not.toContainText('Nothing was evaluated yet', { timeout: 30_000 })
    await page.request.delete(`/api/v1/slos/${id}/definition?version=1`)
  })

async function measuredPoints(page: Page, id: string | undefined, range: string): Promise<number> {
  const history = await (await page.request.get(`/api/v1/slos/${id}/history?range=${range}`)).json()
  return history.points.filter((point: { sli: number | null }) => point.sli !== null).length
}

const LATENCY = '/slos/new?template=api-latency&service=checkout-api'

test('several thresholds become several objectives of one indicator', async ({ page }) => {
  await page.goto(LATENCY)
  const name = `Steps ${Date.now().toString(36)}`
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Add a threshold' }).click()
  await page.getByLabel('Target, %').nth(1).fill('99')
  await expect(page.getByText('Bounds:').first()).toBeVisible()
  await page.getByRole('button', { name: /^1 s/ }).nth(1).click()
  await page.getByRole('button', { name: 'Activate' }).click()
  await page.waitForURL(/\/slos\/\d+$/)
  const { items } = await (await page.request.get(`/api/v1/slos?q=${encodeURIComponent(name)}`)).json()
  expect(items.map((item: { name: string; target: number }) => [item.name, item.target]).sort()).toEqual([
    [`${name} (0.3 s)`, 0.95],
    [`${name} (1 s)`, 0.99],
  ])
  for (const { id } of items) {
    await expect.poll(() => measuredPoints(page, id, '30d'), { timeout: 60_000 }).toBeGreaterThan(100)
    await page.request.delete(`/api/v1/slos/${id}/definition?version=1`)
  }
})

test('what the source cannot answer is said at its field, and only a draft is saved', async ({ page }) => {
  await page.goto(LATENCY)
  const name = `Off the bound ${Date.now().toString(36)}`
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Within, s').fill('0.42')
  await expect(page.locator('.field-error')).toContainText('0.42 s is no bucket bound')
  await expect(page.locator('.field-error')).toContainText('0.05, 0.1, 0.3, 1, 3')
  await page.getByRole('button', { name: 'Activate' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Save it as a draft' })).toBeVisible()
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await page.waitForURL(/\/slos\/\d+$/)
  await expect(page.getByText('This is a draft')).toBeVisible()
  const { items } = await (await page.request.get(`/api/v1/slos?q=${encodeURIComponent(name)}`)).json()
  expect(items).toEqual([])
})

itFits('the editor', async (page) => {
  await page.goto(LATENCY)
  await expect(page.locator('[data-figure="left"]')).toBeVisible()
})
itFits('/templates', (page) => page.goto('/templates'))

test('on a phone nothing lies over the buttons that save', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [path, name] of [
    [LATENCY, 'Activate'],
    ['/journeys/new', 'Save the journey'],
    ['/corrections/new', 'Ask for approval'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('button', { name }).click({ trial: true })
  }
})
