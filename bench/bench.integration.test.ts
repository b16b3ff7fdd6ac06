import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { testPrometheus } from '../lib/prometheus/test-server'
import { HOUR, MINUTE } from '../lib/time-series/units'
import { measureBaseline } from './baseline'
import { measureCauses } from './causes'
import { measureCorrections } from './corrections'
import { alone, availability, mixed } from './fleet'
import { measureLedger } from './ledger'
import { measureReports } from './reports'
import { measureRules } from './rules'
import { counters } from './series'

// The bench in small: that it measures what it says. How fast anything is, only the bench itself says.

const at = Math.floor(Date.UTC(2026, 2, 4, 12) / 1000)
const ticks = 2
let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  prometheus = await testPrometheus(counters(12, { from: at - 2 * HOUR, to: at + (ticks + 2) * MINUTE }))
  database = await testDatabase()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('the bench', () => {
  it.each([
    ['all alike', availability, 12],
    ['a fifth on their own', mixed, 12],
    ['nothing shared', alone, 12],
  ] as const)('moves every SLO of a fleet on at every tick: %s', async (_, indicatorOf, count) => {
    const run = { url: prometheus.url, count, at, ticks, indicatorOf }
    const figures = await measureLedger(pool(), run)
    expect(figures).toMatchObject({ slos: count, ticks })
    expect(figures.queriesPerTick).toBeGreaterThan(0)
    expect(figures.cpuSecondsPerSlo).toBeGreaterThanOrEqual(0)
    const { rows } = await pool().query<{ count: number; newest: number; minutes: number }>(
      `SELECT count(*)::int AS count, max(ts) AS newest, (SELECT count(*) / $1 FROM sample_1m)::int AS minutes FROM slo_status`,
      [count],
    )
    // Two days of minutes, both ends and the ticks.
    expect(rows[0]).toEqual({ count, newest: at + (ticks + 1) * MINUTE, minutes: 2_881 + ticks + 1 })
  })

  it('lays a nightly exclusion over 90 days of every SLO, and touches no sample', async () => {
    await measureLedger(pool(), { url: prometheus.url, count: 3, at, ticks, indicatorOf: availability })
    const sum = async () => (await pool().query('SELECT sum(good) AS good FROM sample_1m')).rows[0]
    const before = await sum()
    const figures = await measureCorrections(pool(), at, 3)
    // A night a day over 90 days and the three ahead, of each SLO.
    expect(figures.slos).toBe(3)
    expect(figures.spans / 3).toBeGreaterThanOrEqual(92)
    expect(figures.spans / 3).toBeLessThanOrEqual(94)
    expect(await sum()).toEqual(before)
  })

  it('builds reports of every service while it ticks', async () => {
    await measureLedger(pool(), { url: prometheus.url, count: 12, at, ticks, indicatorOf: availability })
    const figures = await measureReports(pool(), at, at + (ticks + 2) * MINUTE, 1)
    expect(figures).toMatchObject({ services: 2, slos: 12 })
    const { rows } = await pool().query<{ month: string; count: number; judged: number }>(
      `SELECT month, count(*)::int AS count, sum(judged)::int AS judged FROM report WHERE service_id IS NOT NULL GROUP BY month ORDER BY month`,
    )
    // At the beginning of March: of 75 days of history, January and February are whole.
    expect(rows).toEqual(['2026-01', '2026-02'].map((month) => ({ month, count: 2, judged: 12 })))
  })

  it('asks the baseline once per SLO and window', async () => {
    const baseline = await measureBaseline(prometheus.url, 3, at)
    expect(baseline).toMatchObject({ slos: 3, queriesPerSlo: 8 })
    expect(baseline.cpuSecondsPerSlo).toBeGreaterThanOrEqual(0)
  })

  it('draws up the ledger of an SLO with many causes, over 90 days', async () => {
    const { lines, buckets } = await measureCauses(pool(), at)
    // Sixty incidents of its own and thirty releases; the others' fall into other hours.
    expect(lines).toBeGreaterThan(120)
    expect(buckets).toBe(91)
  })

  it('asks one Prometheus for three sets of rules', async () => {
    const { headroom, sloth, pyrra, ofTheCheaper } = await measureRules({ slos: 2, days: 2 })
    expect([headroom.rules, sloth.rules, pyrra.rules]).toEqual([66, 34, 26])
    for (const { secondsPerMinute } of [headroom, sloth, pyrra]) expect(secondsPerMinute).toBeGreaterThan(0)
    expect(ofTheCheaper).toBeGreaterThan(0)
  })
})
