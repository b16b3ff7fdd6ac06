import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { addressOf, expect, pressKey, signIn, test } from './fixtures'

// What the product is for, in one piece and in real time: a service of the demo fails, and everything that follows does.

const SERVICE = 'help-centre'
const SLO = 'Help pages served'
const MINUTE = 60_000
/** A total outage pages within two ticks or three; a short window of five minutes has to pass before that is over. */
const FIRES_WITHIN = 6 * MINUTE
const ENDS_WITHIN = 12 * MINUTE

const { demoUrl } = JSON.parse(readFileSync(join(process.env.E2E_DATA ?? '.headroom', 'runtime.json'), 'utf8')) as {
  demoUrl: string
}
const mend = () => fetch(`${demoUrl}/faults?service=${SERVICE}`, { method: 'DELETE' })

type Received = { event: string; subject: string; incidentId: number | null; slo: { id: number } | null }
const received: Received[] = []
let sink: Server
let channel: number

test.use({ storageState: { cookies: [], origins: [] } })
// A second attempt would begin in the middle of what the first one left.
test.describe.configure({ retries: 0 })

test.beforeAll(async () => {
  sink = createServer(async (request, response) => {
    received.push((await json(request)) as Received)
    response.end('ok')
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
})
test.afterAll(async () => {
  await mend()
  await new Promise((resolve) => sink.close(resolve))
})

/** Notices about the SLO that reached the receiver. */
const noticesOf = (slo: number, event: string) => received.filter((one) => one.slo?.id === slo && one.event === event)

async function prepare(page: Page, slo: number): Promise<void> {
  const ok = async (answer: Promise<{ status: () => number; text: () => Promise<string> }>, status: number) => {
    const got = await answer
    expect(got.status(), await got.text()).toBe(status)
  }
  const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/notices`
  const made = await page.request.post('/api/v1/channels', {
    data: {
      kind: 'webhook',
      name: `Help centre on call ${slo}`,
      url,
      secret: 'only for this test',
      routes: [{ severities: ['page'] }],
    },
  })
  expect(made.status(), await made.text()).toBe(201)
  channel = ((await made.json()) as { id: number }).id
  // Its promise is a loose one: a page that asks for less, without two minutes of patience at the end, is over in minutes.
  const settings = {
    pairs: [{ long: 3600, short: 300, severity: 'page', at: { burn: 3.6 }, minFailures: 5 }],
    keepFiring: 0,
    suppressByDependency: false,
  }
  const policy = { name: 'Pages at once', slug: 'pages-at-once', settings }
  await ok(page.request.post('/api/v1/alert-policies', { data: policy }), 201)
  await ok(
    page.request.put('/api/v1/alert-policy-assignments', { data: { scope: `service:${SERVICE}`, policy: policy.slug } }),
    200,
  )
}

const percentIn = (text: string): number => Number(/(\d+(?:\.\d+)?)\s?%/.exec(text)?.[1] ?? Number.NaN)

test('a service breaks: it pages, costs, is told of once, recovers, and leaves a retrospective with its numbers', async ({
  page,
}) => {
  test.setTimeout(25 * MINUTE)
  await signIn(page, 'sloOwner')
  const path = await addressOf(page, SLO)
  const slo = Number(path.split('/').at(-1))
  await prepare(page, slo)

  await test.step('it breaks, and the page fires', async () => {
    await page.goto(path)
    const broken = await fetch(`${demoUrl}/faults`, { method: 'POST', body: JSON.stringify({ service: SERVICE, minutes: 20 }) })
    expect(broken.status).toBe(200)
    const pairs = page.getByRole('region', { name: 'Alert pairs' })
    await expect(pairs.getByText('firing')).toBeVisible({ timeout: FIRES_WITHIN })
  })

  await test.step('it is mended at once', async () => {
    expect((await mend()).status).toBe(200)
  })

  const costs = page.getByRole('table', { name: 'Cost per SLO' }).getByRole('row').filter({ hasText: SLO })
  const timeline = page.getByRole('region', { name: 'Timeline' })
  const cost = async () => percentIn((await costs.locator('td').nth(1).textContent()) ?? '')
  let incident = ''

  await test.step('an incident is open, and its cost grows with what has failed meanwhile', async () => {
    await page.goto('/incidents')
    await page.getByRole('row').filter({ hasText: 'Help centre' }).first().getByRole('link').first().click()
    await expect(page.locator('.d-name')).toContainText('Detected')
    incident = new URL(page.url()).pathname
    await expect.poll(cost, { timeout: MINUTE }).toBeGreaterThan(0)
    const first = await cost()
    await pressKey(page, 'a')
    await expect(timeline).toContainText('Acknowledged.')
    await expect.poll(cost, { timeout: 4 * MINUTE }).toBeGreaterThan(first)
  })

  await test.step('the notice came once', async () => {
    await expect.poll(() => noticesOf(slo, 'alert.fired').length).toBe(1)
    expect(noticesOf(slo, 'alert.fired')[0]).toMatchObject({ incidentId: Number(incident.split('/').at(-1)) })
    expect(noticesOf(slo, 'alert.fired')[0]?.subject).toContain(SLO)
  })

  await test.step('it recovers: the page ends and the harm with it', async () => {
    await expect(page.locator('.d-name')).toContainText('Mitigated', { timeout: ENDS_WITHIN })
    await expect.poll(() => noticesOf(slo, 'alert.resolved').length, { timeout: MINUTE }).toBe(1)
  })

  const name = `INC-${incident.split('/').at(-1)}`
  await test.step('the ledger has its line, and the chart its mark', async () => {
    await page.goto(`${path}/ledger`)
    const line = page.getByRole('row').filter({ hasText: name })
    await expect(line).toHaveCount(1)
    const inLedger = percentIn((await line.locator('td').nth(1).textContent()) ?? '')
    await page.goto(`${path}?range=24h`)
    await expect(page.locator(`.lane [aria-label*="Incident ${name},"]`)).toBeAttached()
    await page.goto(incident)
    // Both are rounded to a tenth, the one by itself and the other so that the lines add up.
    expect(Math.abs((await cost()) - inLedger)).toBeLessThanOrEqual(0.11)
  })

  await test.step('it is resolved, learned from and reviewed', async () => {
    await page.getByRole('button', { name: 'Resolve' }).click()
    await expect(page.locator('.d-name')).toContainText('Resolved')
    await page.getByLabel('Root cause').fill('Somebody broke it on purpose.')
    await page.getByLabel('What went well').fill('The page came at once.')
    await page.getByLabel('What went badly').fill('Nobody had tried it before.')
    await page.getByRole('button', { name: 'Save what was learned' }).click()
    await expect(timeline).toContainText('Root cause written.')
    const spent = (await cost()).toFixed(1)
    await page.getByRole('link', { name: 'Retrospective' }).click()
    await expect(page.getByRole('img', { name: /^Bad share of/ })).toBeVisible()
    await expect(costs.locator('td').nth(1)).toContainText(`${spent} %`)
    const document = await (await page.request.get(`/api/v1${incident}/retrospective.md`)).text()
    expect(document).toContain('Somebody broke it on purpose.')
    expect(document).toMatch(new RegExp(`${SLO}.*${spent} %`))
  })

  await test.step('nothing was told twice', async () => {
    const { items } = (await (await page.request.get(`/api/v1/outbox?channel=${channel}`)).json()) as {
      items: { state: string; event: string }[]
    }
    expect(items.every(({ state }) => state === 'sent')).toBe(true)
    expect(noticesOf(slo, 'alert.fired')).toHaveLength(1)
    expect(noticesOf(slo, 'alert.resolved')).toHaveLength(1)
  })
})
