import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNASSIGNED_POLICY } from '../policy/presets'
import { verdictOf } from '../policy/verdict'
import { CHANGE_TYPES, type ChangeType, DECISIONS, type Decision, isWorse, RISKS, type Risk } from '../release/vocabulary'
import { SLO_STATES, type SloState } from '../slo/state'
import { HOUR, MINUTE } from '../time-series/units'
import { canaryThatFits, decide } from './decide'
import type { DecisionInput } from './decision'
import { costing, input, NOON, slo, waiver } from './world-fixture'

/**
 * Semantics §9, written out by hand: 7 states × 3 risks × 3 types of change. Without data the numbers that were last known
 * are healthy here, and a person decides at best.
 */
const a = 'approve'
const r = 'review'
const d = 'defer'
const b = 'block'
const TABLE: [SloState, Record<ChangeType, [low: Decision, medium: Decision, high: Decision]>][] = [
  ['healthy', { feature: [a, a, r], reliability_fix: [a, a, r], security_fix: [a, a, r] }],
  ['attention', { feature: [a, r, d], reliability_fix: [a, r, r], security_fix: [a, r, r] }],
  ['warning', { feature: [r, d, b], reliability_fix: [r, r, r], security_fix: [r, r, r] }],
  ['critical', { feature: [d, b, b], reliability_fix: [r, r, r], security_fix: [r, r, r] }],
  ['exhausted', { feature: [b, b, b], reliability_fix: [r, r, r], security_fix: [r, r, r] }],
  ['no-data', { feature: [r, r, r], reliability_fix: [r, r, r], security_fix: [r, r, r] }],
  ['not-enough-data', { feature: [r, r, r], reliability_fix: [r, r, r], security_fix: [r, r, r] }],
]
const standing = (state: SloState) =>
  state === 'no-data' || state === 'not-enough-data' ? slo({ state }) : slo({ state, judged: state })
const asked = (type: ChangeType, risk: Risk, over: Partial<DecisionInput> = {}) =>
  decide(input({ ...over, change: { type, risk, plannedAt: null } })).decision

describe('the whole matrix', () => {
  it('has every state', () => expect(TABLE.map(([state]) => state).sort()).toEqual([...SLO_STATES].sort()))
  for (const [state, types] of TABLE)
    for (const type of CHANGE_TYPES)
      for (const [i, risk] of RISKS.entries())
        it(`${state}, ${risk} risk, ${type}: ${types[type][i]}`, () =>
          expect(asked(type, risk, { slos: [standing(state)] })).toBe(types[type][i]))
})

