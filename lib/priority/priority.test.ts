import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EFFORT_COST, EFFORTS, type Judged, rank, scoreOf, TIER_IMPACT } from './priority'
import { formulaText, partTexts } from './words'

const CHECKOUT = { name: 'Checkout', criticality: 'critical' } as const
const gap = (change: Partial<Judged> = {}): Judged => ({
  ...{ slo: { id: 1, name: 'Availability' }, service: { slug: 'checkout', name: 'Checkout' }, tier: 'critical' },
  ...{ journeys: [], state: 'exhausted', consumed: 1.5, pace: 0.5, alerts: { pages: 0, tickets: 0 }, broken: [], effort: 'M' },
  ...change,
})

describe('a score', () => {
  it.each<[string, Partial<Judged>, number]>([
    ['4 × 0.5 ÷ 2', {}, 1],
    ['(4 + 1) × 0.5 ÷ 2', { journeys: [CHECKOUT] }, 1.25],
    ['the most critical journey counts, once', { journeys: [{ name: 'a', criticality: 'low' }, CHECKOUT, CHECKOUT] }, 1.25],
    ['(4 + 0.25) × 0.5 ÷ 2', { journeys: [{ name: 'a', criticality: 'low' }] }, 1.0625],
    ['3 × 0.5 ÷ 2', { tier: 'essential' }, 0.75],
    ['2 × 0.5 ÷ 2', { tier: 'standard' }, 0.5],
    ['1 × 0.5 ÷ 2', { tier: 'best_effort' }, 0.25],
    ['4 × 0.5 ÷ 1', { effort: 'S' }, 2],
    ['4 × 0.5 ÷ 4', { effort: 'L' }, 0.5],
    ['4 × 0.5 ÷ 8', { effort: 'XL' }, 0.25],
    ['pace is the larger excess: 4 × 2 ÷ 2', { pace: 3 }, 4],
    [
      'neither is above 1, three pages and four tickets: 4 × 0.08 ÷ 2',
      { consumed: 0.9, pace: null, alerts: { pages: 3, tickets: 4 } },
      0.16,
    ],
    ['alerts count half a budget at most: 4 × (0.5 + 0.5) ÷ 2', { alerts: { pages: 400, tickets: 9 } }, 2],
    ['nothing spent, nothing told', { consumed: 0, pace: 0 }, 0],
  ])('%s', (_, change, score) => expect(scoreOf(gap(change)).score).toBeCloseTo(score, 12))

  it('is explained with the values put in', () => {
    const [first] = rank([gap({ journeys: [CHECKOUT], consumed: 1.38, alerts: { pages: 10, tickets: 0 } })]).gaps
    if (!first) throw new Error('It is a gap.')
    expect(formulaText(first)).toBe('(4 (critical) + 1 (Checkout journey)) × (1.38 spent − 1 + 0.2 alert load) ÷ 2 (M) = 1.45')
    expect(partTexts(first).map(({ part, value }) => `${part} ${value}`)).toEqual([
      'Impact 5',
      'Overspend 0.38',
      'Alert load 0.2',
      'Effort 2',
    ])
  })
  it('says which excess counts, and when there is none', () => {
    const formula = (change: Partial<Judged>) => formulaText({ ...gap(change), score: scoreOf(gap(change)) })
    expect(formula({ pace: 2.25, effort: 'XL' })).toBe('4 (critical) × (2.25 pace − 1) ÷ 8 (XL) = 0.63')
    expect(formula({ consumed: 0.2, broken: ['gaps'] })).toBe('4 (critical) × 0 ÷ 2 (M) = 0.00')
  })
})

describe('the list', () => {
  it('holds what overspends or is broken, the highest score first', () => {
    const { gaps, unknown } = rank([
      gap({ slo: { id: 1, name: 'within budget' }, consumed: 0.9 }),
      gap({ slo: { id: 2, name: 'broken' }, consumed: 0.1, broken: ['never any burn'] }),
      gap({ slo: { id: 3, name: 'large' }, consumed: 3, effort: 'XL' }),
      gap({ slo: { id: 4, name: 'small' }, consumed: 3, effort: 'S' }),
      gap({ slo: { id: 5, name: 'gone quiet' }, state: 'no-data' }),
      gap({ slo: { id: 6, name: 'new' }, state: 'not-enough-data', consumed: null, pace: null }),
    ])
    expect(gaps.map(({ rank: place, slo }) => [place, slo.name])).toEqual([
      [1, 'small'],
      [2, 'large'],
      [3, 'broken'],
    ])
    expect(unknown.map(({ slo }) => slo.name)).toEqual(['gone quiet', 'new'])
  })
  it('of equal scores puts the higher impact first, then names', () => {
    const { gaps } = rank([
      gap({ slo: { id: 1, name: 'b' } }),
      gap({ slo: { id: 2, name: 'a' } }),
      gap({ slo: { id: 3, name: 'c' }, tier: 'standard', consumed: 2 }),
    ])
    expect(gaps.map(({ slo }) => slo.name)).toEqual(['a', 'b', 'c'])
  })
})

describe('whatever the figures', () => {
  const share = fc.double({ min: 0, max: 50, noNaN: true })
  const any = fc.record({
    tier: fc.constantFrom(...(Object.keys(TIER_IMPACT) as Judged['tier'][])),
    effort: fc.constantFrom(...EFFORTS),
    ...{ consumed: share, pace: share },
    alerts: fc.record({ pages: fc.nat(100), tickets: fc.nat(100) }),
    journeys: fc.array(fc.record({ name: fc.string(), criticality: fc.constantFrom('critical', 'high', 'medium', 'low') }), {
      maxLength: 3,
    }),
  }) as fc.Arbitrary<Partial<Judged>>
  const score = (change: Partial<Judged>) => scoreOf(gap(change)).score

  it('a higher tier, or another journey, never scores less', () =>
    fc.assert(
      fc.property(any, (one) => {
        const tiers = ['best_effort', 'standard', 'essential', 'critical'] as const
        const scores = tiers.map((tier) => score({ ...one, tier }))
        expect(scores).toEqual([...scores].sort((a, b) => a - b))
        expect(score({ ...one, journeys: [...(one.journeys ?? []), CHECKOUT] })).toBeGreaterThanOrEqual(score(one))
      }),
    ))
  it('more spent, a faster pace or more alerts never score less', () =>
    fc.assert(
      fc.property(any, share, (one, more) => {
        const before = score(one)
        expect(score({ ...one, consumed: (one.consumed ?? 0) + more })).toBeGreaterThanOrEqual(before)
        expect(score({ ...one, pace: (one.pace ?? 0) + more })).toBeGreaterThanOrEqual(before)
        expect(score({ ...one, alerts: { pages: (one.alerts?.pages ?? 0) + 1, tickets: 0 } })).toBeGreaterThanOrEqual(
          score({ ...one, alerts: { pages: one.alerts?.pages ?? 0, tickets: 0 } }),
        )
      }),
    ))
  it('more effort never scores more, and its cost divides', () =>
    fc.assert(
      fc.property(any, (one) => {
        for (const effort of EFFORTS)
          expect(score({ ...one, effort }) * EFFORT_COST[effort]).toBeCloseTo(score({ ...one, effort: 'S' }), 9)
      }),
    ))
  it('the order does not hang on the order of the input', () =>
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (many) => {
        const slos = many.map((one, id) => gap({ ...one, slo: { id, name: 'same' } }))
        const order = (list: Judged[]) => rank(list).gaps.map(({ slo }) => slo.id)
        expect(order([...slos].reverse())).toEqual(order(slos))
      }),
    ))
})
