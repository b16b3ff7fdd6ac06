import type { CDPSession, Page } from '@playwright/test'
import type { WallView } from '../lib/wall/schema'

/** Refreshes a wall as fast as it goes, with answers of every kind, and counts what the browser keeps. */

/** Its seconds pass so many times faster. The clock on the wall moves with the answers, as it does for a screen whose clock is wrong. */
const FASTER = 1_500
export type Kept = { refreshes: number; heapKilobytes: number; nodes: number; listeners: number; documents: number }

export const speedUp = (page: Page): Promise<unknown> =>
  page.addInitScript((faster) => {
    const [timeout, interval] = [window.setTimeout, window.setInterval]
    window.setTimeout = ((work: () => void, after = 0, ...more: []) =>
      timeout(work, after / faster, ...more)) as typeof setTimeout
    window.setInterval = ((work: () => void, after = 0, ...more: []) =>
      interval(work, Math.max(20, after / faster), ...more)) as typeof setInterval
  }, FASTER)

/** The same fleet, a moment later: other rows, other counts, now and then calm. */
function changed(view: WallView, n: number): WallView {
  const asOf = (view.asOf ?? 0) + n * 15
  if (n % 40 < 4) {
    const states = { ...view.states, exhausted: 0, critical: 0, warning: 0, 'no-data': 0, healthy: view.total }
    return { ...view, asOf, states, rows: [], pages: 0, tickets: 0, urgent: 0, watch: 0, stale: [], next: null }
  }
  const rows = view.rows.map((row, i) => ({ ...row, id: row.id + (n % 7), remaining: Math.sin(n + i), pace: n % 9 }))
  const turned = [...rows.slice(n % rows.length), ...rows.slice(0, n % rows.length)]
  return { ...view, asOf, rows: turned.slice(0, turned.length - (n % 3)), pages: n % 4 }
}

/** Answers instead of the server, beginning with what it said: changed ones, unchanged ones, refusals and silence. */
export async function refreshing(page: Page, view: WallView): Promise<{ until: (count: number) => Promise<void> }> {
  let count = 0
  let waiting: { count: number; reached: () => void } | undefined
  await page.route('**/api/wall', async (route) => {
    count += 1
    const n = count
    const headers = { date: new Date(((view.asOf ?? 0) + n * 15) * 1000).toUTCString(), etag: `"${n}"` }
    if (n % 50 === 0) await route.abort()
    else if (n % 33 === 0) await route.fulfill({ status: 503, body: '' })
    else if (n % 5 === 0) await route.fulfill({ status: 304, headers })
    else await route.fulfill({ json: changed(view, n), headers })
    if (waiting && n >= waiting.count) waiting.reached()
  })
  const until = (wanted: number) =>
    new Promise<void>((reached) => {
      if (count >= wanted) reached()
      else waiting = { count: wanted, reached }
    })
  return { until }
}

/** What is left once everything that can be thrown away was. */
export async function keptBy(client: CDPSession, refreshes: number): Promise<Kept> {
  await client.send('HeapProfiler.enable')
  for (let i = 0; i < 3; i += 1) await client.send('HeapProfiler.collectGarbage')
  await client.send('Performance.enable')
  const { metrics } = await client.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return {
    refreshes,
    heapKilobytes: Math.round(of('JSHeapUsedSize') / 1024),
    ...{ nodes: of('Nodes'), listeners: of('JSEventListeners'), documents: of('Documents') },
  }
}
