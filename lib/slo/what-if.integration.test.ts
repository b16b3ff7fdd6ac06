import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { seeded } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { whatIf } from './commands-what-if'
import type { Indicator } from './indicator'
import { sloDetail } from './reads'
import { whatIfSchema } from './what-if'

const FROM = Date.UTC(2026, 0, 5) / 1000
const NOW = FROM + 40 * DAY
const STEP = 5 * MINUTE
const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }
const OWNER: Actor = { ...VIEWER, id: '2', name: 'Sofia', role: 'slo_owner' }
const OUTAGE = { from: NOW - 3 * DAY, to: NOW - 3 * DAY + 2 * HOUR }

/** What happened in each step, to count with: requests, failures, and those within a tenth and half a second. */
const steps: { at: number; all: number; failed: number; quick: number; fair: number }[] = []

function openMetrics(): string {
  const random = seeded(5)
  const lines = { ok: '', bad: '', quick: '', fair: '', all: '' }
  const sum = { all: 0, failed: 0, quick: 0, fair: 0 }
  for (let at = FROM; at <= NOW; at += STEP) {
    const all = 200 + Math.floor(random() * 100)
    const failed = at > OUTAGE.from && at <= OUTAGE.to ? Math.floor(all / 2) : Math.floor(random() * 2)
    const quick = all - Math.floor(random() * 40)
    const fair = all - Math.floor(random() * 4)
    steps.push({ at, all, failed, quick, fair })
    for (const [key, value] of Object.entries({ all, failed, quick, fair })) sum[key as keyof typeof sum] += value
    lines.ok += `hits_total{status="200"} ${sum.all - sum.failed} ${at}\n`
    lines.bad += `hits_total{status="500"} ${sum.failed} ${at}\n`
    lines.quick += `took_bucket{app="x",le="0.1"} ${sum.quick} ${at}\n`
    lines.fair += `took_bucket{app="x",le="0.5"} ${sum.fair} ${at}\n`
    lines.all += `took_bucket{app="x",le="+Inf"} ${sum.all} ${at}\n`
  }
  const counts = lines.all.replaceAll('took_bucket{app="x",le="+Inf"}', 'took_count{app="x"}')
  return `# TYPE hits counter\n${lines.ok}${lines.bad}# TYPE took histogram\n${lines.quick}${lines.fair}${lines.all}${counts}# EOF\n`
}

const AVAILABILITY: Indicator = {
  kind: 'availability',
  requests: { metric: 'hits_total', matchers: [{ label: 'status', op: '=~', value: '.+' }] },
  failed: [{ label: 'status', op: '=', value: '500' }],
}
const LATENCY: Indicator = {
  kind: 'latency',
  histogram: { metric: 'took', matchers: [{ label: 'app', op: '=', value: 'x' }] },
  thresholdSeconds: 0.1,
}

/** By plain counting over the steps of a stretch. */
function counted(from: number, to: number, bad: (step: (typeof steps)[number]) => number, left = (_at: number) => true) {
  const within = steps.filter(({ at }) => at > from && at <= to && left(at))
  const all = within.reduce((sum, step) => sum + step.all, 0)
  return { all, sli: 1 - within.reduce((sum, step) => sum + bad(step), 0) / all }
}
const failed = ({ failed }: { failed: number }) => failed
const ask = (actor: Actor, id: number, change: Record<string, unknown>) =>
  whatIf(actor, { id, change: whatIfSchema.parse(change) })

let prometheus: TestPrometheus
let database: Awaited<ReturnType<typeof testDatabase>>
let served: number
let quick: number
let sliced: number

