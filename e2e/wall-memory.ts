import type { CDPSession, Page } from '@playwright/test'
import type { WallView } from '../lib/wall/schema'

/** Refreshes a wall as fast as it goes, with answers of every kind, and counts what the browser keeps. */

/** Its seconds pass so many times faster. The clock on the wall moves with the answers, as it does for a screen whose clock is wrong. */
const FASTER = 1_500
/** So long it waits for an answer, as ever: a busy machine must not look like a network that went away. Milliseconds. */
const PATIENCE = 10_000
export type Kept = { refreshes: number; heapKilobytes: number; nodes: number; listeners: number; documents: number }

export const speedUp = (page: Page): Promise<unknown> =>
  page.addInitScript(
    ({ faster, patience }) => {
      const [timeout, interval] = [window.setTimeout, window.setInterval]
      window.setTimeout = ((work: () => void, after = 0, ...more: []) =>
        timeout(work, after === patience ? after : after / faster, ...more)) as typeof setTimeout
      window.setInterval = ((work: () => void, after = 0, ...more: []) =>
        interval(work, Math.max(20, after / faster), ...more)) as typeof setInterval
    },
    { faster: FASTER, patience: PATIENCE },
  )

/** The same fleet, where nobody has to get up. */
export function calmed(view: WallView): WallView {
  const trouble = { exhausted: 0, critical: 0, warning: 0, attention: 0, 'no-data': 0, 'not-enough-data': 0 }
  return {
    ...{ ...view, states: { ...trouble, healthy: view.total }, rows: [], pages: 0, tickets: 0, urgent: 0, watch: 0, next: null },
    ...{ stale: [], moreStale: 0, behind: { count: 0, since: null } },
  }
}

/** The same fleet, a moment later: other rows, other counts, now and then calm. */
function changed(view: WallView, n: number): WallView {
  const asOf = (view.asOf ?? 0) + n * 15
  if (n % 40 < 4) {
    return { ...calmed(view), asOf }
  }
  const rows = view.rows.map((row, i) => ({ ...row, id: row.id + (n % 7), remaining: Math.sin(n + i), pace: n % 9 }))
  const turned = [...rows.slice(n % rows.length), ...rows.slice(0, n % rows.length)]
  return { ...view, asOf, rows: turned.slice(0, turned.length - (n % 3)), pages: n % 4 }
}

/**
 * Answers instead of the server, beginning with what it said: changed ones, unchanged ones, refusals and silence. At the number that
 * is waited for it says what it said at first, and keeps the next question waiting until somebody waits again: whatever is counted
 * then is counted on the same screen.
 */
export async function refreshing(page: Page, view: WallView): Promise<{ until: (wanted: number) => Promise<void> }> {
  let count = 0
  let wanted = 0
  let [reached, go] = [() => {}, () => {}]
  const closed = () =>
    new Promise<void>((open) => {
      go = open
    })
  let gate = closed()
  await page.route('**/api/wall', async (route) => {
    count += 1
    const n = count
    const dated = (later: number) => new Date(((view.asOf ?? 0) + later) * 1000).toUTCString()
    const headers = { date: dated(n * 15), etag: `"${n}"` }
    if (n === wanted) return route.fulfill({ json: view, headers: { ...headers, date: dated(0) } })
    if (n > wanted) {
      reached()
      await gate
    }
    if (n % 50 === 0) await route.abort()
    else if (n % 33 === 0) await route.fulfill({ status: 503, body: '' })
    else if (n % 5 === 0) await route.fulfill({ status: 304, headers })
    else await route.fulfill({ json: changed(view, n), headers })
  })
  const until = async (next: number) => {
    const arrived = new Promise<void>((resolve) => {
      reached = resolve
    })
    wanted = next
    go()
    gate = closed()
    await arrived
    // The question after it is asked as soon as an answer is known, and drawn a moment later.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  }
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
