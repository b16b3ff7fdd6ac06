import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator, Matcher } from '../slo/indicator'
import { planOf } from '../slo/measurement-plan'
import { MINUTE } from '../time-series/units'
import { LAG } from './names'
import type { RecordingRule } from './rule'
import { sortedCounts, sortedOf } from './sorted-counts'

const FROM = Date.UTC(2026, 6, 1) / 1000

// Counted up by this much every 15 s, four times a minute.
const COUNTERS: [labels: string, each: number][] = [
  ['job="shop",code="200"', 40],
  ['job="shop",code="2.0"', 3],
  ['job="shop",code="250"', 4],
  ['job="shop",code="404"', 5],
  ['job="shop",code="500"', 2],
  ['job="shop",code="503"', 1],
  ['job="shop"', 7],
  ['job="other",code="500"', 1_000],
]
const TOTAL = 4 * (40 + 3 + 4 + 5 + 2 + 1 + 7)

let prometheus: TestPrometheus
beforeAll(async () => {
  const scrapes = Array.from({ length: 121 }, (_, i) => i)
  const lines = COUNTERS.flatMap(([labels, each]) => scrapes.map((i) => `r_total{${labels}} ${i * each} ${FROM + i * 15}`))
  prometheus = await testPrometheus(`${lines.join('\n')}\n# EOF\n`)
})
afterAll(() => prometheus?.stop())

const requests = { metric: 'r_total', matchers: [{ label: 'job', op: '=' as const, value: 'shop' }] }
const code = (op: Matcher['op'], value: string): Matcher => ({ label: 'code', op, value })

const twice = { ...requests, matchers: [...requests.matchers, ...requests.matchers, code('=', '500')] }

/** What the rule that reads the counters records, and which of it the rule of bad events takes. */
async function counted(indicator: Indicator) {
  const sorted = sortedOf(planOf(indicator))
  if (!sorted) throw new Error('These are not read once.')
  const rules = sortedCounts(sorted, { service: 'shop', slo: 'orders' }, 'prometheus') as [
    RecordingRule,
    RecordingRule,
    RecordingRule,
  ]
  const [events, , bad] = rules
  const parts = await prometheusClient({ url: prometheus.url }).instant(events.expr, FROM + 20 * MINUTE + LAG)
  const taken = /headroom_part="(1?)"/.exec(bad.expr)?.[1]
  const sum = (some: typeof parts) => some.reduce((all, { value }) => all + value, 0)
  return { total: sum(parts), bad: sum(parts.filter(({ labels }) => (labels.headroom_part ?? '') === taken)) }
}

describe('events that are read once', () => {
  it.each<[string, Matcher, bad: number]>([
    ['a value', code('=', '500'), 8],
    ['a value that looks like a pattern', code('=', '2.0'), 12],
    ['a pattern', code('=~', '5..'), 12],
    ['a pattern that fits a part of a value', code('=~', '5'), 0],
    ['all but a value', code('!=', '200'), TOTAL - 160],
    ['all but a pattern', code('!~', '2..|404'), 4 * (2 + 1 + 7)],
    ['no value', code('=', ''), 28],
    ['any value', code('!=', ''), TOTAL - 28],
  ])('are sorted by %s', async (_, failed, bad) => {
    expect(await counted({ kind: 'availability', requests, failed: [failed] })).toEqual({ total: TOTAL, bad })
  })

  it('are sorted by what is good, too', async () => {
    const good = { ...requests, matchers: [...requests.matchers, code('!~', '5..')] }
    expect(await counted({ kind: 'good-total', good: [good], total: [requests] })).toEqual({ total: TOTAL, bad: 12 })
  })

  it.each<[string, Indicator]>([
    ['two matchers', { kind: 'availability', requests, failed: [code('=~', '5..'), { label: 'path', op: '=', value: '/' }] }],
    ['another metric', { kind: 'bad-total', bad: [{ ...requests, metric: 'failed_total' }], total: [requests] }],
    ['other matchers', { kind: 'bad-total', bad: [{ metric: 'r_total', matchers: [code('=', '500')] }], total: [requests] }],
    [
      'a matcher that is missing',
      { kind: 'bad-total', bad: [twice], total: [{ ...requests, matchers: [...requests.matchers, code('!=', '')] }] },
    ],
    ['several sums', { kind: 'bad-total', bad: [requests, requests], total: [requests] }],
    ['buckets', { kind: 'latency', histogram: requests, thresholdSeconds: 1 }],
    ['no events', { kind: 'boolean', series: requests }],
  ])('are read apart where they differ by %s', (_, indicator) => {
    expect(sortedOf(planOf(indicator))).toBeNull()
  })
})
