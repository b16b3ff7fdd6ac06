import type { WallView } from '../lib/wall/schema'
import { expect, test } from './fixtures'
import { keptBy, refreshing, speedUp } from './wall-memory'

test('300 refreshes of every kind leave as many nodes and listeners as ten', async ({ page }) => {
  const view = (await (await page.request.get('/api/wall')).json()) as WallView
  await speedUp(page)
  const { until } = await refreshing(page, view)
  await page.goto('/wall')
  const client = await page.context().newCDPSession(page)
  await until(100)
  const before = await keptBy(client, 100)
  await until(400)
  const after = await keptBy(client, 400)
  expect(after.documents).toBe(before.documents)
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 5)
  // Both are counted on the same screen. A leak of one node an answer would be 300.
  expect(after.nodes).toBeLessThan(before.nodes + 150)
  // What the engine keeps for itself moves by a megabyte or two; an answer that stays is twenty kilobytes.
  expect(after.heapKilobytes).toBeLessThan(before.heapKilobytes + 4_000)
})
