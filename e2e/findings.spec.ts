import { addressOf, expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures'

const SUSPICIOUS = 'Ledger on time'

test('what is suspicious about an indicator is said where the SLO is shown, with what to do', async ({ page }) => {
  const address = await addressOf(page, SUSPICIOUS)
  const findings = async () => (await (await page.request.get(`/api/v1${address}/findings`)).json()).items
  await expect.poll(async () => (await findings()).length, { timeout: 60_000 }).toBe(1)
  expect(await findings()).toMatchObject([
    { check: 'never-any-burn', severity: 'doubtful', message: expect.stringContaining('Try the condition on a past incident') },
  ])
  await page.goto(address)
  const panel = page.getByRole('region', { name: 'Checks of the indicator' })
  await expect(panel).toContainText('Doubtful: never any burn')
  await expect(panel).toContainText(/Not one of \d+ events was bad in \d+ d/)
  for (const [width, height] of [
    [1280, 720],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  }
})

test('the list marks it in words, and can be narrowed to it', async ({ page }) => {
  await page.goto('/?q=never+any+burn')
  const row = page.getByRole('row', { name: new RegExp(SUSPICIOUS) })
  await expect(row).toContainText('Check the indicator: never any burn')
  await page.goto('/')
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: /never any burn/ }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/check=never/)
  await expect(row).toBeVisible()
  await expect(page.getByRole('row', { name: /Payments accepted/ })).toHaveCount(0)
  await expectAccessible(page)
})

test('a sound indicator is left in peace', async ({ page }) => {
  const address = await addressOf(page, 'Orders placed')
  await page.goto(address)
  await expect(page.getByRole('region', { name: 'Checks of the indicator' })).toHaveCount(0)
})
