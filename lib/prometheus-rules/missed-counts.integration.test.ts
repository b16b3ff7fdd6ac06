import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator } from '../slo/indicator'
import { planOf } from '../slo/measurement-plan'
import { MINUTE } from '../time-series/units'
import { missedCounts } from './missed-counts'
import { LAG } from './names'
import type { RecordingRule } from './rule'

const FROM = Date.UTC(2026, 6, 1) / 1000
const MINUTES = Array.from({ length: 200 }, (_, i) => i)
const HOLE = [140, 141]
const AFTER = 142
/** Scrapes of every ten seconds, though nobody said so. */
const SCRAPES = Array.from({ length: 200 * 6 }, (_, i) => i * 10 + 7)

/** `counted`: the counter of a part, and what it grows by in a minute; `failing`: the bad events that were recorded of it */
type World = {
  name: string
  counted: string
  indicator: Indicator
  failing: (minute: number) => number
  grows: (minute: number) => number
}
const selector = (metric: string) => ({ metric, matchers: [] })
const WORLDS: World[] = [
  {
    ...{ name: 'completeness', counted: 'processed_total' },
    indicator: { kind: 'completeness', processed: selector('processed_total'), expected: selector('all_total') },
    // Nothing is processed for a quarter of an hour, and twice as much in the next.
    failing: (minute) => (minute > 100 && minute <= 115 ? 600 : 0),
    grows: (minute) => (minute > 100 && minute <= 115 ? 0 : minute > 115 && minute <= 130 ? 1_200 : 600),
  },
  {
    ...{ name: 'availability', counted: 'failed_total' },
    indicator: { kind: 'bad-total', bad: [selector('failed_total')], total: [selector('all_total')] },
    // An outage that ends more than an hour before the end of the hole.
    failing: (minute) => (minute > 60 && minute <= 80 ? 500 : 0),
    grows: (minute) => (minute > 60 && minute <= 80 ? 500 : 0),
  },
]

let prometheus: TestPrometheus
beforeAll(async () => {
  const series = (name: string, points: [number, number][]) => points.map(([at, value]) => `${name} ${value} ${FROM + at}`)
  const counter = (name: string, perMinute: (minute: number) => number) => {
    let value = 1_000
    return series(
      name,
      SCRAPES.map((at) => {
        value += perMinute(Math.ceil(at / MINUTE)) / 6
        return [at, value]
      }),
    )
  }
  const recorded = (name: string, slo: string, of: (minute: number) => number) =>
    series(
      `headroom:${name}{service="shop",slo="${slo}"}`,
      MINUTES.filter((minute) => minute > 0 && minute <= AFTER && !HOLE.includes(minute)).map((minute) => [
        minute * MINUTE + LAG,
        of(minute),
      ]),
    )
  const texts = [
    ...counter('all_total', () => 600),
    ...WORLDS.flatMap(({ counted, grows }) => counter(counted, grows)),
    ...WORLDS.flatMap(({ name, failing }) => [
      ...recorded('slo_total:count1m', name, () => 600),
      ...recorded('slo_bad:count1m', name, failing),
    ]),
  ]
  const nameOf = (line: string) => line.slice(0, line.indexOf(' '))
  const byName = texts.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  prometheus = await testPrometheus(`${byName.join('\n')}\n# EOF\n`)
})
afterAll(() => prometheus?.stop())

describe('what was missed in a hole of two minutes', () => {
  it.each(WORLDS)('is what happened in it, whatever went wrong before: $name', async ({ name, indicator }) => {
    const rules = missedCounts(planOf(indicator), { service: 'shop', slo: name }, null)
    const { expr } = rules.find((rule) => rule.record.endsWith(':missed')) as RecordingRule
    const found = await prometheusClient({ url: prometheus.url }).instant(expr, FROM + AFTER * MINUTE + LAG)
    const of = (part: string) => found.find(({ labels }) => (labels.headroom_part ?? '') === part)?.value ?? 0
    // What `increase` extrapolates of an hour is a third of a scrape in ten.
    expect(Math.abs(of('') - 1_200)).toBeLessThan(150)
    expect(of('1')).toBeLessThan(30)
  })
})