beforeAll(async () => {
  prometheus = await testPrometheus(openMetrics())
  database = await testDatabase()
  const slos = await testSlos(pool(), prometheus.url)
  served = await slos.addSlo({ slug: 'served', indicator: AVAILABILITY })
  quick = await slos.addSlo({ slug: 'quick', indicator: LATENCY, target: 0.9 })
  sliced = await slos.addSlo({ slug: 'sliced', indicator: AVAILABILITY, method: 'time_slices', sliceTarget: 0.9 })
  await ensurePartitions(pool(), NOW - 2 * DAY, NOW + DAY)
  while (await catchUp({ pool: pool(), shard: 0, fence: UNFENCED, now: NOW + 30 }, NOW));
}, 120_000)
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('what if', () => {
  it('nothing is changed: both sides are how it stands', async () => {
    const { before, after, ts } = await ask(VIEWER, served, {})
    expect(after).toEqual(before)
    expect(ts.length).toBeGreaterThan(300)
    const { status } = await sloDetail(VIEWER, served)
    expect(before.standing.remaining).toBeCloseTo(status?.remaining ?? 0, 3)
  })

  it('another target spends the budget faster, and fires what it would have fired', async () => {
    const { before, after } = await ask(VIEWER, served, { target: 0.999 })
    expect(after.standing.consumed).toBeCloseTo(before.standing.consumed * 10, 6)
    expect(after.standing.sli).toBe(before.standing.sli)
    expect(after.standing.budgetMinutes).toBeCloseTo(before.standing.budgetMinutes / 10, 6)
    const pages = (alerts: { severity: string }[]) => alerts.filter(({ severity }) => severity === 'page').length
    expect(pages(after.standing.alerts)).toBeGreaterThan(0)
    expect(pages(after.standing.alerts)).toBeGreaterThanOrEqual(pages(before.standing.alerts))
  })

  it.each([1, 30])('another window of %d d counts what happened in it', async (days) => {
    const { after } = await ask(VIEWER, served, { window: { kind: 'rolling', days } })
    const happened = counted(NOW - days * DAY, NOW, failed)
    expect(after.standing.sli).toBeCloseTo(happened.sli, 4)
    expect(after.standing.counts.total / happened.all).toBeCloseTo(1, 2)
  })

  it('leaving the outage out takes its events out, and its alerts', async () => {
    const exclusions = [{ from: new Date(OUTAGE.from * 1000).toISOString(), to: new Date(OUTAGE.to * 1000).toISOString() }]
    const { before, after, excluded } = await ask(VIEWER, served, { exclusions })
    const happened = counted(NOW - 7 * DAY, NOW, failed, (at) => at <= OUTAGE.from || at > OUTAGE.to)
    expect(excluded).toEqual([OUTAGE])
    expect(after.standing.sli).toBeCloseTo(happened.sli, 4)
    expect(before.standing.alerts.length).toBeGreaterThan(0)
    expect(after.standing.alerts).toEqual([])
    const slices = await ask(VIEWER, sliced, { exclusions })
    expect(slices.before.standing.counts.total).toBeCloseTo(slices.after.standing.counts.total, 6)
    // Events are seen in one minute of a step; in the others nothing happened.
    const bad = slices.before.standing.counts.total - slices.before.standing.counts.good
    expect(bad).toBe((OUTAGE.to - OUTAGE.from) / STEP)
    expect(slices.after.standing.counts.total - slices.after.standing.counts.good).toBeLessThan(1)
  })

  it('another threshold is measured from the source', async () => {
    const { before, after } = await ask(OWNER, quick, { thresholdSeconds: 0.5 })
    expect(before.standing.sli).toBeCloseTo(counted(NOW - 7 * DAY, NOW, ({ all, quick }) => all - quick).sli, 3)
    expect(after.standing.sli).toBeCloseTo(counted(NOW - 7 * DAY, NOW, ({ all, fair }) => all - fair).sli, 3)
  })

  it('a threshold between bounds is refused with the bounds, and another one altogether to viewers', async () => {
    await expect(ask(OWNER, quick, { thresholdSeconds: 0.3 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: 'thresholdSeconds', message: '0.3 s is no bucket bound. The bounds are 0.1, 0.5 s.' }],
    })
    await expect(ask(VIEWER, quick, { thresholdSeconds: 0.5 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(ask(OWNER, served, { thresholdSeconds: 0.5 })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it.each([
    [{ target: 1 }, '100 % leaves no budget'],
    [{ window: { kind: 'rolling', days: 400 } }, 'at most 366 days'],
    [{ exclusions: [{ from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z' }] }, 'The end comes after the start'],
    [{ exclusions: [{ from: '', to: '' }] }, 'Write an instant'],
  ])('%j is refused with a sentence', (change, words) =>
    expect(whatIfSchema.safeParse(change).error?.issues[0]?.message).toContain(words),
  )
})
