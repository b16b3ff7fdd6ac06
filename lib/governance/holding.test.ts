import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleText } from '../policy/words'
import { gapsFirst, gapsOf, type Holder, holdingMatches, type ServiceFacts } from './holding'
import { KEPT, keepingOf } from './practice'

describe('how well a practice is kept', () => {
  it('counts what is due; what is open counts neither way', () => {
    const kept = ['kept', 'kept', 'kept', 'late', 'missed', 'open'] as const
    expect(keepingOf(kept.map((one) => ({ kept: one })))).toEqual({ kept: 3, late: 1, missed: 1, open: 1, share: 0.6 })
  })
  it('says nothing where nothing is due', () => expect(keepingOf([{ kept: 'open' }]).share).toBeNull())
  it('has counts that add up', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...KEPT)), (all) => {
        const { kept, late, missed, open } = keepingOf(all.map((one) => ({ kept: one })))
        expect(kept + late + missed + open).toBe(all.length)
      }),
    ))
})

const person = (name: string, role: Holder['role'], disabled = false): Holder => ({ id: name, name, role, disabled })
const whole: ServiceFacts = {
  ...{ slug: 'cart', name: 'Cart', tier: 'standard', slos: 2 },
  team: { slug: 'shop', name: 'Shop', people: 3 },
  ...{ sloOwner: person('Sofia', 'slo_owner'), productOwner: person('Pablo', 'product_owner') },
  policy: { slug: 'standard', name: 'Standard', version: 1, open: [] },
  sloPolicies: [],
}
const gaps = (change: Partial<ServiceFacts>) => gapsOf({ ...whole, ...change }, roleText)

describe('what is missing', () => {
  it('is nothing where everybody is there', () => expect(gaps({})).toEqual([]))
  it('is nothing where an administrator stands in', () => expect(gaps({ sloOwner: person('Ada', 'administrator') })).toEqual([]))
  it.each([
    [{ slos: 0 }, 'slos', 'It promises nothing: no SLO is active.', '/slos/new?service=cart'],
    [{ sloOwner: null }, 'slo-owner', 'Nobody is its SLO owner.', '/services/cart/edit'],
    [
      { productOwner: person('Pablo', 'product_owner', true) },
      'product-owner',
      'Its product owner, Pablo, can no longer sign in.',
      '/services/cart/edit',
    ],
    [
      { sloOwner: person('Vera', 'viewer') },
      'slo-owner',
      'Its SLO owner, Vera, does not have the role of one.',
      '/services/cart/edit',
    ],
    [{ team: { slug: 'shop', name: 'Shop', people: 0 } }, 'people', 'Nobody is in its team, Shop.', '/services/cart/edit'],
    [
      { policy: { ...whole.policy, open: ['engineer', 'product_owner'] } },
      'agreement',
      'Its policy, Standard, is not agreed by: engineer, product owner.',
      '/policies/error-budget/standard',
    ],
  ] as [Partial<ServiceFacts>, string, string, string][])('%j', (change, kind, sentence, link) =>
    expect(gaps(change)).toEqual([{ kind, sentence, link }]),
  )
  it('stands first, by tier and then by how much is missing', () => {
    const holding = (slug: string, change: Partial<ServiceFacts>) => ({ ...whole, ...change, slug, gaps: gaps(change) })
    const all = [
      holding('whole', { tier: 'critical' }),
      holding('one', { sloOwner: null }),
      holding('critical', { tier: 'critical', slos: 0 }),
      holding('two', { sloOwner: null, productOwner: null }),
    ]
    expect(all.sort(gapsFirst).map(({ slug }) => slug)).toEqual(['critical', 'two', 'one', 'whole'])
  })
  it.each([
    ['cart', true],
    ['SOFIA shop', true],
    ['sofia payments', false],
  ])('is found by words: %s', (words, found) => expect(holdingMatches({ ...whole, gaps: [] }, words)).toBe(found))
})
