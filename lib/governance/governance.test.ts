import { describe, expect, it } from 'vitest'
import { gapsOf, looseGaps, type ServiceFacts } from './holding'
import { keepingOf, keptOf, occurrence, practiceOf } from './practice'

describe('whether a practice was kept', () => {
  it.each([
    ['in time to the second', 100, 100, 200, 'kept'],
    ['a second late', 100, 101, 200, 'late'],
    ['not done, and due now', 100, null, 100, 'open'],
    ['not done, and over', 100, null, 101, 'missed'],
    ['to be done later than now, in time', 100, 90, 80, 'open'],
    ['to be done later than now, and over', 100, 150, 120, 'missed'],
  ] as const)('%s: %i, %j at %i is %s', (_, due, done, now, kept) => expect(keptOf(due, done, now)).toBe(kept))
  it('names no time of something that is still to come', () =>
    expect(occurrence({ due: 100, done: 150, what: 'INC-1', link: null }, 120)).toMatchObject({ done: null, kept: 'missed' }))
  it('is counted over what is due', () => {
    const kept = (['kept', 'kept', 'late', 'missed', 'open'] as const).map((kept) => ({ kept }))
    expect(keepingOf(kept)).toEqual({ kept: 2, late: 1, missed: 1, open: 1, share: 0.5 })
    expect(keepingOf([{ kept: 'open' }]).share).toBeNull()
  })
  it('is told in the order in which it was due', () => {
    const words = { key: 'k', name: 'n', cadence: 'c', over: 'o' }
    const one = (due: number, what: string) => occurrence({ due, done: null, what, link: null }, 0)
    const { occurrences } = practiceOf(words, [one(2, 'a'), one(1, 'c'), one(1, 'b')])
    expect(occurrences.map(({ what }) => what)).toEqual(['b', 'c', 'a'])
  })
})

const holder = (role: 'slo_owner' | 'product_owner', disabled = false) => ({ id: role, name: 'Somebody', role, disabled })
const WHOLE: ServiceFacts = {
  ...{ slug: 'cart', name: 'Cart', tier: 'critical', slos: 2, team: { slug: 'shop', name: 'Shop', people: 3 } },
  ...{ sloOwner: holder('slo_owner'), productOwner: holder('product_owner') },
  ...{ policy: { slug: 'standard', name: 'Standard', version: 1, open: [] }, sloPolicies: [] },
}
const sentences = (change: Partial<ServiceFacts>) =>
  gapsOf({ ...WHOLE, ...change }, (role) => role).map(({ sentence }) => sentence)

describe('what is missing', () => {
  it('is nothing where everybody is there and agreed', () => expect(sentences({})).toEqual([]))
  it.each([
    [{ slos: 0 }, 'It promises nothing: no SLO is active.'],
    [{ sloOwner: null }, 'Nobody is its SLO owner.'],
    [{ sloOwner: holder('slo_owner', true) }, 'Its SLO owner, Somebody, can no longer sign in.'],
    [{ sloOwner: holder('product_owner') }, 'Its SLO owner, Somebody, does not have the role of one.'],
    [{ team: { slug: 'shop', name: 'Shop', people: 0 } }, 'Nobody is in its team, Shop.'],
    [
      { sloPolicies: [{ slug: 'strict', name: 'Strict', version: 2, open: ['engineer'] }] },
      'The policy of an SLO, Strict, is not agreed by: engineer.',
    ],
  ] as [Partial<ServiceFacts>, string][])('%j: %s', (change, sentence) => expect(sentences(change)).toEqual([sentence]))
  it('of no single service is counted too', () => {
    expect(looseGaps({ links: [], undated: 0 })).toEqual([])
    expect(looseGaps({ links: [{ name: 'Lobby', by: 'Nora' }], undated: 2 }).map(({ sentence }) => sentence)).toEqual([
      'The link to the wall “Lobby” was made by Nora, who has left.',
      '2 open actions of incidents have no date.',
    ])
  })
})
