import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { seriesOf } from './judged-fixture'
import { Recorder } from './recorder'
import { weekdayOf } from './shape'
import { demoWorld } from './world'

/** What happened in the demo, counted from the counters it exposes. Two anchors: another weekday, another hour. */

const ANCHORS = [Date.UTC(2026, 6, 15, 14, 35) / 1000, Date.UTC(2026, 10, 1, 3, 5) / 1000]

const REQUESTS = 'http_requests_total'
const people = (...more: [label: string, value: string][]) => [
  { label: 'route', op: '!=' as const, value: '/health' },
  ...more.map(([label, value]) => ({ label, op: '=~' as const, value })),
]

describe.each(ANCHORS)('the demo made at %i', (anchor) => {
  const world = demoWorld(anchor)
  const serviceOf = (slug: string) => world.filter((service) => service.slug === slug)
  const asked = new Map<string, number>()

  /** The growth of these series of one service over (from, to], minute by minute. */
  function counted(
    slug: string,
    metric: string,
    matchers: ReturnType<typeof people>,
    from: UnixSeconds,
    to: UnixSeconds,
  ): number {
    const key = JSON.stringify([slug, metric, matchers, from, to])
    const known = asked.get(key)
    if (known !== undefined) return known
    const recorder = new Recorder(serviceOf(slug))
    const series = seriesOf(recorder, { metric, matchers })
    let sum = 0
    const before = new Float64Array(recorder.series.length)
    for (let at = from + MINUTE; at <= to; at += MINUTE) {
      before.set(recorder.values)
      recorder.advance(at, MINUTE)
      for (const i of series) {
        const [then, now] = [before[i] ?? 0, recorder.values[i] ?? 0]
        sum += now >= then ? now - then : now
      }
    }
    asked.set(key, sum)
    return sum
  }
  const failing = (slug: string, from: UnixSeconds, to: UnixSeconds, status = '5..') =>
    counted(slug, REQUESTS, people(['status', status]), from, to) / counted(slug, REQUESTS, people(), from, to)
  const slow = (slug: string, bound: string, from: UnixSeconds, to: UnixSeconds) => {
    const within = counted(slug, 'http_request_duration_seconds_bucket', [{ label: 'le', op: '=~', value: bound }], from, to)
    return 1 - within / counted(slug, 'http_request_duration_seconds_count', [], from, to)
  }

  it('has a full outage of twelve minutes, and not one more', () => {
    const began = anchor - 6 * DAY
    expect(counted('identity-api', REQUESTS, people(), began, began + 12 * MINUTE)).toBeGreaterThan(1_000)
    expect(failing('identity-api', began, began + 12 * MINUTE)).toBe(1)
    expect(failing('identity-api', began - HOUR, began)).toBeLessThan(0.002)
    expect(failing('identity-api', began + 12 * MINUTE, began + HOUR)).toBeLessThan(0.002)
  })

  it('has that outage felt by two services at the same time', () => {
    const began = anchor - 6 * DAY
    for (const [slug, share] of [
      ['storefront-web', 0.5],
      ['cart-api', 0.7],
    ] as const) {
      expect(failing(slug, began, began + 12 * MINUTE)).toBeCloseTo(share, 1)
      expect(failing(slug, began - 12 * MINUTE, began)).toBeLessThan(0.005)
      expect(failing(slug, began + 12 * MINUTE, began + 24 * MINUTE)).toBeLessThan(0.005)
    }
    expect(failing('search-api', began, began + 12 * MINUTE)).toBeLessThan(0.01)
  })

  it('has a slow burn of two days that no page would have been sent for', () => {
    const [from, to] = [anchor - 50 * HOUR, anchor - 2 * HOUR]
    const during = failing('checkout-api', from, to, '500')
    const before = failing('checkout-api', from - 2 * DAY, from, '500')
    expect(during / before).toBeGreaterThan(5)
    expect(during / 0.001).toBeGreaterThan(1.5)
    expect(during / 0.001).toBeLessThan(6)
    expect(failing('checkout-api', to, anchor, '500')).toBeLessThan(0.001)
  })

  it('has pages that got slower with a release and still are', () => {
    const released = anchor - 4 * DAY
    expect(slow('storefront-web', '1', released - DAY, released)).toBeCloseTo(0.02, 2)
    expect(slow('storefront-web', '1', released, released + DAY)).toBeCloseTo(0.088, 2)
    expect(slow('storefront-web', '1', anchor - 6 * HOUR, anchor)).toBeCloseTo(0.088, 2)
  })

  it('has payments that fail now', () => {
    expect(failing('payment-gateway', anchor - 35 * MINUTE, anchor)).toBeCloseTo(0.14, 1)
    expect(failing('payment-gateway', anchor - 2 * HOUR, anchor - 35 * MINUTE)).toBeLessThan(0.001)
  })

  it('has a service that nobody uses, and one that has never failed', () => {
    expect(counted('legacy-export', REQUESTS, people(), anchor - 20 * DAY, anchor)).toBe(0)
    expect(counted('legacy-export', REQUESTS, people(), anchor - 23 * DAY, anchor - 22 * DAY)).toBeGreaterThan(1_000)
    expect(counted('help-centre', REQUESTS, people(), anchor - 30 * DAY, anchor)).toBeGreaterThan(1_000_000)
    const recorder = new Recorder(serviceOf('help-centre'))
    for (let at = anchor - 30 * DAY; at <= anchor; at += HOUR) recorder.advance(at, HOUR)
    const exposed = [...recorder.visible(anchor)].map((i) => recorder.series[i]?.labels.status)
    expect(exposed.filter((status) => status?.startsWith('5'))).toEqual([])
  })

  const recorders = new Map(world.map((service) => [service.slug, new Recorder([service])]))
  const seenAt = (slug: string, at: UnixSeconds) => {
    const recorder = recorders.get(slug)
    recorder?.values.fill(1)
    return recorder?.visible(at).next().done === false
  }

  it('has a service that is new, one whose metrics are gone, and one whose source is lost', () => {
    expect([6, 4].map((hours) => seenAt('loyalty-points', anchor - hours * HOUR))).toEqual([false, true])
    expect([4, 2].map((hours) => seenAt('gift-cards', anchor - hours * HOUR))).toEqual([true, false])
    expect(world.filter(({ lostSource }) => lostSource).map(({ slug }) => slug)).toEqual(['warehouse-scanner'])
  })

  it('is not scraped for four hours of every week: a gap in every range of a chart that is longer than a day', () => {
    for (let week = 0; week < 13; week += 1) {
      let longest = 0
      let unscraped = 0
      for (let at = anchor - week * 7 * DAY; at > anchor - (week + 1) * 7 * DAY; at -= 5 * MINUTE) {
        unscraped = seenAt('staff-wiki', at) ? 0 : unscraped + 5 * MINUTE
        longest = Math.max(longest, unscraped)
        if (unscraped > 30 * MINUTE) expect(weekdayOf(at)).toBe(6)
      }
      // The newest week of an anchor within the gap has its two halves at its ends.
      expect(longest).toBeGreaterThanOrEqual(2 * HOUR)
    }
  })
})
