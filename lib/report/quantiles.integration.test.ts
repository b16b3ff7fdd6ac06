import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { monthPeriod } from '../ledger/period'
import { seeded } from '../measurement/known-truth'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { DAY, HOUR } from '../time-series/units'
import { measureQuantiles } from './commands-quantiles'

/** A month with a clock change in it: 743 hours. Traffic of two pods becomes slower from day to day. */
const ZONE = 'Europe/Berlin'
const MARCH = monthPeriod('2026-03', ZONE)
const NOW = MARCH.to + HOUR
const BOUNDS = [0.1, 0.3, 1, 3]
const STEP = 600

let prometheus: TestPrometheus
let database: Awaited<ReturnType<typeof testDatabase>>
const slos: Record<string, number> = {}

function exposition(): string {
  const random = seeded(5)
  const lines = ['# TYPE seconds histogram']
  for (const pod of ['a', 'b']) {
    const counts = [...BOUNDS, Number.POSITIVE_INFINITY].map(() => 0)
    const points: string[][] = counts.map(() => [])
    for (let at = MARCH.from - DAY; at <= NOW; at += STEP) {
      const day = (at - MARCH.from) / DAY
      for (let i = 0; i < 60; i += 1) {
        const took = 0.05 * (1 / (1 - random() * 0.999)) ** (0.4 + day / 60)
        counts.forEach((_, b) => {
          if (took <= (BOUNDS[b] ?? Number.POSITIVE_INFINITY)) counts[b] = (counts[b] ?? 0) + 1
        })
      }
      counts.forEach((count, b) => {
        points[b]?.push(`seconds_bucket{pod="${pod}",le="${BOUNDS[b] ?? '+Inf'}"} ${count} ${at}`)
      })
    }
    lines.push(...points.flat())
  }
  return `${lines.join('\n')}\n# EOF\n`
}

beforeAll(async () => {
  prometheus = await testPrometheus(exposition())
  database = await testDatabase()
  const made = await testSlos(pool(), prometheus.url)
  await pool().query('UPDATE service SET time_zone = $1', [ZONE])
  const latency = (thresholdSeconds: number, metric = 'seconds') => ({
    kind: 'latency' as const,
    histogram: { metric, matchers: [] },
    thresholdSeconds,
  })
  slos.fast = await made.addSlo({ slug: 'fast', indicator: latency(0.1) })
  slos.slow = await made.addSlo({ slug: 'slow', indicator: latency(1) })
  slos.none = await made.addSlo({ slug: 'none', indicator: latency(1, 'nothing') })
  await pool().query('UPDATE slo_evaluation SET history_from = $1', [MARCH.from + HOUR])
})
afterAll(async () => {
  await database.drop()
  await prometheus.stop()
})

const stored = async (slo: number | undefined) =>
  (await pool().query('SELECT from_ts, to_ts, p50, p95, p99, note FROM month_quantile WHERE slo_id = $1', [slo])).rows

describe('the quantiles of a month', () => {
  it('wait for a source that does not answer, for a day', async () => {
    await pool().query(`UPDATE data_source SET url = 'http://127.0.0.1:9'`)
    expect(await measureQuantiles(pool(), NOW)).toBe(2)
    expect(await stored(slos.fast)).toEqual([])
    await pool().query('UPDATE data_source SET url = $1', [prometheus.url])
  })

  it('are what Prometheus says of the whole month at once', async () => {
    expect(await measureQuantiles(pool(), NOW)).toBe(0)
    const client = prometheusClient({ url: prometheus.url })
    const [fast] = await stored(slos.fast)
    expect([fast.from_ts, fast.to_ts, fast.note]).toEqual([MARCH.from, MARCH.to, ''])
    for (const [name, q] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const query = `histogram_quantile(${q}, sum by (le) (increase(seconds_bucket[${MARCH.to - MARCH.from}s])))`
      const truth = (await client.instant(query, MARCH.to))[0]?.value ?? Number.NaN
      expect(Math.abs(fast[name] / truth - 1)).toBeLessThan(0.002)
    }
    // Another threshold over the same histogram is the same question.
    expect((await stored(slos.slow))[0]).toMatchObject({ p50: fast.p50, p95: fast.p95, p99: fast.p99 })
  })

  it('are none where nothing was observed, in a sentence', async () => {
    expect(await stored(slos.none)).toMatchObject([{ p50: null, note: 'The source has no observations of this month.' }])
  })

  it('are given up when the source stays away', async () => {
    await pool().query('DELETE FROM month_quantile')
    await pool().query(`UPDATE data_source SET url = 'http://127.0.0.1:9'`)
    expect(await measureQuantiles(pool(), MARCH.to + DAY + HOUR)).toBe(0)
    expect((await stored(slos.fast))[0].note).toContain('did not answer within a day after the month')
  })
})
