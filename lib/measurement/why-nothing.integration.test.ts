import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator, Matcher } from '../slo/indicator'
import { HOUR } from '../time-series/units'
import { checkIndicator } from './source-checks'

const FROM = Date.UTC(2026, 0, 5) / 1000
const NOW = FROM + 12 * HOUR
let prometheus: TestPrometheus

/** Two services that are there, and a third and a metric of its own that fell silent three hours ago. */
function openMetrics(): string {
  const series = (name: string, labels: string, until: number) =>
    Array.from({ length: (until - FROM) / 60 }, (_, i) => `${name}{${labels}} ${i} ${FROM + i * 60}`)
  return [
    '# TYPE orders counter',
    ...series('orders_total', 'service="cart-api",code="200"', NOW),
    ...series('orders_total', 'service="shop-web",code="500"', NOW),
    ...series('orders_total', 'service="gift-cards",code="200"', NOW - 3 * HOUR),
    '# TYPE refunds counter',
    ...series('refunds_total', 'service="cart-api"', NOW - 3 * HOUR),
    ...['# EOF', ''],
  ].join('\n')
}

beforeAll(async () => {
  prometheus = await testPrometheus(openMetrics())
})
afterAll(() => prometheus.stop())

const is = (label: string, value: string): Matcher => ({ label, op: '=', value })
async function said(metric: string, ...matchers: Matcher[]): Promise<string[]> {
  const indicator: Indicator = { kind: 'boolean', series: { metric, matchers } }
  const found = await checkIndicator(indicator, { client: prometheusClient({ url: prometheus.url }), now: NOW })
  return found.map(({ message }) => message)
}

describe('a selector that finds nothing', () => {
  it('has a value that no series has: the values that there are', async () =>
    expect(await said('orders_total', is('service', 'gift-card'))).toEqual([
      'No series has service="gift-card". service has cart-api, gift-cards, shop-web.',
    ]))
  it('has values that no series has together', async () =>
    expect(await said('orders_total', is('service', 'cart-api'), is('code', '500'))).toEqual([
      'No series has all of service="cart-api",code="500" together. Leave one out.',
    ]))
  it('has a value that is among those that there are, and fell silent', async () => {
    const silent = 'orders_total{service="gift-cards"} had samples before, and none in the last hour. Is it still scraped?'
    expect(await said('orders_total', is('service', 'gift-cards'))).toEqual([silent])
    expect(await said('orders_total', is('service', 'gift-cards'), is('code', '500'))).toEqual([silent])
  })
  it('is of a metric that fell silent, which is not taken for another one', async () =>
    expect(await said('refunds_total', is('service', 'shop-web'))).toEqual([
      'refunds_total had samples before, and none in the last hour. Is it still scraped?',
    ]))
})

it('a failure that is not there now and was before is no value to choose', async () => {
  const requests = { metric: 'orders_total', matchers: [{ label: 'code', op: '!=', value: '404' } satisfies Matcher] }
  const indicator: Indicator = { kind: 'availability', requests, failed: [is('service', 'gift-cards')] }
  const found = await checkIndicator(indicator, { client: prometheusClient({ url: prometheus.url }), now: NOW })
  expect(found.map(({ message }) => message)).toEqual([
    'No series has service="gift-cards" now. There were some before: that is right if nothing failed in the last hour.',
  ])
})
