import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHANGE_TYPES, type ChangeType, DECISIONS, isWorse, RISKS, type Risk } from '../release/vocabulary'
import { type JudgedState, SLO_STATES, type SloState } from '../slo/state'
import { type BudgetPolicy, budgetPolicySchema } from './budget-policy'
import { oddCells } from './matrix'
import { LENIENT, STANDARD } from './presets'
import { freezesAt, matrixDecision, nextFreeze, verdictOf } from './verdict'

const at = (text: string): number => Date.parse(`${text}Z`) / 1000
const NOON = at('2026-07-15T12:00:00')
const policy = (change: object): BudgetPolicy => budgetPolicySchema.parse({ ...STANDARD.settings, ...change })
const judged = (state: JudgedState) => ({ state, judged: state })
const verdict = (settings: BudgetPolicy, state: JudgedState, risk: Risk, type: ChangeType = 'feature', when = NOON) =>
  verdictOf(settings, judged(state), risk, type, when)

const YEAR_END = {
  name: 'End of year',
  schedule: { from: '2025-12-20T00:00', to: '2026-01-04T00:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=YEARLY' },
}
const FRIDAYS = {
  ...{ name: 'Fridays', effect: 'defer', except: [] },
  schedule: { from: '2026-01-02T14:00', to: '2026-01-02T23:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY' },
}
const frozen = policy({ freezes: [YEAR_END, FRIDAYS] })

describe('the matrix', () => {
  // The table of semantics §9, written down again.
  it.each([
    ['healthy', 'approve', 'approve', 'review'],
    ['attention', 'approve', 'review', 'defer'],
    ['warning', 'review', 'defer', 'block'],
    ['critical', 'defer', 'block', 'block'],
    ['exhausted', 'block', 'block', 'block'],
  ] as const)('says of %s: %s, %s, %s', (state, ...expected) =>
    expect(RISKS.map((risk) => verdict(STANDARD.settings, state, risk))).toEqual(expected),
  )

  it.each([
    ['no-data', 'healthy', 'low', 'review'],
    ['not-enough-data', 'healthy', 'high', 'review'],
    ['no-data', 'warning', 'medium', 'defer'],
    ['no-data', 'exhausted', 'low', 'block'],
  ] as const)('is %s over numbers that say %s, %s risk: %s', (state, numbers, risk, expected) =>
    expect(matrixDecision(STANDARD.settings, { state, judged: numbers }, risk)).toBe(expected),
  )

  it('has no odd cell in what comes with Headroom, and finds those of others', () => {
    expect([STANDARD, LENIENT].flatMap(({ settings }) => oddCells(settings.matrix))).toEqual([])
    const odd = policy({
      matrix: {
        ...STANDARD.settings.matrix,
        exhausted: { low: 'approve', medium: 'block', high: 'block' },
        healthy: { low: 'approve', medium: 'review', high: 'approve' },
      },
    })
    expect(oddCells(odd.matrix)).toEqual([
      { state: 'healthy', risk: 'high', than: 'medium risk' },
      { state: 'exhausted', risk: 'low', than: 'critical' },
    ])
  })
})

describe('a service that no SLO gates', () => {
  it('is for a person to decide, or what a freeze window and a lane say', () => {
    const of = (settings: BudgetPolicy, type: ChangeType, when = NOON) => verdictOf(settings, null, 'low', type, when)
    expect(of(STANDARD.settings, 'feature')).toBe('review')
    expect(of(frozen, 'feature', at('2026-12-21T12:00:00'))).toBe('block')
    expect(of(policy({ lanes: { ...STANDARD.settings.lanes, security_fix: 'approve' } }), 'security_fix')).toBe('approve')
  })
})

describe('lanes', () => {
  it.each([
    ['feature', 'block'],
    ['reliability_fix', 'review'],
    ['security_fix', 'review'],
  ] as const)('let a %s of an exhausted budget be %s at worst', (type, expected) =>
    expect(verdict(STANDARD.settings, 'exhausted', 'high', type)).toBe(expected),
  )

  it('never make anything worse', () =>
    expect(
      verdict(
        policy({ lanes: { feature: 'block', reliability_fix: 'defer', security_fix: 'block' } }),
        'healthy',
        'low',
        'reliability_fix',
      ),
    ).toBe('approve'))
})

