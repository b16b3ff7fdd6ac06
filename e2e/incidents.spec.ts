import { tokenFor } from './command-line'
import { addressOf, expect, expectAccessible, itFits, pressKey, signIn, test } from './fixtures'

type Numbered = { id: number }
const MINUTE = 60_000
const iso = (at: number): string => new Date(at).toISOString()
const mark = (): string => `${test.info().workerIndex}-${test.info().repeatEachIndex}-${Date.now()}`

test('an incident is opened by hand, moved on by keys, priced, and learned from', async ({ page }) => {
  const slo = (await addressOf(page, 'Searches within 300 ms')).split('/').at(-1)
  const title = `Search is slow ${mark()}`
  await page.goto(`/incidents/new?slo=${slo}`)
  await page.getByRole('button', { name: 'Open the incident' }).click()
  await expect(page.locator('.field-error')).toHaveText('Say what happened, in a line.')
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Severity').selectOption('sev4')
  await page.getByLabel('Began (UTC)').fill(iso(Date.now() - 30 * MINUTE).slice(0, 16))
  await page.getByRole('button', { name: 'Open the incident' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  const path = new URL(page.url()).pathname

  const costs = page.getByRole('table', { name: 'Cost per SLO' })
  await expect(costs.getByRole('row').filter({ hasText: 'Searches within 300 ms' })).toContainText('≈')
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await pressKey(page, 'a')
  await expect(timeline).toContainText('Acknowledged.')
  await page.getByRole('button', { name: 'Take command' }).click()
  await expect(timeline).toContainText('Commander: Emil Okafor.')
  await pressKey(page, 'n')
  await expect(page.getByLabel('Note')).toBeFocused()
  await page.getByLabel('Note').fill('Rolled back the ranking.')
  await page.getByLabel('At (UTC)').fill(iso(Date.now() + 60 * MINUTE).slice(0, 16))
  await page.getByRole('button', { name: 'Add the note' }).click()
  await expect(page.locator('.field-error')).toHaveText('This instant is still to come. Write one of the past.')
  await page.getByLabel('At (UTC)').fill(iso(Date.now() - 10 * MINUTE).slice(0, 16))
  await page.getByRole('button', { name: 'Add the note' }).click()
  await expect(timeline).toContainText('Rolled back the ranking.')
  await page.locator('h2').click()
  await pressKey(page, 'm')
  await expect(timeline).toContainText('Mitigated: the harm ended.')
  await page.getByRole('button', { name: 'Resolve' }).click()
  await expect(page.locator('.d-name')).toContainText('Resolved')

  // Somebody else saves while this one writes.
  await page.getByLabel('Root cause').fill('A ranking without a limit.')
  const { version } = (await (await page.request.get(`/api/v1${path}`)).json()) as { version: number }
  const theirs = await page.request.patch(`/api/v1${path}`, { data: { version, wentWell: 'Noticed early.' } })
  expect(theirs.status()).toBe(200)
  await page.getByRole('button', { name: 'Save what was learned' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' })
  await expect(dialog).toContainText('What went well written.')
  await dialog.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(timeline).toContainText('Root cause written.')

  await page.getByLabel('To be done').fill('Limit the ranking')
  await page.getByLabel('Owner').selectOption({ label: 'Emil Okafor' })
  await page.getByRole('button', { name: 'Add the action item' }).click()
  await page.getByRole('checkbox', { name: 'Limit the ranking' }).click()
  await expect(page.getByText('1 of 1 done')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Retrospective' }).click()
  await expect(page.getByRole('img', { name: /^Bad share of Searches within 300 ms/ })).toBeVisible()
  const document = await (await page.request.get(`/api/v1${path}/retrospective.md`)).text()
  for (const line of [
    'A ranking without a limit.',
    'Noticed early.',
    '- [x] Limit the ranking (Emil Okafor)',
    'Rolled back the ranking.',
  ])
    expect(document).toContain(line)
})

test('an Alertmanager that tells the same twice opens one incident, and a service that nobody knows is named', async ({
  page,
}) => {
  const headers = { authorization: `Bearer ${await tokenFor('engineer')}` }
  const title = `Nightly import stands still ${mark()}`
  const alert = {
    ...{ status: 'firing', fingerprint: mark(), startsAt: iso(Date.now() - 5 * MINUTE), endsAt: '0001-01-01T00:00:00Z' },
    ...{ labels: { alertname: 'ImportStands', service: 'nightly-import', severity: 'warning' }, annotations: { summary: title } },
  }
  const data = { version: '4', groupKey: mark(), status: 'firing', receiver: 'headroom', alerts: [alert] }
  const tell = async (sent: object) => (await page.request.post('/api/v1/alertmanager', { data: sent, headers })).json()
  const answers = (await Promise.all([tell(data), tell(data)])) as { alerts: { outcome: string; incidentId: number }[] }[]
  expect(answers.map(({ alerts }) => alerts[0]?.outcome).sort()).toEqual(['known', 'opened'])
  const id = answers[0]?.alerts[0]?.incidentId

  await page.goto(`/incidents/${id}`)
  await expect(page.getByText('The alert is about service=nightly-import, which Headroom does not know.')).toBeVisible()
  await page.getByRole('button', { name: 'Name the service' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit the incident' })
  await dialog.getByLabel('Services').selectOption({ label: 'Search' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Whom it hits' }).getByRole('link', { name: 'Search' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Name the service' })).toHaveCount(0)

  const ended = { ...data, alerts: [{ ...alert, status: 'resolved', endsAt: iso(Date.now()) }] }
  expect(await tell(ended)).toMatchObject({ alerts: [{ outcome: 'mitigated', incidentId: id }] })
  const refused = await page.request.post('/api/v1/alertmanager', { data })
  expect(refused.status()).toBe(403)
})

test.describe('as somebody else', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('viewers read incidents and change none', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto('/incidents?status=resolved')
    await expect(page.getByRole('heading', { name: 'Incidents', exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Open an incident' })).toHaveCount(0)
    await page.goto('/incidents/new')
    await expect(page.getByText('Viewers cannot change incidents.')).toBeVisible()
    const { items } = (await (await page.request.get('/api/v1/incidents')).json()) as { items: Numbered[] }
    const answer = await page.request.post(`/api/v1/incidents/${items[0]?.id}/notes`, { data: { text: 'Hello.' } })
    expect(answer.status()).toBe(403)
  })
})

test('the API refuses an end before the start at its field', async ({ page }) => {
  const slo = Number((await addressOf(page, 'Searches within 300 ms')).split('/').at(-1))
  const asked = { title: `Short ${mark()}`, severity: 'sev4', startedAt: iso(Date.now() - MINUTE), slos: [slo] }
  const { id } = (await (await page.request.post('/api/v1/incidents', { data: asked })).json()) as Numbered
  const answer = await page.request.post(`/api/v1/incidents/${id}/status`, {
    data: { verb: 'resolve', at: iso(Date.now() - 2 * MINUTE) },
  })
  expect(answer.status()).toBe(400)
  expect(await answer.json()).toMatchObject({ errors: [{ path: 'at', message: expect.stringContaining('before it') }] })
  expect((await page.request.post(`/api/v1/incidents/${id}/status`, { data: { verb: 'resolve' } })).status()).toBe(200)
})

for (const path of ['', '/retrospective'])
  itFits(`/incidents/[id]${path}`, async (page) => {
    const { items } = (await (await page.request.get('/api/v1/incidents')).json()) as { items: Numbered[] }
    await page.goto(`/incidents/${items.at(-1)?.id}${path}`)
  })
itFits('/incidents', (page) => page.goto('/incidents'))
