import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlo, testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { countedWorld } from '../measurement/counted-world'
import { ensurePartitions } from '../measurement/partitions'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator, Matcher } from '../slo/indicator'
import { DAY } from '../time-series/units'
import { catchUp } from './catch-up'

/** Every kind of indicator and every way of counting, beside what really happened. */

const FROM = Date.UTC(2026, 0, 5) / 1000
const LENGTH = 6 * 3600
const truth = countedWorld({ from: FROM, seconds: LENGTH, seed: 5 })
const [START, END] = [FROM + 600, FROM + LENGTH - 600]

const is = (label: string, value: string, op: Matcher['op'] = '='): Matcher => ({ label, op, value })
const all = (metric: string, ...matchers: Matcher[]) => ({ metric, matchers })
const REQUESTS = all('http_requests_total')
const PROBES = { label: 'route', values: ['/health'] }
const AVAILABILITY: Indicator = {
  kind: 'availability',
  requests: REQUESTS,
  failed: [is('status', '5..', '=~')],
  excluded: PROBES,
}
const latency = (metric: string, thresholdSeconds: number): Indicator => ({
  ...{ kind: 'latency', histogram: all(metric), thresholdSeconds, excluded: PROBES },
})

const events = (metric: string, labels: Record<string, string> = {}) => truth.count(metric, labels, START, END)
const paid = events('http_requests_total', { route: '/pay' })
const wrong = (status: string) => events('http_requests_total', { route: '/pay', status })
const expected = events('records_expected_total')
const over = (metric: string, le: string) =>
  events(`${metric}_count`, { route: '/pay' }) - events(`${metric}_bucket`, { route: '/pay', le })

type Case = [name: string, slo: Omit<TestSlo, 'slug'>, total: number, bad: number]
const EVENTS: Case[] = [
  ['availability, probes left out', { indicator: AVAILABILITY }, paid, wrong('500') + wrong('504')],
  [
    'availability with its probes',
    { indicator: { ...AVAILABILITY, excluded: undefined } },
    events('http_requests_total'),
    wrong('500') + wrong('504'),
  ],
  [
    'error rate of one class',
    {
      indicator: {
        kind: 'error-rate',
        requests: REQUESTS,
        errorClass: 'timeout',
        failed: [is('status', '504')],
        excluded: PROBES,
      },
    },
    paid,
    wrong('504'),
  ],
  ['latency, le="0.3"', { indicator: latency('classic_seconds', 0.3) }, paid, over('classic_seconds', '0.3')],
  ['latency, le="1"', { indicator: latency('classic_seconds', 1) }, paid, over('classic_seconds', '1')],
  ['latency, le="1.0"', { indicator: latency('modern_seconds', 1) }, paid, over('modern_seconds', '1.0')],
  [
    'quality',
    { indicator: { kind: 'quality', responses: all('responses_total'), degraded: [is('quality', 'degraded')] } },
    events('responses_total'),
    events('responses_total', { quality: 'degraded' }),
  ],
  [
    'freshness of batches',
    { indicator: { kind: 'freshness-batches', batches: all('batch_runs_total'), late: [is('outcome', 'late')] } },
    events('batch_runs_total'),
    events('batch_runs_total', { outcome: 'late' }),
  ],
  [
    'completeness',
    { indicator: { kind: 'completeness', processed: all('records_processed_total'), expected: all('records_expected_total') } },
    expected,
    expected - events('records_processed_total'),
  ],
  [
    'good of total',
    {
      indicator: { kind: 'good-total', good: [all('batch_runs_total', is('outcome', 'done'))], total: [all('batch_runs_total')] },
    },
    events('batch_runs_total'),
    events('batch_runs_total', { outcome: 'late' }),
  ],
  [
    'bad of total, from several counters',
    {
      indicator: {
        kind: 'bad-total',
        bad: [all('batch_runs_total', is('outcome', 'late')), all('responses_total', is('quality', 'degraded'))],
        total: [all('batch_runs_total'), all('responses_total')],
      },
    },
    events('batch_runs_total') + events('responses_total'),
    events('batch_runs_total', { outcome: 'late' }) + events('responses_total', { quality: 'degraded' }),
  ],
]

