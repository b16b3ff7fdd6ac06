import { describe, expect, it } from 'vitest'
import { cycleThrough } from '../service/dependency-graph'
import { SLO_STATES } from '../slo/state'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { exposition } from './exposition'
import { historyTexts } from './history'
import { descriptionOf } from './profile'
import { Recorder, restore, valuesOf } from './recorder'
import { demoWorld, PEOPLE } from './world'

const ANCHOR = Date.UTC(2026, 6, 15, 14, 35) / 1000
const world = demoWorld(ANCHOR)

describe('the demo', () => {
  it('has enough of everything', () => {
    expect(world.length).toBeGreaterThanOrEqual(12)
    expect(world.flatMap(({ slos }) => slos).length).toBeGreaterThanOrEqual(30)
    expect(new Set(world.map(({ tier }) => tier)).size).toBe(4)
    expect(new Set(world.map(({ kind }) => kind)).size).toBe(4)
    expect(new Set(PEOPLE.map(({ role }) => role)).size).toBe(5)
    expect(new Set(world.flatMap(({ slos }) => slos.map(({ shows }) => shows))).size).toBe(SLO_STATES.length)
    const kinds = new Set(world.flatMap(({ slos }) => slos.map(({ indicator }) => indicator.kind)))
    for (const kind of ['availability', 'latency', 'error-rate', 'throughput', 'completeness', 'ratio', 'boolean'])
      expect(kinds).toContain(kind)
    const methods = new Set(world.flatMap(({ slos }) => slos.map(({ method }) => method ?? 'occurrences')))
    expect(methods.size).toBe(3)
    expect(new Set(world.flatMap(({ slos }) => slos.map(({ window }) => window.kind))).size).toBe(2)
  })

  it('describes every service, by a graph without cycles', () => {
    const graph = new Map(world.map((service) => [service.slug, descriptionOf(service).needs]))
    for (const service of world) {
      expect(cycleThrough(graph, service.slug)).toBeNull()
      for (const needed of descriptionOf(service).needs) expect(graph.has(needed)).toBe(true)
      expect(descriptionOf(service).context.userExpectations).not.toBe('')
    }
  })

  it('is the same every time', () => {
    const texts = () => [...historyTexts(new Recorder(demoWorld(ANCHOR)), ANCHOR - 6 * HOUR, ANCHOR)].join('')
    expect(texts()).toBe(texts())
  })

  it('goes on live where history ends', () => {
    const whole = new Recorder(world)
    for (const _ of historyTexts(whole, ANCHOR - 3 * HOUR, ANCHOR));
    const live = new Recorder(demoWorld(ANCHOR))
    restore(live, valuesOf(whole))
    expect(exposition(live, ANCHOR)).toBe(exposition(whole, ANCHOR))
    live.advance(ANCHOR + 15, 15)
    whole.advance(ANCHOR + 15, 15)
    expect(exposition(live, ANCHOR + 15)).toBe(exposition(whole, ANCHOR + 15))
  })

  it('counts upwards, but for deploys, and sometimes is not scraped', () => {
    const recorder = new Recorder(world)
    const from = ANCHOR - 14 * DAY
    const before = new Float64Array(recorder.values.length)
    let resets = 0
    let unscraped = 0
    for (let at = from; at <= ANCHOR; at += 300) {
      recorder.advance(at, 300)
      const seen = new Set([...recorder.visible(at)].map((i) => recorder.series[i]?.service))
      if (at > from + DAY && !seen.has('checkout-api')) unscraped += 1
      recorder.series.forEach(({ kind }, i) => {
        const value = recorder.values[i] as number
        if (kind === 'counter' && value < (before[i] as number)) resets += 1
        before[i] = value
      })
    }
    expect(resets).toBeGreaterThan(10)
    expect(unscraped).toBeGreaterThan(0)
  })

  it('misses no scrape in the hours around its beginning, whatever hour that is', () => {
    const instants = Array.from({ length: 24 * 60 + 1 }, (_, i) => ANCHOR - 6 * HOUR + i * MINUTE)
    // The wiki has a gap of its own every week, for charts to show.
    for (const { slug, unscraped } of world.filter(({ slug }) => slug !== 'staff-wiki'))
      expect({ slug, missed: instants.filter((at) => unscraped?.(at)) }).toEqual({ slug, missed: [] })
  })

  it('exposes counters, gauges and classic histograms in the text format', () => {
    const recorder = new Recorder(world)
    for (let at = ANCHOR - HOUR; at <= ANCHOR; at += 60) recorder.advance(at, 60)
    const text = exposition(recorder, ANCHOR)
    for (const line of ['# TYPE http_requests_total counter', '# TYPE http_request_duration_seconds histogram', 'gauge'])
      expect(text).toContain(line)
    expect(text).toMatch(/http_request_duration_seconds_bucket\{[^}]*le="\+Inf"/)
    expect(text.match(/# TYPE (\S+)/g)?.length).toBe(new Set(text.match(/# TYPE (\S+)/g)).size)
  })
})
