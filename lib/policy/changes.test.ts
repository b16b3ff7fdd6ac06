import { describe, expect, it } from 'vitest'
import { budgetPolicyChanges } from './changes'
import { LENIENT, STANDARD } from './presets'
import { type BudgetPolicyInput, budgetPolicyInputSchema } from './schema'
import { agreementText, policyWarnings, thresholdText } from './words'

const { settings } = STANDARD
const base: BudgetPolicyInput = { name: 'Shop', slug: 'shop', description: '', settings }
const changed = (change: object, whole: Partial<BudgetPolicyInput> = {}): string[] =>
  budgetPolicyChanges(base, budgetPolicyInputSchema.parse({ ...base, ...whole, settings: { ...settings, ...change } }))
const freeze = {
  name: 'Sale',
  schedule: { from: '2026-11-27T00:00', to: '2026-11-28T00:00', timeZone: 'Europe/Berlin', rrule: null },
}

describe('a change of a policy in words', () => {
  it.each([
    [
      'a pace',
      { status: { ...settings.status, pace: { attention: 1, warning: 1.5, critical: 3 } } },
      'Critical above a pace of 2× → 3×',
    ],
    [
      'a floor',
      { status: { ...settings.status, floor: { ...settings.status.floor, attention: 0.3 } } },
      'Attention with less left than 25 % → 30 %',
    ],
    [
      'the lookback',
      { status: { ...settings.status, lookbackShare: 0.05 } },
      'Pace looks back over 10 % of the window → 5 % of the window',
    ],
    [
      'a cell',
      { matrix: { ...settings.matrix, warning: { low: 'review', medium: 'review', high: 'block' } } },
      'Warning, medium risk: defer → review',
    ],
    ['what nobody knows', { unknown: 'defer' }, 'Without data at best review → defer'],
    [
      'a lane',
      { lanes: { ...settings.lanes, feature: 'defer', security_fix: 'approve' } },
      ['Feature: no lane of its own → at worst defer', 'Security fix: at worst review → at worst approve'],
    ],
    ['the cost', { costFloor: 0.2 }, 'Left after a costly release at least 10 % → 20 %'],
    [
      'incidents',
      { incidents: { severities: ['sev1'], here: 'block', dependencies: 'review' } },
      ['Incidents that count: SEV1 or SEV2 → SEV1', 'An open incident here: defer → block'],
    ],
    ['approvers', { approvers: { ...settings.approvers, low: ['slo_owner'] } }, 'Reviews of low risk: product owner → SLO owner'],
    ['how long it holds', { validHours: 12 }, 'A decision holds 4 h → 12 h'],
    [
      'waivers',
      { waivers: { longestDays: 7, largestLimit: 0.05 } },
      ['A waiver holds at most 14 d → 7 d', 'A waiver spends at most 20 % → 5 %'],
    ],
    ['the gate', { unreachable: { portal: 'open', data: 'review' } }, 'The gate without an answer: closed → open'],
    [
      'words',
      { states: { ...settings.states, exhausted: { consequence: 'Features stop.', allClear: '' } } },
      [
        'Exhausted means “Features stop; reliability and security fixes go on after a review. A waiver takes two people.” → “Features stop.”',
        'All-clear of exhausted: “Normal releases resume.” → nothing',
      ],
    ],
    ['who agrees', { agreedBy: ['product_owner'] }, 'Agreed by engineer, SLO owner and product owner → product owner'],
    [
      'a new freeze window',
      { freezes: [freeze] },
      'New freeze window “Sale”: Fri 27 Nov 2026, 00:00 to Sat 28 Nov 2026, 00:00 (Europe/Berlin): blocks, not for a security fix',
    ],
  ])('names %s', (_what, change, expected) => expect(changed(change)).toEqual([expected].flat()))

  it('names what became of freeze windows', () => {
    const before = budgetPolicyInputSchema.parse({
      ...base,
      settings: { ...settings, freezes: [freeze, { ...freeze, name: 'Gone' }] },
    })
    const after = budgetPolicyInputSchema.parse({
      ...base,
      settings: { ...settings, freezes: [{ ...freeze, effect: 'review', except: [] }] },
    })
    expect(budgetPolicyChanges(before, after)).toEqual([
      'Freeze window “Sale”: effect blocks → asks for a review',
      'Freeze window “Sale”: holds not for a security fix → whatever the change is',
      'Freeze window “Gone” left out',
    ])
  })

  it('names name and description, and nothing when nothing changed', () => {
    expect(changed({}, { name: 'Store', description: 'New.' })).toEqual(['Name “Shop” → “Store”', 'Description rewritten'])
    expect(changed({})).toEqual([])
  })
})

describe('sentences of a policy', () => {
  it('say when a state begins', () => {
    expect(thresholdText(settings.status, 'warning')).toBe(
      'Over the last 10 % of the window the budget was spent more than 1.5 times as fast as it lasts, or less than 10 % of it is left.',
    )
    expect(thresholdText(settings.status, 'exhausted')).toBe('Nothing is left of the budget.')
  })
  it('say who agreed and who has to', () => {
    expect(agreementText([{ role: 'engineer', name: 'Emil' }], ['slo_owner', 'product_owner'])).toBe(
      'agreed by Emil as engineer; still open: SLO owner and product owner',
    )
    expect(agreementText([], [])).toBe('nobody has to agree')
  })
  it('warn of cells that are easier than they look', () =>
    expect([
      policyWarnings(LENIENT.settings),
      policyWarnings({ matrix: { ...settings.matrix, critical: settings.matrix.healthy } }),
    ]).toEqual([
      [],
      [
        'Critical with low risk is easier than warning. Check the table.',
        'Critical with medium risk is easier than warning. Check the table.',
        'Critical with high risk is easier than warning. Check the table.',
      ],
    ]))
})

describe('input', () => {
  it.each([
    ['no name', { name: ' ' }, 'name', 'Give the policy a name people will recognise.'],
    ['a taken address', { slug: 'preview' }, 'slug', 'This name is taken. Choose another.'],
    [
      'thresholds that fall',
      { settings: { ...settings, status: { ...settings.status, pace: { attention: 1, warning: 3, critical: 2 } } } },
      'settings.status.pace.critical',
      'Pace thresholds must rise from attention to warning to critical.',
    ],
    [
      'a floor of more than everything',
      { settings: { ...settings, status: { ...settings.status, floor: { attention: 25, warning: 0.1, critical: 0.05 } } } },
      'settings.status.floor.attention',
      'What is left is at most 1, the whole budget.',
    ],
    [
      'an unknown decision',
      { settings: { ...settings, unknown: 'maybe' } },
      'settings.unknown',
      'Without data a release is reviewed at best.',
    ],
    [
      'a state without words',
      { settings: { ...settings, states: { ...settings.states, critical: { consequence: '' } } } },
      'settings.states.critical.consequence',
      'Say what follows from this state.',
    ],
  ])('refuses %s with a sentence', (_what, change, path, message) => {
    const issue = budgetPolicyInputSchema.safeParse({ ...base, ...change }).error?.issues[0]
    expect([issue?.path.join('.'), issue?.message]).toEqual([path, message])
  })
})
