import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  COMPOSITE_RULES,
  type CompositeRule,
  composeMinute,
  LATE_POLICIES,
  type LatePolicy,
  type MemberMinute,
} from './composite'

const minute = (...ratios: (number | null)[]): MemberMinute[] => ratios.map((ratio, i) => ({ ratio, weight: i + 1, bar: 0.9 }))

describe('one minute of a composite', () => {
  it.each<[CompositeRule, number[], number]>([
    ['weighted-mean', [1, 0.5], (1 * 1 + 2 * 0.5) / 3],
    ['weighted-mean', [0, 1, 1], 5 / 6],
    ['worst-of', [1, 0.25, 0.5], 0.25],
    ['product', [0.5, 0.5, 0.8], 0.2],
    ['any-bad-slice', [0.9, 0.95], 1],
    ['any-bad-slice', [0.899, 1], 0],
  ])('%s of %j is %d', (rule, ratios, expected) => {
    expect(composeMinute(rule, 'wait', minute(...ratios))).toBeCloseTo(expected, 12)
  })

  it.each<[CompositeRule, LatePolicy, (number | null)[], number | null]>([
    ['weighted-mean', 'leave-out', [0.5, null], 0.5],
    ['weighted-mean', 'wait', [0.5, null], null],
    ['weighted-mean', 'count-as-bad', [0.5, null], 0.5 / 3],
    ['weighted-mean', 'count-as-good', [0.5, null], 2.5 / 3],
    ['worst-of', 'leave-out', [0.5, null], 0.5],
    ['worst-of', 'count-as-bad', [0.5, null], 0],
    ['product', 'count-as-good', [0.5, null], 0.5],
    ['any-bad-slice', 'leave-out', [1, null], 1],
    ['any-bad-slice', 'count-as-bad', [1, null], 0],
    ['worst-of', 'leave-out', [null, null], null],
  ])('%s, late members %s: %j is %s', (rule, late, ratios, expected) => {
    const found = composeMinute(rule, late, minute(...ratios))
    if (expected === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(expected, 12)
  })
})

/** The rules by another road each: people instead of weights, sorting, logarithms, counting. */
const oracle: Record<CompositeRule, (members: { ratio: number; weight: number; bar: number }[]) => number> = {
  'weighted-mean': (members) => {
    const people = members.flatMap(({ ratio, weight }) => Array.from({ length: weight }, () => ratio))
    return people.reduce((sum, ratio) => sum + ratio, 0) / people.length
  },
  'worst-of': (members) => members.map(({ ratio }) => ratio).sort((a, b) => a - b)[0] as number,
  product: (members) => Math.exp(members.reduce((sum, { ratio }) => sum + Math.log(ratio), 0)),
  'any-bad-slice': (members) => Number(members.filter(({ ratio, bar }) => ratio < bar).length === 0),
}

const present = fc.record({
  ratio: fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000),
  weight: fc.integer({ min: 1, max: 20 }),
  bar: fc.constantFrom(0.5, 0.9, 0.99, 0.999),
})
const maybe = fc.record({
  ratio: fc.option(fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000)),
  weight: fc.integer({ min: 1, max: 20 }),
  bar: fc.constantFrom(0.5, 0.99),
})
const several = fc.array(present, { minLength: 2, maxLength: 20 })
const someMissing = fc.array(maybe, { minLength: 2, maxLength: 20 })
const rules = fc.constantFrom(...COMPOSITE_RULES)
const policies = fc.constantFrom(...LATE_POLICIES)

describe('whatever the members are', () => {
  it('every rule says what the oracle says', () => {
    fc.assert(
      fc.property(rules, several, (rule, members) => {
        expect(composeMinute(rule, 'wait', members)).toBeCloseTo(oracle[rule](members), 9)
      }),
    )
  })
  it('a share stays between 0 and 1, whatever is late', () => {
    fc.assert(
      fc.property(rules, policies, someMissing, (rule, late, members) => {
        const share = composeMinute(rule, late, members) ?? 0
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('the order of members does not matter', () => {
    fc.assert(
      fc.property(rules, policies, someMissing, (rule, late, members) => {
        const [there, back] = [composeMinute(rule, late, members), composeMinute(rule, late, [...members].reverse())]
        expect(back ?? -1).toBeCloseTo(there ?? -1, 9)
      }),
    )
  })
  it('product ≤ worst of ≤ weighted mean', () => {
    fc.assert(
      fc.property(several, (members) => {
        const of = (rule: CompositeRule) => composeMinute(rule, 'wait', members) as number
        expect(of('product')).toBeLessThanOrEqual(of('worst-of'))
        expect(of('worst-of')).toBeLessThanOrEqual(of('weighted-mean') + 1e-12)
      }),
    )
  })
  it('a late member counted as bad is never better than left out, counted as good never worse than as bad', () => {
    fc.assert(
      fc.property(rules, someMissing, (rule, members) => {
        const of = (late: LatePolicy) => composeMinute(rule, late, members)
        const [bad, good, out] = [of('count-as-bad') as number, of('count-as-good') as number, of('leave-out')]
        expect(bad).toBeLessThanOrEqual(good + 1e-12)
        if (out !== null) expect(bad).toBeLessThanOrEqual(out + 1e-12)
      }),
    )
  })
})
