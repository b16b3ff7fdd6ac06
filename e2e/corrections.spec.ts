import { addressOf, expect, expectAccessible, itFits, signIn, test } from './fixtures'

/** What the API says of an SLO's budget. */
type Answer = { status: { remaining: number } }
const HOUR = 3_600_000
/** As a field for local time has it, in UTC. */
const field = (at: number): string => new Date(at).toISOString().slice(0, 16)

test('an exclusion is asked for, approved by somebody else, counts, and is withdrawn', async ({ page, browser }) => {
  const address = await addressOf(page, 'Cart requests served')
  const id = address.split('/').at(-1)
  const left = async () => ((await (await page.request.get(`/api/v1/slos/${id}`)).json()) as Answer).status.remaining
  const before = await left()
  const reason = `Move of the carts, ${test.info().workerIndex}-${test.info().repeatEachIndex}`

  await page.goto(address)
  await page.getByRole('link', { name: 'Exclude or credit' }).click()
  await expect(page.getByRole('heading', { name: 'New correction' })).toBeVisible()
  await page.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(page.locator('.field-error')).toContainText('Say why: whoever decides')
  await page.getByLabel('Reason').fill(reason)
  const now = Date.now()
  await page.getByLabel('From').fill(field(now - 20 * 24 * HOUR))
  await page.getByLabel('To', { exact: true }).fill(field(now - 2 * HOUR))
  const effects = page.getByRole('table', { name: 'Effect on each SLO' })
  await expect(effects.getByRole('row')).toHaveCount(2)
  await expect(effects).toContainText('bad,')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Ask for approval' }).click()
  await page.waitForURL(/\/corrections\?shown=/)

  const row = page.getByRole('row').filter({ has: page.getByRole('button', { expanded: true }) })
  await expect(row).toContainText('requested')
  await expect(page.getByText(reason)).toBeVisible()
  await expect(
    page.getByText('Only SLO owners, product owners and administrators decide about corrections.').first(),
  ).toBeVisible()
  await expect(row.getByRole('button', { name: /^Approve/ })).toHaveCount(0)
  expect(await left()).toBeCloseTo(before, 1)

  const owner = await browser.newPage({ storageState: { cookies: [], origins: [] } })
  await signIn(owner, 'sloOwner')
  await owner.goto(page.url())
  await owner
    .getByRole('row')
    .filter({ has: owner.getByRole('button', { expanded: true }) })
    .getByRole('button', { name: /^Approve/ })
    .click()
  await owner.getByLabel('Note').fill('Agreed in the change board.')
  await owner.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  const decided = owner.getByRole('row').filter({ has: owner.getByRole('button', { expanded: true }) })
  await expect(decided).toContainText('approved')
  await expect(owner.getByRole('table', { name: 'Effect on each SLO' })).toBeVisible()
  // Twelve minutes of outage are in those days.
  await expect.poll(left).toBeGreaterThan(before + 0.05)

  await page.goto(address)
  const sides = page.getByRole('table', { name: 'As measured and as it counts' })
  await expect(sides).toContainText('Left, %')
  await expect(page.getByText('dotted: as measured, hatched: excluded')).toBeVisible()
  await expect(page.locator('[fill="url(#chart-excluded)"]').first()).toBeAttached()
  await expectAccessible(page)

  await decided.getByRole('button', { name: /^Withdraw/ }).click()
  await owner.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await expect(decided).toContainText('withdrawn')
  await expect.poll(async () => Math.abs((await left()) - before)).toBeLessThan(0.05)
  await owner.close()
})

test.describe('as somebody else', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('nobody approves what they asked for, at the API neither', async ({ page }) => {
    await signIn(page, 'sloOwner')
    const address = await addressOf(page, 'Cart requests served')
    const data = {
      ...{ kind: 'credit', cause: 'agreement', reason: 'Agreed with the bank.', minutes: 5 },
      ...{ scope: { slos: [Number(address.split('/').at(-1))] }, at: new Date().toISOString() },
    }
    const asked = await page.request.post('/api/v1/corrections', { data })
    expect(asked.status()).toBe(201)
    const { id } = (await asked.json()) as { id: number }
    const answer = await page.request.post(`/api/v1/corrections/${id}/decision`, { data: { version: 1, verdict: 'approve' } })
    expect(answer.status()).toBe(403)
    expect(await answer.json()).toMatchObject({ detail: 'You asked for this correction. Somebody else has to decide.' })

    await page.goto(`/corrections?shown=${id}`)
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { expanded: true }) })
    await expect(row.getByRole('button', { name: /^Approve/ })).toHaveCount(0)
    await expect(page.getByText('You asked for this correction. Somebody else has to decide.')).toBeVisible()
    const withdrawn = await page.request.post(`/api/v1/corrections/${id}/withdrawal`, { data: { version: 1 } })
    expect(withdrawn.status()).toBe(200)
  })

  test('viewers read corrections and ask for none', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto('/corrections')
    await expect(page.getByRole('heading', { name: 'Corrections', exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'New correction' })).toHaveCount(0)
    await page.goto('/corrections/new')
    await expect(page.getByText('Viewers cannot ask for corrections.')).toBeVisible()
  })
})

for (const [name, change, message] of [
  ['an end before the start', { to: '2026-07-01T01:00' }, 'The end is not after the start. Write a later end.'],
  ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'Use an IANA time zone, for example Europe/Berlin.'],
  ['a rule that is none', { rrule: 'FREQ=SOMETIMES' }, 'Begin the rule with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY'],
  [
    'occurrences that overlap',
    { to: '2026-07-04T02:00', rrule: 'FREQ=DAILY' },
    'One occurrence begins before the one before has ended',
  ],
] as const)
  test(`the API refuses ${name} at its field`, async ({ page }) => {
    const schedule = { from: '2026-07-01T02:00', to: '2026-07-01T03:00', timeZone: 'Europe/Berlin', ...change }
    const scope = { service: 'checkout-api' }
    const data = { kind: 'exclusion', cause: 'maintenance', reason: 'Test', scope, schedule }
    const answer = await page.request.post('/api/v1/corrections', { data })
    expect(answer.status()).toBe(400)
    const { errors } = (await answer.json()) as { errors: { path: string; message: string }[] }
    expect(errors[0]?.message).toContain(message)
    expect(errors[0]?.path).toBe(`schedule.${Object.keys(change).at(-1)}`)
  })

for (const path of ['/corrections', '/corrections/new?service=checkout-api']) itFits(path, (page) => page.goto(path))
