import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import type { WallView } from '../lib/wall/schema'
import { nextProgram } from '../scripts/world/build'
import { freePort } from '../scripts/world/ports'
import { expect, expectAccessible, signedInAs, test } from './fixtures'
import { later } from './wall-clock'

/** A link for a screen that nobody signs in to. */
async function linked(browser: Browser): Promise<{ name: string; path: string; revoke: () => Promise<unknown>; owner: Page }> {
  const owner = await signedInAs(browser, 'sloOwner')
  const name = `Test ${Date.now()}`
  const made = await owner.request.post('/api/v1/wall-links', { data: { name, days: 1 } })
  expect(made.status(), await made.text()).toBe(201)
  const { id, path } = (await made.json()) as { id: string; path: string }
  return { name, path, revoke: () => owner.request.post(`/api/v1/wall-links/${id}/revocation`), owner }
}

test('a link opens the wall and nothing else, until it is revoked', async ({ page, browser }) => {
  const { name, path, revoke, owner } = await linked(browser)
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, colorScheme: 'light' })
  const screen = await context.newPage()
  await screen.clock.install()
  const answer = await screen.goto(path)
  expect(answer?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' })
  await expect(screen.locator('.w-row:visible').first()).toBeVisible()
  // From here on the secret is in no address, and no script of the page can read it.
  await expect(screen).toHaveURL(/\/wall\/link$/)
  expect(await screen.evaluate(() => document.cookie)).not.toContain('hw_')
  const secret = path.replace('/wall/', '')
  for (const closed of ['/api/v1/slos', '/api/slos/overview', '/api/v1/wall-links'])
    expect((await context.request.get(closed, { headers: { authorization: `Bearer ${secret}` } })).status()).toBe(401)
  expect((await context.request.get('/api/wall')).status()).toBe(401)
  await revoke()
  await later(screen, 15)
  await expect(screen.getByRole('heading', { name: /^This link to the wall was revoked\./ })).toBeVisible()
  await expect(screen.locator('.w-row, .w-tally')).toHaveCount(0)
  await screen.reload()
  await expect(screen.getByRole('heading', { name: /was revoked/ })).toBeVisible()
  await expectAccessible(screen)
  await context.close()
  await owner.context().close()
  await page.goto('/settings/walls')
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('revoked')
  await expect(page.getByRole('button', { name: 'Make a link' })).toHaveCount(0)
})

test('an SLO owner makes a link whose address is shown once, and revokes it', async ({ browser }) => {
  const page = await signedInAs(browser, 'sloOwner')
  await page.goto('/settings/walls')
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByText('Say where the screen hangs')).toBeVisible()
  const name = `Canteen ${Date.now()}`
  await page.getByLabel('Where the screen hangs').fill(name)
  await page.getByLabel('Tier').selectOption('critical')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByLabel('Address')).toHaveValue(/\/wall\/hw_/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('button', { name: 'Revoke the link' }).click()
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('revoked')
  await page.context().close()
})

/** The built app once more, on a port of its own and the database of the demo. */
async function start(port: number): Promise<ChildProcess> {
  const { databaseUrl } = JSON.parse(readFileSync(join(process.env.E2E_DATA ?? '.headroom', 'runtime.json'), 'utf8'))
  const address = `http://127.0.0.1:${port}`
  const own = { DATABASE_URL: databaseUrl, NEXTAUTH_URL: address, NEXTAUTH_SECRET: 'a secret of this test', HEADROOM_DEMO: '1' }
  const child = spawn(process.execPath, [nextProgram, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    env: { ...process.env, ...own, NODE_ENV: 'production' },
    stdio: 'ignore',
  })
  await expect
    .poll(
      () =>
        fetch(`${address}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 40_000 },
    )
    .toBe(true)
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('the server goes away and comes back, and the wall goes on without anybody', async ({ page, browser }) => {
  test.slow()
  const { path, owner } = await linked(browser)
  const port = await freePort()
  let server = await start(port)
  try {
    await page.clock.install()
    await page.goto(`http://127.0.0.1:${port}${path}`)
    await expect(page.locator('.w-row:visible').first()).toBeVisible()
    await page.evaluate(() => Object.assign(window, { sameAsBefore: true }))
    await stop(server)
    await later(page, 15)
    await later(page, 5)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('No connection since')
    await later(page, 3_600)
    server = await start(port)
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/wall/link') && response.status() === 200)
    await later(page, 30)
    const { asOf } = (await (await answer).json()) as WallView
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('No connection')
    await expect(page.locator('.w-fresh')).toContainText(new Date((asOf ?? 0) * 1000).toISOString().slice(11, 19))
    expect(await page.evaluate(() => 'sameAsBefore' in window)).toBe(true)
  } finally {
    await stop(server)
    await owner.context().close()
  }
})
