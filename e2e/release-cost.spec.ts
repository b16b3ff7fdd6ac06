import { expect, expectAccessible, ownVersion, signedInAs, test } from './fixtures'

/** Its “Pages within 1 s” is at warning for weeks: a release of four days ago made pages slow. */
const WARNING = 'storefront-web'

test('a risky release in warning goes from a refusal over a waiver and approvals to what it cost', async ({ page, browser }) => {
  // What it cost is measured by the next pass in the background, every five minutes.
  test.setTimeout(780_000)
  const version = ownVersion()
  await page.goto(`/releases/new?service=${WARNING}`)
  await page.getByLabel('Version').fill(version)
  await page.getByLabel('What changes').fill('A new gallery, for everyone at once.')
  for (const question of await page.getByRole('group', { name: /\?$/ }).all())
    await question.getByRole('radio', { name: 'yes' }).check()
  await expect(page.getByText(/^High risk\. 7 of 7 points/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'It would be blocked' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Ask for the release' }).click()
  await expect(page.getByRole('heading', { name: 'Blocked: only a waiver opens it' })).toBeVisible()
  await expect(page.getByText('matrix[warning][high] = block')).toBeVisible()
  const address = new URL(page.url()).pathname

  const product = await signedInAs(browser, 'productOwner')
  await product.goto(address)
  await product.getByRole('button', { name: 'Refuse' }).click()
  await expect(product.getByText('Say why it is refused.')).toBeVisible()
  await product.getByLabel('Reason').fill('Show the load test first.')
  await product.getByRole('button', { name: 'Refuse' }).click()
  await expect(product.getByRole('heading', { name: 'Refused by Pablo Reyes' })).toBeVisible()

  await page.reload()
  await expect(page.getByText('Show the load test first.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByRole('button', { name: 'Ask for a waiver' }).first().click()
  await page.getByLabel('Why').fill('The sale begins tomorrow, and the load test is green now.')
  await page.getByRole('button', { name: 'Ask for the waiver' }).click()
  const waiver = page.getByRole('region', { name: 'Waivers' })
  await expect(waiver).toContainText('2 of 2 signatures missing')
  const link = waiver.getByRole('link', { name: /^W-/ }).first()

  const objective = await signedInAs(browser, 'sloOwner')
  for (const signer of [product, objective]) {
    await signer.goto((await link.getAttribute('href')) ?? '')
    await signer.getByRole('button', { name: 'Sign' }).click()
    await signer.getByRole('dialog').getByRole('button', { name: 'Sign it' }).click()
    await expect(signer.getByRole('dialog')).toBeHidden()
  }
  await expect(objective.getByRole('heading', { name: /^In force until/ })).toBeVisible()

  // It is decided anew by itself, within a minute.
  const stands = async () => {
    const { status, decision } = await (await page.request.get(`/api/v1/release-requests/${address.split('/').at(-1)}`)).json()
    return `${status}: ${decision}`
  }
  await expect.poll(stands, { timeout: 150_000, intervals: [2_000] }).toBe('decided: review')
  await page.reload()
  await expect(page.locator('#verdict')).toHaveText('Review: waits for the product owner and SLO owner')

  await product.goto(address)
  await expect(product.getByRole('heading', { name: 'Review: your decision is needed' })).toBeVisible()
  await product.getByRole('checkbox', { name: 'Rolls back by itself' }).uncheck()
  await product.getByRole('button', { name: 'Approve with 1 condition', exact: true }).click()
  await expect(product.getByText('Missing: the word of the SLO owner.')).toBeVisible()
  await objective.goto(address)
  await objective.getByRole('button', { name: 'Approve as is' }).click()
  await expect(objective.getByRole('heading', { name: /^Approved until/ })).toBeVisible()

  await page.reload()
  await page.getByRole('checkbox', { name: 'Canary 10 % for at least 30 min' }).check()
  await expect(page.getByText('1 of 1 kept')).toBeVisible()
  await page.getByRole('button', { name: 'Mark as released' }).click()
  // A pipeline told nobody for a day: so its day can be measured at once.
  const yesterday = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 16)
  await page.getByLabel('At (UTC)').fill(yesterday)
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as released' }).click()
  await expect(page.getByRole('heading', { name: /^Went out/ })).toBeVisible()
  // Pages that are open refresh themselves: nobody looks at them while it takes minutes.
  for (const one of [product, objective]) await one.context().close()
  await page.goto('about:blank')
  // The pass that measures comes every five minutes, and not while the poller has something to catch up with.
  await expect.poll(stands, { timeout: 600_000, intervals: [5_000] }).toBe('observed: review')
  await page.goto(address)
  await expect(page.locator('#verdict')).toHaveText(/^Went out and cost (nothing|[\d.]+ % of a budget)$/)
  await expect(page.getByRole('table', { name: 'Cost of this release per SLO' })).toContainText('Pages within 1 s')
  await expectAccessible(page)
})