describe('what a decision is made of', () => {
  it('is the worst of the gating SLOs, by what the risk makes of them', () => {
    const slos = [
      slo({ id: 1 }),
      slo({ id: 2, judged: 'critical', name: 'Answers in time' }),
      slo({ id: 3, judged: 'attention' }),
    ]
    const { decision, rules } = decide(input({ slos }))
    expect(decision).toBe('defer')
    expect(rules[0]?.sentence).toContain('Answers in time')
  })
  it('keeps what was last known of numbers that are not there any more: a spent budget blocks without data, too', () =>
    expect(asked('feature', 'low', { slos: [slo({ state: 'no-data', judged: 'exhausted', remaining: -0.2 })] })).toBe('block'))
  it('asks a person where no SLO gates', () => expect(asked('feature', 'low', { slos: [] })).toBe('review'))
  it('takes an evaluation of eleven minutes ago for none', () =>
    expect(asked('feature', 'low', { slos: [slo({ ts: NOON - 11 * MINUTE })] })).toBe('review'))
  it('blocks without data where the policy says so', () => {
    const settings = { ...UNASSIGNED_POLICY.settings, unreachable: { portal: 'closed', data: 'block' } as const }
    const policy = { ...UNASSIGNED_POLICY, settings }
    expect(asked('feature', 'low', { policy, slos: [slo({ state: 'no-data' })] })).toBe('block')
    expect(asked('security_fix', 'low', { policy, slos: [slo({ state: 'no-data' })] })).toBe('review')
  })

  const severe = { id: 4, title: 'Nobody can pay', severity: 'sev1' as const, service: 'Checkout', here: true }
  it.each([
    ['a severe incident here', [severe], 'defer'],
    ['one at a service that it needs', [{ ...severe, here: false }], 'review'],
    ['a small one', [{ ...severe, severity: 'sev3' as const }], 'approve'],
  ])('with %s: %s', (_, incidents, expected) => expect(asked('feature', 'low', { incidents })).toBe(expected))

  const cost = {
    slo: { id: 1, name: 'Orders accepted' },
    remaining: 0.15,
    basis: 'risk' as const,
    releases: 12,
    typical: 0.01,
    costly: 0.08,
  }
  it('asks a person when the costly tenth would leave less than the floor', () => {
    const { decision, rules, conditions } = decide(input({ costs: costing(cost) }))
    expect(decision).toBe('review')
    expect(rules.find(({ rule }) => rule === 'cost')?.inputs).toContainEqual({
      name: 'left after',
      value: 0.15 - 0.08,
      than: ['<', 0.1],
    })
    expect(conditions[0]).toEqual({ kind: 'canary', share: 0.1, minutes: 30 })
  })
  it('finds the largest canary that leaves the floor', () => {
    expect(canaryThatFits(input({ costs: costing(cost) }))).toBe(0.5)
    expect(canaryThatFits(input({ costs: costing({ ...cost, costly: 0.6 }) }))).toBe(0.05)
    const none = input({ costs: costing({ ...cost, remaining: 0.05 }) })
    expect(canaryThatFits(none)).toBeNull()
    expect(decide(none).conditions.map(({ kind }) => kind)).not.toContain('canary')
  })

  const frozen = (except: ChangeType[]) => ({
    ...UNASSIGNED_POLICY,
    settings: {
      ...UNASSIGNED_POLICY.settings,
      freezes: [
        {
          name: 'Sale',
          effect: 'block' as const,
          except,
          schedule: { from: '2026-07-15T10:00', to: '2026-07-15T20:00', timeZone: 'UTC', rrule: null },
        },
      ],
    },
  })
  it('stops in a freeze window, except for what it lets through', () => {
    expect(asked('feature', 'low', { policy: frozen([]) })).toBe('block')
    expect(asked('feature', 'low', { policy: frozen(['feature']) })).toBe('approve')
    expect(asked('security_fix', 'low', { policy: frozen([]) })).toBe('review')
  })
  it('looks at the planned time, not at now', () => {
    const planned = (plannedAt: number) =>
      decide(input({ policy: frozen([]), change: { type: 'feature', risk: 'low', plannedAt } }))
    expect(planned(NOON + 9 * HOUR).decision).toBe('approve')
    expect(planned(NOON + HOUR).alternatives).toContainEqual({ kind: 'later', at: NOON + 8 * HOUR, why: 'Sale is over then' })
  })
  it('looks behind a freeze window that lets it through for one that does not', () => {
    const [first] = frozen(['security_fix']).settings.freezes
    const later = {
      ...first,
      name: 'Audit',
      except: [],
      schedule: { from: '2026-07-15T13:30', to: '2026-07-15T20:00', timeZone: 'UTC', rrule: null },
    }
    const policy = {
      ...UNASSIGNED_POLICY,
      settings: {
        ...UNASSIGNED_POLICY.settings,
        freezes: [{ ...first, schedule: { ...later.schedule, from: '2026-07-15T13:00' } }, later],
      },
    }
    const { validUntil } = decide(
      input({ policy: policy as never, change: { type: 'security_fix', risk: 'low', plannedAt: null } }),
    )
    expect(validUntil).toBe(NOON + 1.5 * HOUR)
  })
  it('holds until a freeze window begins, if that is sooner than the hours of the policy', () => {
    const policy = frozen([])
    expect(decide(input({ policy, now: NOON - 4 * HOUR })).validUntil).toBe(NOON - 2 * HOUR)
    expect(decide(input()).validUntil).toBe(NOON + 4 * HOUR)
  })
})

