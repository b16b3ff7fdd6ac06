import type { Page } from '@playwright/test'
import { expect, expectAccessible, itFits, signIn, test } from './fixtures'

const stamp = () => Date.now().toString(36) + Math.floor(Math.random() * 1000).toString(36)

async function make(page: Page, change: Record<string, unknown> = {}): Promise<string> {
  const slug = `tried-${stamp()}`
  const definition = { name: slug, slug, tier: 'standard', kind: 'api', team: 'payments', ...change }
  const answer = await page.request.post('/api/v1/services', { data: { definition } })
  expect(answer.status()).toBe(201)
  return slug
}
const remove = async (page: Page, slug: string, version: number) =>
  expect((await page.request.delete(`/api/v1/services/${slug}?version=${version}`)).status()).toBe(200)

test('a service is described, and the facts recommend its tier while they are typed', async ({ page }) => {
  const slug = `returns-${stamp()}`
  await page.goto('/services')
  await page.getByRole('link', { name: 'New service' }).click()
  await page.getByLabel('Name', { exact: true }).fill(slug)
  await expect(page.getByLabel('Short name')).toHaveValue(slug)
  await page.getByLabel('Description').fill('Takes things back.')
  const advice = page.getByRole('complementary', { name: 'Recommended tier' })
  await expect(advice).toContainText('Nothing stated yet')
  await page.getByLabel('User-facing').selectOption('yes')
  await expect(advice).toContainText('Recommended: standard, because people wait for its answers')
  await page.getByLabel('Revenue impact').selectOption('direct')
  await expect(advice).toContainText('Recommended: critical, because sales are lost while people wait for it')
  await page.getByLabel('Tier', { exact: true }).selectOption('essential')
  await expect(advice).toContainText('The chosen tier is essential, less than the facts call for.')
  await expect(advice.getByRole('row', { name: /^essential chosen/ })).toContainText('99.90')
  await page.getByLabel('Engineering team').selectOption('New team …')
  await page.getByLabel('Name of the new team').fill(`Team of ${slug}`)
  await page.getByLabel('SLO owner').selectOption('Sofia Marchetti')
  await page.getByLabel('Depends on').fill('Checkout')
  await page.keyboard.press('Enter')
  await page.getByLabel('User expectations').fill('Money is back within a week.')
  await page.getByLabel('Runbook').fill('https://runbooks.shop.example/returns')
  await page.getByRole('button', { name: 'Create the service' }).click()
  await page.waitForURL(`/services/${slug}`)
  await expect(page.getByRole('link', { name: 'Runbook' })).toHaveAttribute('href', 'https://runbooks.shop.example/returns')
  await expect(page.getByText('SLO owner Sofia Marchetti')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Context' })).toContainText('Money is back within a week.')
  await expect(page.getByRole('region', { name: 'Tier' })).toContainText('Recommended: critical')
  await page.getByRole('region', { name: 'Dependencies' }).getByRole('link', { name: 'Checkout' }).click()
  await page.waitForURL('/services/checkout-api')
  const neededBy = page.getByRole('region', { name: 'Dependencies' }).getByRole('listitem').filter({ hasText: slug })
  await expect(neededBy).toContainText('no SLOs')
  await remove(page, slug, 1)
})

test('an edit is a new version', async ({ page }) => {
  const slug = await make(page, { dependencies: ['identity-api', 'cart-api'] })
  await page.goto(`/services/${slug}`)
  await page.getByRole('button', { name: 'More about the definition' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByLabel('Traffic').fill('120')
  await page.getByRole('button', { name: 'Remove cart-api' }).click()
  await page.getByRole('button', { name: 'Save new version' }).click()
  await page.waitForURL(`/services/${slug}`)
  await expect(page.getByText('120 requests/s (high)')).toBeVisible()
  const { version, definition } = await (await page.request.get(`/api/v1/services/${slug}`)).json()
  expect([version, definition.dependencies]).toEqual([2, ['identity-api']])
  await remove(page, slug, 2)
})

const REFUSED: [field: string, text: string, sentence: string][] = [
  ['Name', '<b>Checkout</b>', 'Write plain text'],
  ['Short name', 'new', 'The portal needs this word itself'],
  ['Short name', 'Not a Slug', 'Use small letters'],
  ['Description', 'x'.repeat(1_000_000), 'Use at most 2000 characters.'],
  ['Business impact', '<img src=x onerror=alert(1)>', 'Write plain text'],
  ['Runbook', 'javascript:alert(1)', 'Write the whole address, beginning with https:// or http://.'],
  ['Traffic', 'lots', 'low, medium or high'],
  ['Labels', '1=a', 'A label begins with a letter'],
]
for (const [field, text, sentence] of REFUSED)
  test(`${field} “${text.slice(0, 12)}” is refused at the field`, async ({ page }) => {
    await page.goto('/services/new')
    await page.getByLabel(field, { exact: true }).fill(text)
    await page.getByLabel(field, { exact: true }).blur()
    await expect(page.locator('.field-error').first()).toContainText(sentence)
    await page.getByRole('button', { name: 'Create the service' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Correct what is marked' })).toBeVisible()
    await expect(page).toHaveURL('/services/new')
  })

test('arrows in a circle are refused, and the circle is named', async ({ page }) => {
  const first = await make(page)
  const second = await make(page, { dependencies: [first] })
  await page.goto(`/services/${first}/edit`)
  await page.getByLabel('Depends on').fill('no such thing')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.locator('.field-error')).toContainText('There is no service “no such thing”')
  await page.getByLabel('Depends on').fill(second)
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('button', { name: 'Save new version' }).click()
  await expect(page.locator('.field-error')).toContainText(`${first} → ${second} → ${first}`)
  expect((await (await page.request.get(`/api/v1/services/${first}`)).json()).version).toBe(1)
  await remove(page, second, 1)
  await remove(page, first, 1)
})

test('the second of two savers sees what the first changed, and chooses', async ({ page, browser }) => {
  const slug = await make(page)
  await page.goto(`/services/${slug}/edit`)
  await page.getByLabel('Description').fill('Mine.')
  const other = await browser.newPage({ storageState: { cookies: [], origins: [] } })
  await signIn(other, 'sloOwner')
  await other.goto(`/services/${slug}/edit`)
  await other.getByLabel('Tier', { exact: true }).selectOption('critical')
  await other.getByRole('button', { name: 'Save new version' }).click()
  await other.waitForURL(`/services/${slug}`)
  await other.close()
  await page.getByRole('button', { name: 'Save new version' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' })
  await expect(dialog).toContainText('Sofia Marchetti saved version 2')
  await expect(dialog).toContainText('Tier standard → critical')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Go on from theirs' }).click()
  await expect(page.getByLabel('Tier', { exact: true })).toHaveValue('critical')
  await page.getByLabel('Description').fill('Both.')
  await page.getByRole('button', { name: 'Save new version' }).click()
  await page.waitForURL(`/services/${slug}`)
  const { version, definition } = await (await page.request.get(`/api/v1/services/${slug}`)).json()
  expect([version, definition.tier, definition.description]).toEqual([3, 'critical', 'Both.'])
  await remove(page, slug, 3)
})

test('deleting says what is lost, and is refused while there are SLOs', async ({ page }) => {
  const slug = await make(page, { dependencies: ['identity-api'] })
  await page.goto(`/services/${slug}`)
  await page.getByRole('button', { name: 'More about the definition' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete ${slug}?` })
  await expect(dialog).toContainText('its only version are lost. The graph forgets that it needs Identity.')
  await dialog.getByRole('button', { name: 'Delete the service' }).click()
  await page.waitForURL('/services')
  expect((await page.request.get(`/api/v1/services/${slug}`)).status()).toBe(404)
  await page.goto('/services/checkout-api')
  await page.getByRole('button', { name: 'More about the definition' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const refused = page.getByRole('dialog', { name: 'Checkout cannot be deleted' })
  await expect(refused).toContainText('It has 3 SLOs.')
  await expect(refused.getByRole('button', { name: 'Delete the service' })).toHaveCount(0)
})

for (const person of ['viewer', 'productOwner'] as const)
  test(`a ${person} reads services and changes none`, async ({ browser }) => {
    const page = await browser.newPage({ storageState: { cookies: [], origins: [] } })
    await signIn(page, person)
    await page.goto('/services')
    await expect(page.getByRole('link', { name: 'New service' })).toHaveCount(0)
    for (const path of ['/services/new', '/services/checkout-api/edit']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: 'Not yours to change' })).toBeVisible()
    }
    await page.goto('/services/checkout-api')
    await expect(page.getByRole('button', { name: 'More about the definition' })).toHaveCount(0)
    const known = await (await page.request.get('/api/v1/services/checkout-api')).json()
    const { version, definition } = known
    const put = await page.request.put('/api/v1/services/checkout-api', { data: { version, definition } })
    const removed = await page.request.delete(`/api/v1/services/checkout-api?version=${version}`)
    expect([put.status(), removed.status()]).toEqual([403, 403])
    await page.close()
  })

test('the API says 409 with what changed, and takes no body of a megabyte', async ({ page }) => {
  const slug = await make(page)
  const { definition } = await (await page.request.get(`/api/v1/services/${slug}`)).json()
  const put = (data: unknown) => page.request.put(`/api/v1/services/${slug}`, { data })
  expect(await (await put({ version: 1, definition: { ...definition, tier: 'critical' } })).json()).toEqual({
    ...{ slug, version: 2 },
    changes: ['Tier standard → critical'],
  })
  const late = await put({ version: 1, definition })
  expect(late.status()).toBe(409)
  expect((await late.json()).detail).toContain('saved version 2 meanwhile: Tier standard → critical')
  const large = await put({ version: 2, definition: { ...definition, description: 'x'.repeat(1_000_000) } })
  expect(large.status()).toBe(400)
  expect((await page.request.delete(`/api/v1/services/${slug}`)).status()).toBe(400)
  await remove(page, slug, 2)
})

test('the specification states what is promised, why and how it is known, on a page and as Markdown', async ({ page }) => {
  await page.goto('/services/checkout-api')
  await page.getByRole('link', { name: 'Specification' }).click()
  await page.waitForURL('/services/checkout-api/specification')
  await expect(page.getByText('recommended: critical, because sales are lost')).toBeVisible()
  const placed = page.getByRole('region', { name: 'Orders placed' })
  for (const words of ['99.90 %', '30 d rolling', '≈ 43.2 min', 'status="500"', 'asked every minute'])
    await expect(placed).toContainText(words)
  await expect(placed.getByRole('row', { name: /^1 h and 5 min/ })).toContainText('2 % of the budget in 1 h')
  const answer = await page.request.get('/api/v1/services/checkout-api/specification.md')
  expect(answer.headers()['content-type']).toBe('text/markdown; charset=utf-8')
  const document = await answer.text()
  for (const words of ['# Checkout: service level objectives', '### Orders placed', '| 1 h and 5 min | page | 14.4 × |'])
    expect(document).toContain(words)
  expect((await page.request.get('/api/v1/services/nowhere/specification.md')).status()).toBe(404)
})

for (const path of ['/services/new', '/services/gift-cards/edit', '/services/checkout-api/specification'])
  itFits(path, (page) => page.goto(path))