describe('freeze windows', () => {
  it.each([
    // Berlin is an hour ahead of UTC in winter and two in summer; 2026-12-25 and 2026-07-17 are Fridays.
    ['before the first of them', '2026-12-19T22:59:00', []],
    ['at its first minute', '2026-12-19T23:00:00', ['End of year']],
    ['when two last', '2026-12-25T13:30:00', ['End of year', 'Fridays']],
    ['at the minute it ends', '2027-01-03T23:00:00', []],
    ['on a Friday in summer', '2026-07-17T12:00:00', ['Fridays']],
    ['an hour too early in summer', '2026-07-17T11:59:00', []],
  ])('%s: %s', (_when, instant, expected) => expect(freezesAt(frozen, at(instant)).map(({ name }) => name)).toEqual(expected))

  it.each([
    ['2026-07-17T12:00:00', 'healthy', 'feature', 'defer'],
    ['2026-07-17T12:00:00', 'exhausted', 'feature', 'block'],
    ['2026-12-21T12:00:00', 'healthy', 'feature', 'block'],
    ['2026-12-21T12:00:00', 'healthy', 'security_fix', 'approve'],
    // A lane holds in a freeze window too.
    ['2026-12-21T12:00:00', 'healthy', 'reliability_fix', 'review'],
  ] as const)('at %s, %s, a %s: %s', (instant, state, type, expected) =>
    expect(verdict(frozen, state, 'low', type, at(instant))).toBe(expected),
  )

  it('come again: the next is the one that begins first, also when one lasts', () => {
    const next = nextFreeze(frozen, at('2026-07-17T12:00:00'))
    expect([next?.name, next?.from]).toEqual(['Fridays', at('2026-07-24T12:00:00')])
    const yearly = nextFreeze(policy({ freezes: [YEAR_END] }), NOON)
    expect([yearly?.from, yearly?.to]).toEqual([at('2026-12-19T23:00:00'), at('2027-01-03T23:00:00')])
    const once = policy({ freezes: [{ ...YEAR_END, schedule: { ...YEAR_END.schedule, rrule: null } }] })
    expect(nextFreeze(once, NOON)).toBeNull()
  })

  it('have names of their own', () =>
    expect(budgetPolicySchema.safeParse({ ...STANDARD.settings, freezes: [FRIDAYS, FRIDAYS] }).error?.issues[0]).toMatchObject({
      path: ['freezes', 1, 'name'],
      message: 'Another freeze window has this name. Choose another.',
    }))
})

describe('any policy', () => {
  const decision = fc.constantFrom(...DECISIONS)
  const row = fc.record({ low: decision, medium: decision, high: decision })
  const settings = fc
    .record({
      matrix: fc.record({ healthy: row, attention: row, warning: row, critical: row, exhausted: row }),
      unknown: fc.constantFrom('review' as const, 'defer' as const, 'block' as const),
      lanes: fc.record({ feature: decision, reliability_fix: decision, security_fix: decision }),
    })
    .map((change): BudgetPolicy => ({ ...STANDARD.settings, ...change }))
  const asked = fc.record({
    state: fc.constantFrom<SloState>(...SLO_STATES),
    numbers: fc.constantFrom<JudgedState>('healthy', 'attention', 'warning', 'critical', 'exhausted'),
    risk: fc.constantFrom(...RISKS),
    type: fc.constantFrom(...CHANGE_TYPES),
  })

  it('never answers worse than the lane, and never better than the matrix unless the lane says so', () =>
    fc.assert(
      fc.property(settings, asked, (one, { state, numbers, risk, type }) => {
        const standing = { state, judged: numbers }
        const said = verdictOf(one, standing, risk, type, NOON)
        expect(isWorse(said, one.lanes[type])).toBe(false)
        expect(said === one.lanes[type] || !isWorse(matrixDecision(one, standing, risk), said)).toBe(true)
      }),
    ))

  it('never rewards missing data', () =>
    fc.assert(
      fc.property(settings, asked, (one, { numbers, risk, type }) => {
        const known = verdictOf(one, judged(numbers), risk, type, NOON)
        expect(isWorse(known, verdictOf(one, { state: 'no-data', judged: numbers }, risk, type, NOON))).toBe(false)
      }),
    ))
})
