import { describe, expect, it } from 'vitest'
import { DAY } from '../time-series/units'
import { Recorder } from './recorder'
import { INCIDENTS, releasesOf } from './stories'
import { demoWorld, PEOPLE } from './world'

const ANCHOR = 1_770_000_000
const world = demoWorld(ANCHOR)

describe('what people wrote down about the demo', () => {
  it('speaks of services, SLOs and people that there are', () => {
    const slos = world.flatMap(({ slug, slos }) => slos.map((slo) => `${slug}/${slo.slug}`))
    const people = PEOPLE.map(({ email }) => email)
    for (const { service, slos: named, commander, actions } of INCIDENTS) {
      expect(world.map(({ slug }) => slug)).toContain(service)
      for (const slo of named) expect(slos).toContain(slo)
      for (const email of [commander, ...actions.map(({ owner }) => owner)]) expect(people).toContain(email)
    }
  })

  it('puts releases where counters begin anew', () => {
    const [release] = releasesOf(['checkout-api'], ANCHOR).filter(({ service }) => service === 'checkout-api')
    const at = Math.ceil((release?.at ?? 0) / 15) * 15
    const recorder = new Recorder(world)
    const sum = () =>
      recorder.series.reduce(
        (total, { service, metric }, i) =>
          service === 'checkout-api' && metric === 'http_requests_total' ? total + (recorder.values[i] ?? 0) : total,
        0,
      )
    for (let ts = at - 600; ts < at; ts += 15) recorder.advance(ts, 15)
    const before = sum()
    recorder.advance(at, 15)
    expect(sum()).toBeLessThan(before / 10)
  })

  it('is a release every few days for each service, and one that made pages slow', () => {
    const found = releasesOf(
      world.map(({ slug }) => slug),
      ANCHOR,
    )
    expect(found.filter(({ service }) => service === 'cart-api')).toHaveLength(10)
    expect(found.find(({ version }) => version === '7.3.0')?.at).toBe(ANCHOR - 4 * DAY)
    expect(new Set(found.map(({ service, version }) => `${service} ${version}`)).size).toBe(found.length)
  })
})
