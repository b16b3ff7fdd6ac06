import { mkdirSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { signIn } from '../e2e/fixtures'
import { keptBy, refreshing, speedUp } from '../e2e/wall-memory'
import type { WallView } from '../lib/wall/schema'

// What a wall keeps after 10,000 refreshes, nearly two days of them: npm run bench:wall, against a demo that runs at E2E_BASE_URL.

const AT = [100, 1_000, 2_500, 5_000, 7_500, 10_000]
const baseURL = process.env.E2E_BASE_URL ?? 'http://localhost:3000'
const browser = await chromium.launch({
  ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const context = await browser.newContext({ baseURL, viewport: { width: 1920, height: 1080 } })
  await signIn(context, 'engineer')
  const page = await context.newPage()
  const view = (await (await context.request.get('/api/wall')).json()) as WallView
  await speedUp(page)
  const { until } = await refreshing(page, view)
  await page.goto('/wall')
  const client = await context.newCDPSession(page)
  const kept = []
  for (const count of AT) {
    await until(count)
    kept.push(await keptBy(client, count))
    process.stdout.write(`${JSON.stringify(kept.at(-1))}\n`)
  }
  mkdirSync('bench/results', { recursive: true })
  writeFileSync('bench/results/wall-memory.json', `${JSON.stringify(kept, null, 2)}\n`)
} finally {
  await browser.close()
}
