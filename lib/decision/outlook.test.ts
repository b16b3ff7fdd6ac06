import { describe, expect, it } from 'vitest'
import { decide } from './decide'
import { costOutlook } from './outlook'
import { costing, input, slo } from './world-fixture'

const cost = {
  slo: { id: 1, name: 'Orders accepted' },
  remaining: 0.18,
  basis: 'risk',
  releases: 12,
  typical: 0.012,
  costly: 0.095,
} as const

describe('what a release may cost', () => {
  it('goes from nothing to the costly tenth, with the state that each leaves by the floors', () => {
    const slos = [slo({ judged: 'attention', remaining: 0.18, pace: 0.5 })]
    const outlook = costOutlook(
      decide(input({ slos, costs: costing(cost), change: { type: 'feature', risk: 'medium', plannedAt: null } })),
    )
    // Floors of the default policy: attention under 25 %, warning under 10 %. The canary takes a tenth of the traffic.
    expect(outlook?.scenarios.map(({ name, leaves, state }) => [name, Number(leaves.toFixed(4)), state])).toEqual([
      ['Nothing', 0.18, 'attention'],
      ['Canary fails', 0.1705, 'attention'],
      ['Typical', 0.168, 'attention'],
      ['Costly tenth', 0.085, 'warning'],
    ])
  })

  it('keeps zero and what is left within the scale when the budget is overspent', () => {
    const slos = [slo({ judged: 'exhausted', remaining: -0.4, reason: { rule: 'remaining', remaining: -0.4 } })]
    const change = { type: 'security_fix', risk: 'low', plannedAt: null } as const
    const outlook = costOutlook(decide(input({ slos, change, costs: costing({ ...cost, remaining: -0.4 }) })))
    expect(outlook?.low).toBeLessThan(-0.4 - 0.095)
    expect(outlook?.high).toBeGreaterThan(0)
    expect(new Set(outlook?.scenarios.map(({ state }) => state))).toEqual(new Set(['exhausted']))
  })

  it('says nothing without a past', () => {
    expect(costOutlook(decide(input()))).toBeNull()
  })
})
