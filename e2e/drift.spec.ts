import { expect, expectAccessible, expectNoSidewaysScroll, itFits, signedInAs, test } from './fixtures'

type Answer = {
  inStep: string
  sources: { name: string; sentence: string; loadedGroups: number; problem: string | null }[]
  items: { id: number; name: string; state: string; problems: { kind: string; rule: string; ours: string; theirs: string }[] }[]
}

/** Somebody edited the fast page of one SLO of the demo by hand; SLOs that other tests define are not exported. */
const EDITED = 'different'

test('the page says what drifts, as the API does, and leads to the SLO and its rules', async ({ page }) => {
  const ask = async () => (await (await page.request.get('/api/v1/drift?limit=500')).json()) as Answer
  const edited = async () =>
    (await ask()).items.find(({ state, problems }) => state === EDITED && problems[0]?.theirs?.includes('>= 20'))
  await page.goto('/drift')
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Asked/ })).toBeVisible()
  const found = await edited()
  const { sources } = await ask()
  for (const { name, sentence } of sources)
    await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toContainText(sentence)
  const row = page
    .getByRole('table', { name: 'SLOs whose rules are not in step' })
    .getByRole('row')
    .filter({ hasText: found?.name ?? '' })
  await expect(row).toContainText('Different')
  await row.getByText('Compare').click()
  await expect(row).toContainText('>= 14.4')
  await expect(row).toContainText('>= 20')
  await expect(row.getByRole('link', { name: `The rules of ${found?.name}` })).toHaveAttribute(
    'href',
    `/slos/${found?.id}/export`,
  )
  await expectAccessible(page)
  await row.getByRole('link', { name: found?.name, exact: true }).click()
  const line = page.getByRole('region', { name: 'Drift' })
  await expect(line).toContainText('Different')
  await expect(line).toContainText('SLOBudgetBurn (page, 1h, 5m): its expression differs.')
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('people who only look are told whom to ask', async ({ browser }) => {
  const viewer = await signedInAs(browser, 'viewer')
  await viewer.goto('/drift')
  await expect(viewer.getByRole('button', { name: 'Check now' })).toBeDisabled()
  const answer = await viewer.request.post('/api/v1/drift', { data: {} })
  expect([401, 403]).toContain(answer.status())
  await viewer.context().close()
})

itFits('drift', (page) => page.goto('/drift'))
