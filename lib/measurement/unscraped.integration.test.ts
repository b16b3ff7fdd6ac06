import { afterAll, beforeAll, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { minuteCounts } from '../prometheus-rules/counts'
import { portableSlo } from '../prometheus-rules/every-kind-fixture'
import { LAG } from '../prometheus-rules/names'
import type { Indicator } from '../slo/indicator'
import { planOf, type SourcePlan } from '../slo/measurement-plan'
import { oneShotOf } from '../slo/one-shot'
import { HOUR, MINUTE } from '../time-series/units'
import { measure } from './measure'

/** A stream that is not scraped for twenty minutes, as while its Prometheus is away, goes on; later it stands still for ten. */
const FROM = Date.UTC(2026, 6, 1) / 1000
const SCRAPE = 15
const PER_SECOND = 5
const [LOST, FOUND] = [HOUR, HOUR + 20 * MINUTE]
const [STOPPED, RESUMED] = [2 * HOUR, 2 * HOUR + 10 * MINUTE]
const [BEGIN, END] = [30 * MINUTE, 3 * HOUR]

const stream: Indicator = { kind: 'throughput', events: { metric: 'events_total', matchers: [] }, floorPerSecond: 2 }
const plan = planOf(stream) as SourcePlan
const accounting = { method: 'occurrences' as const, sliceTarget: null }
const MEASURED = { total: (END - BEGIN - (FOUND - LOST)) / MINUTE, bad: (RESUMED - STOPPED) / MINUTE }

let prometheus: TestPrometheus
beforeAll(async () => {
  const lines = []
  let value = 0
  for (let at = SCRAPE; at <= END + MINUTE; at += SCRAPE) {
    if (at <= STOPPED || at > RESUMED) value += PER_SECOND * SCRAPE
    if (at <= LOST || at > FOUND) lines.push(`events_total ${value} ${FROM + at}`)
  }
  prometheus = await testPrometheus(`${lines.join('\n')}\n# EOF\n`)
})
afterAll(() => prometheus?.stop())

it('has no minute in which nobody looked for one in which nothing moved', async () => {
  const source = { client: prometheusClient({ url: prometheus.url }), dialect: 'prometheus' as const }
  const stretch = { from: FROM + BEGIN, to: FROM + END, step: MINUTE }
  const { readings } = await measure(source, [{ id: 1, plan, accounting }], stretch)
  const slots = (readings.get(1) ?? []).flatMap((slot) => slot ?? [])
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  expect({ total: sum(slots.map(({ total }) => total)), bad: sum(slots.map(({ total, good }) => total - good)) }).toEqual(
    MEASURED,
  )
})

it('nor have the rules', async () => {
  const counted = { identity: { service: 'shop', slo: 'orders' }, dialect: 'prometheus' as const, known: new Map() }
  const [bad] = minuteCounts(plan, portableSlo(stream), counted)
  const [series] = await prometheusClient({ url: prometheus.url }).range(
    bad?.expr ?? '',
    FROM + BEGIN + MINUTE + LAG,
    FROM + END + LAG,
    MINUTE,
  )
  const points = series?.points ?? []
  expect({ total: points.length, bad: points.filter(([, value]) => value === 1).length }).toEqual(MEASURED)
})

it('nor has the one question that the portal is checked against', async () => {
  const asked = oneShotOf(plan, accounting, END - BEGIN, 'prometheus')
  if (asked.shape !== 'slices') throw new Error('Throughput is measured in slices.')
  const ask = async (text: string) => (await prometheusClient({ url: prometheus.url }).instant(text, FROM + END))[0]?.value
  expect(await ask(asked.countQuery)).toBe(MEASURED.total)
  expect(await ask(asked.meanQuery)).toBeCloseTo(1 - MEASURED.bad / MEASURED.total, 9)
})
