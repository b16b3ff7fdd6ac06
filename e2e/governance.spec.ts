import { expect, itFits, test } from './fixtures'

type Answer = {
  total: number
  withGaps: number
  services: { name: string; gaps: { sentence: string; link: string }[] }[]
  practices: { name: string; keeping: { kept: number; late: number; missed: number; share: number | null } }[]
}

test('what is missing stands first, as the API says it, and leads to where it is mended', async ({ page }) => {
  const found = (await (await page.request.get('/api/v1/governance')).json()) as Answer
  expect(found.withGaps).toBeGreaterThan(0)
  await page.goto('/governance')
  await expect(page.locator('.gv-answer')).toContainText(`${found.withGaps} of ${found.total} services`)
  const services = page.getByRole('table', { name: /Who holds which responsibility/ }).locator('tbody tr')
  await expect(services).toHaveCount(Math.min(50, found.total))
  const [first] = found.services
  await expect(services.first()).toContainText(first?.name ?? '')
  const gap = services.first().getByRole('link', { name: first?.gaps[0]?.sentence ?? '' })
  await expect(gap).toHaveAttribute('href', first?.gaps[0]?.link ?? '')
  const practices = page.getByRole('table', { name: /Practices/ })
  for (const { name, keeping } of found.practices) {
    const row = practices.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
    const due = keeping.kept + keeping.late + keeping.missed
    await expect(row).toContainText(due === 0 ? 'none due' : `${keeping.kept} of ${due}`)
  }
})

test('a team and gaps alone are kept in the address', async ({ page }) => {
  await page.goto('/governance')
  await page.getByRole('combobox', { name: 'Team' }).selectOption('payments')
  await expect(page).toHaveURL(/team=payments/)
  await page.getByLabel('Gaps only').check()
  await expect(page).toHaveURL(/gaps=only/)
  await expect(page.locator('.gv-none')).toHaveCount(0)
  await page.goto('/governance?q=zzz')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
})

itFits('governance', (page) => page.goto('/governance'))