const minutes = Array.from({ length: (END - START) / 60 }, (_, i) => START + 60 * (i + 1))
const troubled = minutes.filter(truth.troubled)
const badShare = (ts: number) => {
  const failed = ['500', '504'].map((status) => truth.count('http_requests_total', { route: '/pay', status }, ts - 60, ts))
  return failed.reduce((a, b) => a + b, 0) / truth.count('http_requests_total', { route: '/pay' }, ts - 60, ts)
}
const shares = (of: (ts: number) => number) => minutes.reduce((sum, ts) => sum + of(ts), 0)
/** Three troubles of twenty failed runs: too old from the sixth minute on, until the 21st run is seen a minute later. */
const stale = 3 * (21 - 5)

const SLICES: Case[] = [
  ['time slices', { indicator: AVAILABILITY, method: 'time_slices', sliceTarget: 0.8 }, minutes.length, troubled.length],
  ['ratio time slices', { indicator: AVAILABILITY, method: 'ratio_time_slices' }, minutes.length, shares(badShare)],
  [
    'throughput',
    { indicator: { kind: 'throughput', events: all('events_total'), floorPerSecond: 25 } },
    minutes.length,
    troubled.length,
  ],
  [
    'freshness of data',
    { indicator: { kind: 'freshness-age', timestamp: all('last_success_timestamp_seconds'), limitSeconds: 300 } },
    minutes.length,
    stale,
  ],
  ['boolean gauge', { indicator: { kind: 'boolean', series: all('probe_success') } }, minutes.length, troubled.length],
  [
    'share expression',
    { indicator: { kind: 'ratio', expression: 'min(sync_ratio)' } },
    minutes.length,
    shares((ts) => (truth.troubled(ts) ? 0.5 : 0.1)),
  ],
]

let prometheus: TestPrometheus
beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
})
afterAll(() => prometheus.stop())

// What was measured as it happened and what was read long afterwards has to be the same.
describe.each([
  ['minutes ago', 30],
  ['ten days ago', 10 * DAY],
])('what happened %s', (_, age) => {
  const ids = new Map<string, number>()
  beforeAll(async () => {
    const database = await testDatabase()
    const slos = await testSlos(pool(), prometheus.url)
    const cases = [...EVENTS, ...SLICES]
    for (const [i, [name, slo]] of cases.entries()) ids.set(name, await slos.addSlo({ slug: `slo-${i}`, ...slo }))
    const now = END + age
    await ensurePartitions(pool(), now - 2 * DAY, now + DAY)
    while (await catchUp({ pool: pool(), shard: 0, fence: UNFENCED, now }, END));
    return async () => {
      await disconnect()
      await database.drop()
    }
  })

  async function counted(name: string) {
    const { rows } = await pool().query<{ good: number; total: number; measured: number }>(
      'SELECT good, total, measured FROM sample_5m WHERE slo_id = $1 AND ts = ANY($2::int[]) ORDER BY ts',
      [ids.get(name), [START, END]],
    )
    const [start, end] = rows
    if (!start || !end) throw new Error(`${name} was not measured.`)
    const total = end.total - start.total
    return { total, bad: total - (end.good - start.good), measured: end.measured - start.measured }
  }

  it.each(EVENTS)('%s: within two per mille of the events', async (name, _slo, total, bad) => {
    const found = await counted(name)
    expect(found.measured).toBe(minutes.length)
    expect(Math.abs(found.total / total - 1), `${found.total} of ${total}`).toBeLessThan(0.002)
    expect(Math.abs(found.bad / bad - 1), `${found.bad} of ${bad} bad`).toBeLessThan(0.002)
  })

  it.each(SLICES)('%s: minute by minute', async (name, _slo, total, bad) => {
    const found = await counted(name)
    expect(found.total).toBe(total)
    expect(Math.abs(found.bad - bad), `${found.bad} of ${bad} bad`).toBeLessThanOrEqual(0.002 * total)
  })
})
