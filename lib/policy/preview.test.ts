import { describe, expect, it } from 'vitest'
import type { Decision } from '../release/vocabulary'
import type { JudgedState } from '../slo/state'
import { budgetPolicySchema } from './budget-policy'
import { LENIENT, STANDARD } from './presets'
import {
  type ComparedRelease,
  changedGroups,
  compared,
  freezeCalendar,
  type PastRelease,
  type Place,
  previewSentence,
} from './preview'

const AT = Date.UTC(2026, 6, 15, 12) / 1000
const release = (change: Partial<PastRelease> = {}): PastRelease => ({
  ...{ id: 1, service: { slug: 'shop', name: 'Shop' }, version: '1.0.0', at: AT, risk: 'medium', changeType: 'feature' },
  ...{ assumed: false, ...change },
})
const standing = (state: JudgedState | null) => state && { state, judged: state }
const [old, lenient] = [STANDARD.settings, LENIENT.settings]
const place = (name: string | null, was: JudgedState | null, would = was, after = lenient): Place => ({
  slo: name === null ? null : { id: name.length, name },
  before: { settings: old, standing: standing(was) },
  after: { settings: after, standing: standing(would) },
})
const calendar = freezeCalendar(AT - 90 * 86_400, AT)
const both = (places: Place[], change: Partial<PastRelease> = {}) => {
  const { before, after } = compared(release(change), places, calendar)
  return [before.decision, before.slo?.name ?? null, after.decision, after.slo?.name ?? null, after.freeze]
}

describe('a release of the past', () => {
  it('takes the worst of the SLOs that gate it, and names it', () =>
    expect(both([place('Served', 'attention'), place('Fast', 'critical'), place(null, null)])).toEqual(
      // Medium risk: review and block under Standard, approve and review under Lenient.
      ['block', 'Fast', 'review', 'Fast', null],
    ))

  it('is judged by the state that the thresholds of each side give', () =>
    expect(both([place('Served', 'healthy', 'exhausted', old), place(null, null)])).toEqual([
      'approve',
      'Served',
      'block',
      'Served',
      null,
    ]))

  it('takes the lane of its type', () =>
    expect(both([place('Served', 'exhausted'), place(null, null)], { changeType: 'security_fix' })).toEqual([
      ...['review', 'Served', 'review', 'Served', null],
    ]))

  it('of a service that nothing gates is stopped by freeze windows only', () => {
    const july = { from: '2026-07-15T00:00', to: '2026-07-16T00:00', timeZone: 'UTC', rrule: null }
    const frozen = budgetPolicySchema.parse({ ...old, freezes: [{ name: 'Sale', schedule: july }] })
    expect(both([place(null, null, null, frozen)])).toEqual(['approve', null, 'block', null, 'Sale'])
    expect(both([place(null, null, null, frozen)], { changeType: 'security_fix' })).toEqual([
      'approve',
      null,
      'approve',
      null,
      null,
    ])
    expect(both([place(null, null, null, frozen)], { at: AT + 12 * 3_600 })).toEqual(['approve', null, 'approve', null, null])
    expect(both([place('Served', 'exhausted', 'exhausted', frozen), place(null, null, null, frozen)])).toEqual([
      ...['block', 'Served', 'block', 'Served', null],
    ])
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