describe('a waiver', () => {
  it.each(['exhausted', 'critical', 'warning'] as const)('makes a review of what %s blocks', (judged) =>
    expect(asked('feature', 'high', { slos: [slo({ judged, remaining: -0.1 })], waivers: [waiver] })).toBe('review'),
  )
  it('is not needed where nothing is blocked, and says so', () => {
    const { decision, waiver: used, rules } = decide(input({ waivers: [waiver] }))
    expect([decision, used]).toEqual(['approve', null])
    expect(rules.at(-1)?.sentence).toContain('It is not needed.')
  })
  it('ends the decision with it', () =>
    expect(
      decide(input({ slos: [slo({ judged: 'exhausted' })], waivers: [{ ...waiver, untilTs: NOON + HOUR }] })).validUntil,
    ).toBe(NOON + HOUR))
})

describe('what else could be done', () => {
  it('says what a smaller change would get, when the state may be better, and that a waiver opens it', () => {
    const { alternatives } = decide(
      input({
        slos: [slo({ judged: 'warning', easesAt: NOON + 30 * HOUR })],
        change: { type: 'feature', risk: 'high', plannedAt: null },
      }),
    )
    expect(alternatives).toEqual([
      { kind: 'smaller', risk: 'medium', decision: 'defer' },
      { kind: 'smaller', risk: 'low', decision: 'review' },
      { kind: 'later', at: NOON + 30 * HOUR, why: 'Orders accepted may be better then, if nothing more fails' },
      { kind: 'waiver' },
    ])
  })
  it('has nothing to offer for what may go out', () => expect(decide(input()).alternatives).toEqual([]))
})

describe('properties', () => {
  const state = fc.constantFrom(...SLO_STATES)
  const change = fc.record({
    type: fc.constantFrom(...CHANGE_TYPES),
    risk: fc.constantFrom(...RISKS),
    plannedAt: fc.constant(null),
  })
  const world = fc.record({ slos: fc.array(state.map(standing), { minLength: 1, maxLength: 4 }), change })
  it('another gating SLO never makes a decision better', () =>
    fc.assert(
      fc.property(world, state, ({ slos, change: asked_ }, more) => {
        const before = decide(input({ slos, change: asked_ })).decision
        const after = decide(input({ slos: [...slos, standing(more)], change: asked_ })).decision
        expect(isWorse(before, after)).toBe(false)
      }),
    ))
  it('more risk never makes a decision better', () =>
    fc.assert(
      fc.property(world, ({ slos, change: { type } }) => {
        const found = RISKS.map((risk) =>
          DECISIONS.indexOf(decide(input({ slos, change: { type, risk, plannedAt: null } })).decision),
        )
        expect(found).toEqual([...found].sort((x, y) => x - y))
      }),
    ))
  it('a fix is never blocked, and with a waiver nothing is', () =>
    fc.assert(
      fc.property(world, ({ slos, change: asked_ }) => {
        const withWaiver = decide(input({ slos, change: asked_, waivers: [waiver] })).decision
        expect(['approve', 'review']).toContain(withWaiver)
        if (asked_.type !== 'feature') expect(['approve', 'review']).toContain(decide(input({ slos, change: asked_ })).decision)
      }),
    ))
  it('agrees with what the preview of a policy says, which is another way of saying it', () =>
    fc.assert(
      fc.property(state, change, (one, asked_) => {
        const { settings } = UNASSIGNED_POLICY
        const { state: is, judged } = standing(one)
        const previewed = verdictOf(settings, { state: is, judged }, asked_.risk, asked_.type, NOON)
        expect(decide(input({ slos: [standing(one)], change: asked_ })).decision).toBe(previewed)
      }),
    ))
  it('says every rule once, in order, each with what it compared', () =>
    fc.assert(
      fc.property(world, (of) => {
        const { rules } = decide(input(of))
        expect(rules.map(({ rule }) => rule)).toEqual(['status', 'data', 'cost', 'freeze', 'incidents', 'lane', 'waiver'])
        expect(rules.every(({ inputs, sentence }) => inputs.length > 0 && sentence !== '')).toBe(true)
      }),
    ))
})
