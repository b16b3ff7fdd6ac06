import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { MINUTE } from '../time-series/units'
import { stagedCounts } from './counts'
import type { RecordingRule } from './rule'

const FROM = Date.UTC(2026, 6, 1) / 1000

/** Minutes of an hour; one event in each of them. The last evaluation before a hole and the first after it. */
type Hole = {
  about: string
  last: number
  next: number
  missing?: number[]
  five: number | undefined
  twenty: number | undefined
}
const HOLES: Hole[] = [
  { about: 'no hole', last: 22, next: 23, five: undefined, twenty: undefined },
  { about: 'no hole, and twenty minutes are over', last: 39, next: 40, five: 5, twenty: 20 },
  { about: 'within five minutes', last: 21, next: 24, five: undefined, twenty: undefined },
  { about: 'beyond the end of five minutes', last: 24, next: 26, five: 4, twenty: undefined },
  { about: 'beyond the end of twenty minutes', last: 39, next: 41, five: undefined, twenty: 19 },
  { about: 'up to the next end of five minutes', last: 23, next: 30, five: 1 + 3, twenty: undefined },
  { about: 'longer than twenty minutes, up to an end of them', last: 18, next: 40, five: 1, twenty: 1 + 18 },
  {
    about: 'after an end of twenty minutes that was in a hole',
    last: 26,
    next: 29,
    missing: [20],
    five: undefined,
    twenty: undefined,
  },
]

let prometheus: TestPrometheus
beforeAll(async () => {
  const texts = HOLES.map(({ last, next, missing = [] }, i) => {
    const instants = Array.from({ length: last + 1 }, (_, at) => at).filter((at) => !missing.includes(at))
    const series = (name: string, at: number[], value: (at: number) => number) =>
      at.map((ts) => `headroom:${name}{service="shop",slo="${i}"} ${value(ts)} ${FROM + ts * MINUTE}`)
    const whole = (step: number) => instants.filter((at) => at % step === 0)
    return [
      ...series('slo_total:count1m', [...instants, next], () => 1),
      ...series('slo_total:count5m', whole(5), () => 5),
      ...series('slo_total:count20m', whole(20), () => 20),
      ...series('slo_total:recent5m', instants, (at) => at % 5),
      ...series('slo_total:recent', instants, (at) => at % 20),
      ...series('slo_rules:minute', instants, (at) => FROM / MINUTE + at),
    ]
  })
  const byName = texts.flat().sort((a, b) => (a.slice(0, a.indexOf('}')) < b.slice(0, b.indexOf('}')) ? -1 : 1))
  prometheus = await testPrometheus(`${byName.join('\n')}\n# EOF\n`)
})
afterAll(() => prometheus?.stop())

describe('what waits for the end of its five or twenty minutes', () => {
  it.each(HOLES.map((hole, i) => ({ ...hole, i })))('is kept, once: $about', async ({ next, five, twenty, i }) => {
    const rules = stagedCounts({ service: 'shop', slo: String(i) })
    const recorded = async (name: string) => {
      const { expr } = rules.find((rule) => rule.record === `headroom:slo_total:${name}`) as RecordingRule
      const [only] = await prometheusClient({ url: prometheus.url }).instant(expr, FROM + next * MINUTE)
      return only?.value
    }
    expect(await recorded('count5m')).toBe(five)
    // In a group the five minutes of this instant are recorded by now, which is what is missing here.
    const own = next % 20 === 0 ? (five ?? 0) : 0
    const before = await recorded('count20m')
    expect(before === undefined && own === 0 ? undefined : (before ?? 0) + own).toBe(twenty)
  })
})
