import { describe, expect, it } from 'vitest'
import { journeyChanges } from './changes'
import { overlaps } from './journey'
import { type JourneyInput, journeySchema } from './schema'

const step = (name: string, slo: string | null) => ({ name, sliType: 'availability', threshold: '99.9 %', slo })
const journey = (change: Partial<JourneyInput> = {}): JourneyInput =>
  journeySchema.parse({
    ...{ name: 'Buy something', slug: 'buy', criticality: 'critical' },
    steps: [step('Search', 'search-api/answers'), step('Pay', 'payment/accepted')],
    ...change,
  })

describe('a journey may not repeat itself or another', () => {
  const other = { name: 'Order again', slug: 'again', slos: ['cart/served', 'payment/accepted'] }
  it.each<[string, Partial<JourneyInput>, string[]]>([
    ['nothing in common', {}, []],
    ['the name, written differently', { name: 'ORDER again' }, ['name']],
    ['the short name', { slug: 'again' }, ['slug']],
    ['one SLO twice', { steps: [step('a', 'x/y'), step('b', null), step('c', 'x/y')] }, ['steps.2.slo']],
    ['two steps without an SLO', { steps: [step('a', null), step('b', null)] }, []],
    ['the same SLOs in the same order', { steps: [step('a', 'cart/served'), step('b', 'payment/accepted')] }, ['steps']],
    ['the same SLOs in another order', { steps: [step('a', 'payment/accepted'), step('b', 'cart/served')] }, []],
  ])('%s', (_, change, paths) => {
    expect(overlaps(journey(change), [other]).map(({ path }) => path)).toEqual(paths)
  })
})

describe('what is written', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no steps', { steps: [] }, 'at least one step'],
    ['a threshold without a unit', { steps: [{ ...step('a', null), threshold: '500' }] }, 'with its unit'],
    ['HTML', { name: '<b>Buy</b>' }, 'plain text'],
    ['an SLO that is no name', { steps: [{ ...step('a', null), slo: '17' }] }, 'service/slo'],
  ])('%s is refused with a sentence', (_, change, words) => {
    const parsed = journeySchema.safeParse({ ...journey(), ...change })
    expect(parsed.error?.issues.map(({ message }) => message).join()).toContain(words)
  })
})

it('says changes in words', () => {
  const before = journey()
  expect(journeyChanges(before, before)).toEqual([])
  expect(journeyChanges(before, { ...before, criticality: 'low', steps: [...before.steps].reverse() })).toEqual([
    'Criticality critical → low',
    'Steps in another order',
  ])
  expect(journeyChanges(before, { ...before, result: 'shop/buy', steps: before.steps.slice(1) })).toEqual([
    'Result none → shop/buy',
    'Step removed: Search: availability, 99.9 %, search-api/answers',
  ])
})
