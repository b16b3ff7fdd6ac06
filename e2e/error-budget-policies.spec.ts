import { addressOf, expect, expectAccessible, itFits, signIn, test } from './fixtures'

test.describe('as who decides about policies', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('a policy is copied, changed beside what it would have done, saved, agreed to, assigned, and deleted', async ({
    page,
  }) => {
    test.slow()
    await signIn(page, 'sloOwner')
    const name = `Wiki ${test.info().workerIndex}-${test.info().repeatEachIndex}-${test.info().retry}`
    await page.goto('/policies/error-budget/standard')
    await page.getByRole('link', { name: 'Copy' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    const answer = page.locator('.b-answer')
    await expect(answer).toHaveText(/^It would have decided the \d+ releases of the last 90 days the same\.$/)

    // Thresholds have to rise, and a sentence says so where they stand.
    const pace = page.getByLabel('Attention, pace above')
    await pace.fill('1.7')
    await page.getByRole('button', { name: 'Save the policy' }).click()
    await expect(page.getByText('Pace thresholds must rise from attention to warning to critical.').first()).toBeVisible()
    await pace.fill('0.8')
    const cell = page.getByLabel('Healthy, medium risk')
    await cell.selectOption('block')
    await expect(answer).toHaveText(/^Of the \d+ releases of the last 90 days it would have blocked \d+/)
    const blocked = page.getByRole('region', { name: /^Would have blocked these \d+ releases$/ })
    const counted = Number(/blocked (\d+)/.exec((await answer.textContent()) ?? '')?.[1])
    await expect(blocked.getByRole('heading')).toHaveText(`Would have blocked these ${counted} releases`)
    await expect(blocked.getByRole('listitem').first()).toContainText(/approve → block/)
    await expect(page.getByText('Attention with medium risk is easier than healthy. Check the table.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Days in each state' })).toBeVisible()
    await page.getByRole('button', { name: 'A freeze window' }).click()
    const freeze = page.getByRole('group', { name: 'Freeze window 1', exact: true })
    await freeze.getByLabel('Name').fill('Spring cleaning')
    await freeze.getByLabel('From').fill('2031-03-01T08:00')
    await freeze.getByLabel('To', { exact: true }).fill('2031-03-02T08:00')
    await freeze.getByLabel('Comes again').selectOption('yearly')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save the policy' }).click()

    await expect(page.getByRole('heading', { name: `${name}: what follows from the error budget` })).toBeVisible()
    await expect(page.getByRole('row', { name: /^healthy/ })).toContainText('approveblockreview')
    await expect(page.getByText(/was spent more than 0\.8 times as fast as it lasts/)).toBeVisible()
    await expect(page.getByText('Normal releases resume.')).toBeVisible()
    await expect(page.getByText(/Spring cleaning, .*every year: blocks, not for a security fix/)).toBeVisible()
    await expect(page.getByText(/still open: engineer, SLO owner and product owner\./)).toBeVisible()
    await page.getByRole('button', { name: 'Agree as SLO owner' }).click()
    await expect(page.getByText(/agreed by Sofia Marchetti as SLO owner; still open: engineer and product owner\./)).toBeVisible()
    await expectAccessible(page)

    await page.goto('/policies')
    await page.getByRole('button', { name: 'Assign budget policy' }).click()
    await page.getByLabel('Policy', { exact: true }).selectOption({ label: name })
    await page.getByLabel('Holds for').selectOption({ value: 'service:staff-wiki' })
    await page.getByRole('button', { name: 'Assign it' }).click()
    const own = page.getByRole('article', { name })
    await expect(own).toContainText('holds for 1 service and 2 SLOs')
    await expectAccessible(page)
    await page.goto('/services/staff-wiki')
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('button', { name: 'Take it back from Staff wiki' }).click()
    await expect(page.getByText('Assigned nowhere.')).toBeVisible()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Healthy, medium risk').selectOption('approve')
    await page.getByRole('button', { name: 'Save the policy' }).click()
    await expect(page.getByText('Healthy, medium risk: block → approve')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Agree as SLO owner' })).toBeVisible()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete the policy' }).click()
    await expect(page.getByRole('heading', { name: 'Error-budget policies' })).toBeVisible()
    await expect(page.getByRole('article', { name })).toHaveCount(0)
  })

  test('the editor is accessible and fits', async ({ page }) => {
    await signIn(page, 'productOwner')
    for (const [width, height] of [
      [1280, 720],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.goto('/policies/error-budget/critical-services/edit')
      await expect(page.locator('.b-answer')).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
      await page.emulateMedia({ colorScheme: width === 390 ? 'dark' : 'light', reducedMotion: 'reduce' })
      await expectAccessible(page)
    }
  })
})

test('whoever may not decide reads, and is told why', async ({ page }) => {
  await page.goto(await addressOf(page, 'Orders placed'))
  await page.getByRole('link', { name: 'Critical services' }).click()
  await expect(page.getByText(/agreed by Emil Okafor as engineer and Sofia Marchetti as SLO owner/).first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  await page.goto('/policies/error-budget/new')
  await expect(page.getByRole('heading', { name: 'Not yours to change' })).toBeVisible()
  const { settings } = await (await page.request.get('/api/v1/error-budget-policies/lenient')).json()
  const asked = { data: { settings, of: 'critical-services' } }
  const said = await (await page.request.post('/api/v1/error-budget-policies/preview', asked)).json()
  expect(said).toMatchObject({ reach: 'Where Critical services holds now.', releases: expect.any(Number) })
  expect(said.answer).toContain('releases of the last 90 days')
  const refused = await page.request.put('/api/v1/error-budget-policies/standard/agreement', {
    data: { version: 7, agrees: true },
  })
  expect([refused.status(), ((await refused.json()) as { detail: string }).detail]).toEqual([
    409,
    'The present version is 1. Read it before you agree.',
  ])
})

itFits('/policies', (page) => page.goto('/policies'))
itFits('an error-budget policy', (page) => page.goto('/policies/error-budget/critical-services'))
