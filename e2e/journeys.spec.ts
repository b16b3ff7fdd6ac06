import type { Page } from '@playwright/test'
import { addressOf, expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from './fixtures'

const unique = (what: string) => `${what} ${Date.now().toString(36)}`

/** Writes a journey through the API as the page's own person would, in place of one that a stopped run has left. */
async function write(page: Page, name: string, slos: (string | null)[]): Promise<string> {
  const { items } = await (await page.request.get('/api/v1/journeys')).json()
  const left = (items as { name: string; slug: string }[]).filter((one) => one.name.startsWith(name.replace(/\w+$/, '')))
  for (const { slug } of left) await remove(page, slug)
  const slug = name.toLowerCase().replaceAll(' ', '-')
  const steps = slos.map((slo, i) => ({ name: `Step ${i + 1}`, sliType: 'availability', threshold: '99.9 %', slo }))
  const data = { name, slug, criticality: 'low', steps }
  const answer = await page.request.post('/api/v1/journeys', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return slug
}

async function remove(page: Page, slug: string): Promise<void> {
  const { version } = await (await page.request.get(`/api/v1/journeys/${slug}`)).json()
  expect((await page.request.delete(`/api/v1/journeys/${slug}?version=${version}`)).status()).toBe(200)
}

test('the list and the map say how each step and the whole way stand, by shape and word', async ({ page }) => {
  await page.goto('/journeys')
  const row = page.getByRole('row').filter({ hasText: 'Buy something' })
  await expect(row.getByRole('cell', { name: 'critical', exact: true })).toBeVisible()
  await expect(row.getByRole('listitem')).toHaveCount(5)
  await expectAccessible(page)
  await row.getByRole('link', { name: 'Buy something' }).click()
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect(steps).toHaveCount(5)
  await expect(steps.first()).toContainText('healthy')
  await expect(steps.first()).toContainText('not part of the result (28 d rolling)')
  await expect(steps.last()).toContainText(/% left/)
  await expect(page.getByRole('region', { name: 'The whole way' })).toContainText('Rule: product')
  await expectAccessible(page)
  await page.goto('/journeys/get-it-delivered')
  await expect(steps.last()).toContainText('not measured')
})

test('a journey is written, put into another order and deleted by keyboard alone', async ({ page }) => {
  const name = unique('Look around')
  await page.goto('/journeys/new')
  const field = page.getByLabel('Name', { exact: true })
  await expect(field).toBeEnabled()
  await field.focus()
  await page.keyboard.insertText(name)
  const second = page.getByLabel('Step 2', { exact: true })
  for (const [step, slo] of [
    ['Step 1', 'search-api/within-300ms'],
    ['Step 2', null],
  ] as const) {
    await page.getByLabel(step, { exact: true }).focus()
    await page.keyboard.insertText(step === 'Step 1' ? 'Search' : 'Wander')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('300 ms')
    await page.keyboard.press('Tab')
    if (slo) await page.locator(':focus').selectOption(slo)
  }
  await page.getByRole('button', { name: 'Move step 2 up' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Step 1', { exact: true })).toHaveValue('Wander')
  await expect(second).toHaveValue('Search')
  await expect(page.getByRole('button', { name: 'Move step 1 down' })).toBeFocused()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save the journey' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Steps' }).getByRole('heading')).toHaveText(['Wander', 'Search'])
  await page.getByRole('button', { name: 'More about the journey' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await page.getByRole('button', { name: 'Delete the journey' }).press('Enter')
  await expect(page).toHaveURL('/journeys')
  await expect(page.getByText(name)).toHaveCount(0)
})

test('overlaps are refused at the field, and what was chosen stays', async ({ page }) => {
  await page.goto('/journeys/buy-something/edit')
  await expect(page.getByLabel('Measured by').first()).toHaveValue('storefront-web/pages-served')
  await page.getByLabel('Name', { exact: true }).fill('Get help')
  await page.getByLabel('Measured by').nth(1).selectOption('storefront-web/pages-served')
  await page.getByRole('button', { name: 'Save the journey' }).click()
  await expect(page.getByText('There is a journey “Get help” already.').first()).toBeVisible()
  await expect(page.getByText('Step 1 is measured by this SLO already.')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
})

test('the second of two is told what the first changed, and chooses', async ({ page }) => {
  const slug = await write(page, unique('Two at once'), ['gift-cards/requests-served'])
  await page.goto(`/journeys/${slug}/edit`)
  const { version: _, result: __, steps, ...journey } = await (await page.request.get(`/api/v1/journeys/${slug}`)).json()
  const kept = steps.map((step: { slo: { key: string } }) => ({ ...step, slo: step.slo.key }))
  const first = { version: 1, journey: { ...journey, steps: kept, criticality: 'medium' } }
  expect((await page.request.put(`/api/v1/journeys/${slug}`, { data: first })).status()).toBe(200)
  expect((await page.request.put(`/api/v1/journeys/${slug}`, { data: first })).status()).toBe(409)
  await page.getByLabel('Description').fill('mine')
  await page.getByRole('button', { name: 'Save the journey' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' })
  await expect(dialog).toContainText('Emil Okafor saved version 2')
  await expect(dialog).toContainText('Criticality low → medium')
  await dialog.getByRole('button', { name: 'Go on from theirs' }).click()
  await expect(page.getByLabel('Criticality')).toHaveValue('medium')
  await expect(page.getByLabel('Description')).toHaveValue('')
  await remove(page, slug)
})

test('the composite of a journey is made from its page, previewed, and evaluated with history', async ({ page }) => {
  test.setTimeout(120_000)
  const name = unique('Order again')
  const slug = await write(page, name, ['cart-api/requests-served', 'checkout-api/orders-placed'])
  await page.goto(`/journeys/${slug}`)
  await page.getByRole('link', { name: 'Create the composite SLO of this journey' }).click()
  await expect(page.getByLabel('Member 2, service')).toHaveValue('checkout-api')
  await page.getByLabel('Rule').selectOption('worst-of')
  await expect(page.getByText('as strong as its weakest link')).toBeVisible()
  await expect(page.locator('[data-figure="left"]')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Activate' }).click()
  await page.waitForURL(`/journeys/${slug}`)
  await expect(page.getByRole('region', { name: 'The whole way' })).toContainText('Rule: worst of')
  const id = Number((await addressOf(page, name)).split('/').at(-1))
  const measured = async () => {
    const history = await (await page.request.get(`/api/v1/slos/${id}/history?range=90d`)).json()
    return history.points.filter((point: { sli: number | null }) => point.sli !== null).length
  }
  await expect.poll(measured, { timeout: 60_000 }).toBeGreaterThan(300)
  await page.goto(`/slos/${id}`)
  const members = page.getByRole('table', { name: 'Members' })
  await expect(members.getByRole('row')).toHaveCount(3)
  await expect(members).toContainText('Orders placed')
  await page.getByRole('button', { name: 'Verify against Prometheus' }).click()
  await expect(page.getByRole('dialog')).toContainText('computed from its members')
  await expectAccessible(page)
  await remove(page, slug)
  await page.request.delete(`/api/v1/slos/${id}/definition?version=1`)
})

test.describe('a viewer', () => {
  test.use({ storageState: { cookies: [], origins: [] } })
  test('reads journeys and is told who writes them, on screens and through the API', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto('/journeys/buy-something')
    await expect(page.getByRole('button', { name: 'More about the journey' })).toHaveCount(0)
    for (const path of ['/journeys/new', '/journeys/buy-something/edit']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: 'Not yours to change' })).toBeVisible()
    }
    const refused = await page.request.delete('/api/v1/journeys/buy-something?version=1')
    expect(refused.status()).toBe(403)
  })
})

test('on a phone nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/journeys', '/journeys/buy-something', '/journeys/buy-something/edit', '/slos/new?template=journey']) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
    await expectNoSidewaysScroll(page)
  }
  await expectAccessible(page)
})
