import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator } from '../slo/indicator'
import { planOf, type SourcePlan } from '../slo/measurement-plan'
import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { measure } from './measure'

/** Series that are there from one scrape to the next: what they already hold happened just now, or long ago. */
const FROM = Date.UTC(2026, 6, 1) / 1000
const LENGTH = 6 * HOUR
const SCRAPE = 15
const PER_SCRAPE = 150
/** between two minutes, and between two steps of five */
const RELABELLED = 2 * HOUR + 130

let prometheus: TestPrometheus
beforeAll(async () => {
  const instants = Array.from({ length: LENGTH / SCRAPE }, (_, i) => i * SCRAPE)
  const counter = (labels: string, value: (at: Seconds) => number | null) =>
    instants.flatMap((at) => {
      const now = value(at)
      return now === null ? [] : [`r_total{${labels}} ${now} ${FROM + at}`]
    })
  const text = [
    ...counter('service="a",pod="1",code="200"', (at) => 1e6 + (at / SCRAPE) * PER_SCRAPE),
    // The first failure that is scraped is the seventh.
    ...counter('service="a",pod="1",code="500"', (at) => (at < 2 * HOUR ? null : at < 3 * HOUR ? 7 : 9)),
    // A pod that was out of sight for two hours, with all that it ever counted.
    ...counter('service="a",pod="2",code="500"', (at) => (at > HOUR && at < 3.5 * HOUR ? null : 50_000)),
    // A pod that starts.
    ...counter('service="a",pod="3",code="200"', (at) => (at < 4 * HOUR ? null : 12 + ((at - 4 * HOUR) / SCRAPE) * 10)),
    // A service whose first sample ever is seen in the fifth hour: nobody knows since when it counts.
    ...counter('service="b",pod="1",code="200"', (at) => (at < 5 * HOUR ? null : 300 + ((at - 5 * HOUR) / SCRAPE) * 10)),
    ...counter('service="b",pod="1",code="500"', (at) => (at < 5 * HOUR ? null : 20)),
    // All series of a service get another label; one of its routes has seen next to nothing.
    ...['', ',job="c"'].flatMap((job, i) =>
      ['busy', 'quiet'].flatMap((route) =>
        ['c_seconds_bucket{le="0.5",', 'c_seconds_count{'].flatMap((name) =>
          instants
            .filter((at) => at < RELABELLED === (i === 0))
            .map((at) => `${name}route="${route}"${job}} ${route === 'busy' ? 1e6 + at : 7} ${FROM + at}`),
        ),
      ),
    ),
  ]
  prometheus = await testPrometheus(`${text.join('\n')}\n# EOF\n`)
})
afterAll(() => prometheus?.stop())

const of = (service: string): Indicator => ({
  kind: 'availability',
  requests: { metric: 'r_total', matchers: [{ label: 'service', op: '=', value: service }] },
  failed: [{ label: 'code', op: '=', value: '500' }],
})

const counted = (services: string[], step: Seconds, from: Seconds, to: Seconds) => measured(services.map(of), step, from, to)

async function measured(indicators: Indicator[], step: Seconds, from: Seconds, to: Seconds) {
  const source = { client: prometheusClient({ url: prometheus.url }), dialect: 'prometheus' as const }
  const slos = indicators.map((indicator, id) => ({
    ...{ id, plan: planOf(indicator) as SourcePlan },
    accounting: { method: 'occurrences' as const, sliceTarget: null },
  }))
  const { readings, refused } = await measure(source, slos, { from: FROM + from, to: FROM + to, step })
  expect([...refused]).toEqual([])
  return indicators.map((_, id) =>
    (readings.get(id) ?? []).reduce(
      (sum, slot) => ({ bad: sum.bad + (slot ? slot.total - slot.good : 0), total: sum.total + (slot?.total ?? 0) }),
      { bad: 0, total: 0 },
    ),
  )
}

describe.each([MINUTE, 5 * MINUTE])('increments of %i s', (step) => {
  it('count a series that is born from zero', async () => {
    const [a] = await counted(['a'], step, 1.5 * HOUR, 3.25 * HOUR)
    expect(a).toEqual({ bad: 9, total: 1.75 * HOUR * (PER_SCRAPE / SCRAPE) + 9 })
  })

  it('do not count again what was only out of sight', async () => {
    const [a] = await counted(['a'], step, 3.25 * HOUR, 3.75 * HOUR)
    expect(a).toEqual({ bad: 0, total: 0.5 * HOUR * (PER_SCRAPE / SCRAPE) })
  })

  it('take no relabelling for failures, where good events and all are told by different series', async () => {
    const histogram = { metric: 'c_seconds', matchers: [] }
    const [c] = await measured([{ kind: 'latency', histogram, thresholdSeconds: 0.5 }], step, HOUR, 3 * HOUR)
    expect(c?.bad).toBe(0)
    // What happened between the last scrape under the old labels and the first under the new ones nobody can tell.
    expect(c?.total).toBeGreaterThanOrEqual(2 * HOUR - step)
    expect(c?.total).toBeLessThanOrEqual(2 * HOUR)
  })

  it('count a pod that starts, and nothing before the first sight of a service', async () => {
    const hour = HOUR * (PER_SCRAPE / SCRAPE)
    expect(await counted(['a', 'b'], step, 3.75 * HOUR, 4.75 * HOUR)).toEqual([
      { bad: 0, total: hour + 12 + 0.75 * HOUR * (10 / SCRAPE) },
      { bad: 0, total: 0 },
    ])
    const [, b] = await counted(['a', 'b'], step, 4.75 * HOUR, 5.25 * HOUR)
    expect(b?.bad).toBe(0)
  })
})
