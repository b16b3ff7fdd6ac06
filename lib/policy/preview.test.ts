import { describe, expect, it } from 'vitest'
import type { Decision } from '../release/vocabulary'
import type { JudgedState } from '../slo/state'
import { type BudgetPolicy, budgetPolicySchema } from './budget-policy'
import { LENIENT, STANDARD } from './presets'
import {
  type Basis,
  type ComparedRelease,
  changedGroups,
  compared,
  freezeCalendar,
  type PastRelease,
  previewSentence,
} from './preview'

const AT = Date.UTC(2026, 6, 15, 12) / 1000
const release = (change: Partial<PastRelease> = {}): PastRelease => ({
  ...{ id: 1, service: { slug: 'shop', name: 'Shop' }, version: '1.0.0', at: AT, risk: 'medium', changeType: 'feature' },
  ...{ assumed: false, ...change },
})
const [old, lenient] = [STANDARD.settings, LENIENT.settings]
const calendar = freezeCalendar(AT - 90 * 86_400, AT)
type Stood = Record<string, JudgedState>
const basis = (settings: BudgetPolicy, stood: Stood): Basis => ({
  settings,
  slos: Object.entries(stood).map(([name, state], id) => ({ slo: { id, name }, standing: { state, judged: state } })),
})
const both = (
  stood: Stood,
  { after = lenient, would = stood, ...change }: { after?: BudgetPolicy; would?: Stood } & Partial<PastRelease> = {},
) => {
  const said = compared(release(change), { before: basis(old, stood), after: basis(after, would) }, calendar)
  return [
    said.before.decision,
    said.before.slo?.name ?? null,
    said.after.decision,
    said.after.slo?.name ?? null,
    said.after.freeze,
  ]
}

describe('a release of the past', () => {
  it('takes the worst of the SLOs that gate it, and names it', () =>
    // Medium risk: review and block under Standard, approve and review under Lenient.
    expect(both({ Served: 'attention', Fast: 'critical' })).toEqual(['block', 'Fast', 'review', 'Fast', null]))

  it('names the worse state where decisions are the same', () =>
    expect(both({ Served: 'critical', Fast: 'exhausted', Whole: 'critical' })).toEqual(['block', 'Fast', 'block', 'Fast', null]))

  it('is judged by the state that the thresholds of each side give', () =>
    expect(both({ Served: 'healthy' }, { after: old, would: { Served: 'exhausted' } })).toEqual([
      ...['approve', 'Served', 'block', 'Served', null],
    ]))

  it('takes the lane of its type', () =>
    expect(both({ Served: 'exhausted' }, { changeType: 'security_fix' })).toEqual(['review', 'Served', 'review', 'Served', null]))

  it('is stopped by freeze windows, which are named where they decide', () => {
    const july = { from: '2026-07-15T00:00', to: '2026-07-16T00:00', timeZone: 'UTC', rrule: null }
    const after = budgetPolicySchema.parse({ ...old, freezes: [{ name: 'Sale', schedule: july }] })
    expect(both({}, { after })).toEqual(['review', null, 'block', null, 'Sale'])
    expect(both({}, { after, changeType: 'security_fix' })).toEqual(['review', null, 'review', null, null])
    expect(both({ Served: 'healthy' }, { after, changeType: 'reliability_fix' })).toEqual([
      'approve',
      'Served',
      'review',
      'Served',
      'Sale',
    ])
    expect(both({}, { after, at: AT + 12 * 3_600 })).toEqual(['review', null, 'review', null, null])
    expect(both({ Served: 'exhausted' }, { after })).toEqual(['block', 'Served', 'block', 'Served', null])
  })
})

describe('the answer', () => {
  const side = (decision: Decision) => ({ decision, state: null, slo: null, freeze: null })
  const moved = (id: number, before: Decision, after: Decision): ComparedRelease => ({
    ...{ ...release({ id }), before: side(before), after: side(after) },
  })
  const releases = [
    ...[moved(1, 'approve', 'block'), moved(2, 'review', 'block'), moved(3, 'defer', 'block'), moved(4, 'approve', 'review')],
    ...[moved(5, 'block', 'defer'), moved(6, 'approve', 'approve'), moved(7, 'block', 'block')],
  ]

  it('counts what would have gone another way', () => {
    expect(previewSentence(releases, 90)).toBe(
      'Of the 7 releases of the last 90 days it would have blocked 3, asked for a review of 1 and been easier on 1.',
    )
    expect(previewSentence([moved(1, 'review', 'review')], 90)).toBe(
      'It would have decided the 1 release of the last 90 days the same.',
    )
    expect(previewSentence([], 90)).toBe('No release went out there in the last 90 days.')
  })

  it('lists it, the worst first', () =>
    expect(changedGroups(releases).map(({ title, releases: of }) => [title, of.map(({ id }) => id)])).toEqual([
      ['Would have blocked these 3 releases', [1, 2, 3]],
      ['Would have asked for a review of this release', [4]],
      ['Would have been easier on this release', [5]],
    ]))
})
