import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, expectAccessible, itFits, signIn, test } from './fixtures'

const SECRET = 'a secret of the receiver'
type Received = { body: string; signature: string; name: string }

test.describe('as an SLO owner', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('a channel is made, tried out, heard, followed in the outbox, sent again and deleted', async ({ page }) => {
    const received: Received[] = []
    const server: Server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const { 'x-headroom-signature': signature, 'idempotency-key': name } = request.headers
        received.push({ body, signature: String(signature), name: String(name) })
        response.end('thanks')
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const name = `Hook ${test.info().workerIndex}-${test.info().repeatEachIndex}-${Date.now()}`

    await signIn(page, 'sloOwner')
    await page.goto('/settings/channels')
    await page.getByRole('button', { name: 'Add a channel' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel('Webhook').check()
    await dialog.getByLabel('Address').fill('ftp://example.org')
    await dialog.getByRole('button', { name: 'Save the channel' }).click()
    await expect(dialog.getByText('Write an address that begins with http:// or https://')).toBeVisible()
    await expect(dialog.getByText('Write a secret of at least 16 characters.')).toBeVisible()
    await dialog.getByLabel('Address').fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)
    await dialog.getByLabel('Secret').fill(SECRET)
    // Nothing that happens in the demo meanwhile is meant for it.
    await dialog.getByLabel('tickets').check()
    await dialog.getByLabel('best effort').check()
    await expect(dialog.getByText('tickets of best effort services')).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save the channel' }).click()
    await expect(dialog).toHaveCount(0)

    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row).toContainText('Webhook, signed')
    await expect(row).toContainText('tickets of best effort services')
    await row.getByRole('button', { name: `Change ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Send a test notice' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'is in the outbox and goes out now' })).toBeVisible()
    await expect.poll(() => received.length).toBe(1)
    const [{ body, signature }] = received as [Received]
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? []
    expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex'))
    expect(JSON.parse(body)).toMatchObject({ event: 'test', subject: `Test: “${name}” can be reached` })

    await page.getByRole('link', { name: 'Outbox' }).click()
    await page.getByLabel('Channel').selectOption({ label: name })
    await page.waitForURL(/channel=/)
    const message = page.getByRole('row').filter({ hasText: `Test: “${name}”` })
    await expect(message).toHaveCount(1)
    await expect(async () => {
      await page.reload()
      await expect(message.first()).toContainText('sent', { timeout: 1_000 })
    }).toPass()
    await message.getByRole('link').click()
    // What a webhook answers beyond its status is not kept.
    await expect(page.getByRole('list', { name: 'Attempts' })).toHaveText(/arrived: 200 OK$/)
    await expectAccessible(page)
    await message.getByRole('button', { name: /^Send again/ }).click()
    await expect(message).toHaveCount(2)
    await expect.poll(() => received.length).toBe(2)
    expect(received[1]?.name).not.toBe(received[0]?.name)

    await page.getByRole('link', { name: 'Channels' }).click()
    await row.getByRole('button', { name: `Change ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the channel' }).click()
    await expect(row).toHaveCount(0)
    await new Promise((resolve) => server.close(resolve))
  })

  test('viewers do not see where notices go', async ({ page }) => {
    await signIn(page, 'viewer')
    await page.goto('/settings/channels')
    await expect(page.getByText('Viewers do not see where notices go.')).toBeVisible()
    expect((await page.request.get('/api/v1/outbox')).status()).toBe(403)
  })
})

test('engineers read, and change nothing', async ({ page }) => {
  await page.goto('/settings/channels')
  await expect(page.getByRole('heading', { name: 'Notifications' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add a channel' })).toHaveCount(0)
  const refused = await page.request.post('/api/v1/channels', { data: { kind: 'email', name: 'M', to: ['a@example.org'] } })
  expect(refused.status()).toBe(403)
})

itFits('/settings/channels', (page) => page.goto('/settings/channels'))
