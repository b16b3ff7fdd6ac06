import { describe, expect, it } from 'vitest'
import { type Characteristics, NOTHING_STATED, trafficClass } from './characteristics'
import type { Tier } from './tier'
import { recommendationText, recommendTier } from './tier-recommendation'

const ALL_NO: Characteristics = { revenueImpact: 'none', safetyImpact: false, userFacing: false, traffic: 0.2 }
const needed = (...tiers: Tier[]) => tiers.map((tier, i) => ({ name: `${tier} ${i}`, tier }))
const of = (stated: Partial<Characteristics>, dependants = needed(), from = ALL_NO) =>
  recommendTier({ characteristics: { ...from, ...stated }, dependants })

describe('the recommended tier', () => {
  it.each<[string, Partial<Characteristics>, Tier[], Tier, string]>([
    ['nothing asks for more', {}, [], 'best_effort', 'nothing stated'],
    ['safety', { safetyImpact: true }, [], 'critical', 'come to harm'],
    ['revenue while people wait', { revenueImpact: 'direct', userFacing: true }, [], 'critical', 'while people wait'],
    ['revenue behind the scenes', { revenueImpact: 'direct' }, [], 'essential', 'sales are lost when it fails'],
    ['indirect revenue', { revenueImpact: 'indirect' }, [], 'standard', 'suffers'],
    ['people wait', { userFacing: true }, [], 'standard', 'people wait'],
    ['many people wait', { userFacing: true, traffic: 100 }, [], 'essential', 'many people'],
    ['just under many', { userFacing: true, traffic: 99.9 }, [], 'standard', 'people wait'],
    ['a class says the same', { userFacing: true, traffic: 'high' }, [], 'essential', 'many people'],
    ['machines in masses', { traffic: 'high' }, [], 'standard', 'much traffic'],
    ['one critical dependant', {}, ['critical'], 'essential', 'critical 0 is critical and depends on it'],
    ['two', {}, ['critical', 'critical'], 'essential', 'are critical and depend on it'],
    ['three critical dependants', {}, ['critical', 'critical', 'critical'], 'critical', '3 critical services'],
    ['one of any other tier', {}, ['best_effort'], 'standard', 'best_effort 0 depends on it'],
    ['five of any tier', {}, ['standard', 'standard', 'standard', 'standard', 'standard'], 'essential', '5 services'],
  ])('%s', (_what, stated, dependants, tier, words) => {
    const found = of(stated, needed(...dependants))
    expect(found?.tier).toBe(tier)
    expect(found?.because.join('; ')).toContain(words)
  })

  it('is none while nothing is stated, and follows the graph alone otherwise', () => {
    expect(of({}, [], NOTHING_STATED)).toBeNull()
    expect(of({}, needed('critical'), NOTHING_STATED)).toMatchObject({
      tier: 'essential',
      missing: ['revenue impact', 'safety impact', 'user-facing', 'traffic'],
    })
  })

  it('gives every reason for the tier, and says what asks for less and what is missing', () => {
    const found = of({ safetyImpact: true, revenueImpact: 'direct', userFacing: true, traffic: null }, needed('critical'))
    expect(found?.because).toHaveLength(2)
    expect(found?.also.map(({ tier }) => tier)).toEqual(['standard', 'essential'])
    expect(found?.missing).toEqual(['traffic'])
    expect(found && recommendationText(found)).toBe(
      'recommended: critical, because people can come to harm when it fails; sales are lost while people wait for it',
    )
  })
})

it.each([
  [0, 'low'],
  [0.99, 'low'],
  [1, 'medium'],
  [99.9, 'medium'],
  [100, 'high'],
  ['medium', 'medium'],
] as const)('traffic of %s is %s', (traffic, expected) => expect(trafficClass(traffic)).toBe(expected))
