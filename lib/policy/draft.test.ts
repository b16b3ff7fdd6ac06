import { describe, expect, it } from 'vitest'
import { repeatOf, rruleOf } from '../correction/draft'
import { budgetPolicyField, copyOfBudgetPolicy, draftOfBudgetPolicy, inputOfBudgetDraft, newFreeze } from './draft'
import { BUDGET_PRESETS, STANDARD } from './presets'
import { budgetPolicyInputSchema } from './schema'

const policy = budgetPolicyInputSchema.parse({
  ...STANDARD,
  settings: {
    ...STANDARD.settings,
    freezes: [
      {
        name: 'End of year',
        schedule: { from: '2026-12-19T00:00', to: '2027-01-04T00:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=YEARLY' },
      },
    ],
  },
})

describe('a policy as a form', () => {
  it.each([policy, ...BUDGET_PRESETS].map((one) => [one.name, one] as const))('comes back as it was: %s', (_name, one) => {
    const { name, slug, description, settings } = one
    expect(budgetPolicyInputSchema.parse(inputOfBudgetDraft(draftOfBudgetPolicy(one)))).toEqual({
      name,
      slug,
      description,
      settings,
    })
  })

  it('shows shares in %', () =>
    expect(draftOfBudgetPolicy(policy)).toMatchObject({
      ...{
        lookback: '10',
        floor: { attention: '25', warning: '10', critical: '5' },
        pace: { warning: '1.5' },
        largestLimit: '20',
      },
      freezes: [{ repeat: 'yearly', until: '', from: '2026-12-19T00:00' }],
    }))

  it('is copied under another name', () =>
    expect(copyOfBudgetPolicy(policy)).toMatchObject({ name: 'Standard, copy', slug: 'standard-copy' }))

  it('takes freeze windows that are right before anything is typed', () => {
    const now = Date.UTC(2026, 6, 16, 20) / 1000
    const draft = draftOfBudgetPolicy(policy)
    const freezes = [{ ...newFreeze([], now), name: 'Freeze window 2' }, newFreeze(['Freeze window 2'], now)]
    expect(freezes[1]).toMatchObject({ name: 'Freeze window 3', from: '2026-07-23T00:00', to: '2026-07-24T00:00' })
    expect(budgetPolicyInputSchema.safeParse(inputOfBudgetDraft({ ...draft, freezes })).success).toBe(true)
  })

  it.each([
    [{ lookback: '' }, 'lookback'],
    [{ pace: { attention: '1', warning: 'x', critical: '2' } }, 'pace.warning'],
    [{ floor: { attention: '25', warning: '30', critical: '5' } }, 'floor.critical'],
    [{ longestDays: '0' }, 'longestDays'],
    [{ approvers: { ...STANDARD.settings.approvers, low: [] } }, 'approvers.low'],
    [{ states: { ...STANDARD.settings.states, healthy: { consequence: '', allClear: '' } } }, 'states.healthy.consequence'],
  ])('is refused at the field: %j', (change, field) => {
    const refused = budgetPolicyInputSchema.safeParse(inputOfBudgetDraft({ ...draftOfBudgetPolicy(policy), ...change }))
    expect(refused.error?.issues.map(({ path }) => budgetPolicyField(path.join('.')))).toContain(field)
  })

  it.each([
    ['policy.settings.freezes.1.schedule.rrule', 'freezes.1.rule'],
    ['settings.freezes.0.schedule.to', 'freezes.0.to'],
    ['settings.status.lookbackShare', 'lookback'],
    ['policy.slug', 'slug'],
  ])('%s belongs to %s', (path, field) => expect(budgetPolicyField(path)).toBe(field))
})

describe('a rule as a form holds it', () => {
  it.each([
    [null, 'never'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'weekdays'],
    ['FREQ=YEARLY;UNTIL=20301231T235959Z', 'yearly'],
    ['FREQ=MONTHLY;BYDAY=1SU;COUNT=12', 'rule'],
    ['FREQ=DAILY;UNTIL=20301231T120000Z', 'rule'],
  ])('%s', (rrule, repeat) => {
    expect(repeatOf(rrule).repeat).toBe(repeat)
    expect(rruleOf(repeatOf(rrule))).toBe(rrule)
  })
})
