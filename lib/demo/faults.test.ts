import { describe, expect, it } from 'vitest'
import { Faults, newFaultSchema } from './faults'
import { Recorder } from './recorder'
import { demoWorld } from './world'

const NOW = 1_770_000_000

const requests = (recorder: Recorder, service: string, status: string): number =>
  recorder.series.reduce(
    (sum, { metric, labels }, i) =>
      metric === 'http_requests_total' && labels.service === service && labels.status === status && labels.route !== '/health'
        ? sum + (recorder.values[i] ?? 0)
        : sum,
    0,
  )

describe('breaking a demo service', () => {
  it('fails the share of its requests that was asked for, and no other service', () => {
    const broken = new Faults()
    broken.break({ service: 'checkout-api', share: 1, minutes: 10 }, NOW)
    const [usual, faulty] = [new Recorder(demoWorld(NOW)), new Recorder(demoWorld(NOW), broken)]
    for (const recorder of [usual, faulty]) for (let at = NOW + 15; at <= NOW + 300; at += 15) recorder.advance(at, 15)
    const all = requests(usual, 'checkout-api', '200') + requests(usual, 'checkout-api', '500')
    expect(requests(faulty, 'checkout-api', '200')).toBe(0)
    expect(requests(faulty, 'checkout-api', '500')).toBe(all)
    expect(requests(faulty, 'payment-gateway', '200')).toBe(requests(usual, 'payment-gateway', '200'))
  })

  it('ends when it is mended, and by itself', () => {
    const faults = new Faults()
    faults.break({ service: 'a', share: 0.5, minutes: 10 }, NOW)
    expect([faults.shareOf('a', NOW + 600), faults.shareOf('a', NOW + 601)]).toEqual([0.5, 0])
    expect(faults.list(NOW + 601)).toEqual([])
    expect([faults.mend('a'), faults.mend('a')]).toEqual([true, false])
  })

  it('refuses what is no share', () => {
    expect(newFaultSchema.safeParse({ service: 'a', share: 1.5 }).success).toBe(false)
    expect(newFaultSchema.parse({ service: 'a' })).toEqual({ service: 'a', share: 1, minutes: 30 })
  })
})
