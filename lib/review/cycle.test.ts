import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import { heldFor, type Settled, standingOf } from './cycle'

/** Wednesdays at 14:30 in Berlin, from 2026-07-15 on: 12:30 UTC in summer, 13:30 in winter. */
const WEEKLY = { from: '2026-07-15T14:30', timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY;BYDAY=WE' }
const utc = (text: string): UnixSeconds => Date.parse(`${text}Z`) / 1000
const [FIRST, SECOND, THIRD] = [utc('2026-07-15T12:30'), utc('2026-07-22T12:30'), utc('2026-07-29T12:30')]
const closed = (occurrence: UnixSeconds): Settled => ({ occurrence, status: 'closed' })
const skipped = (occurrence: UnixSeconds): Settled => ({ occurrence, status: 'skipped' })

describe('a cycle', () => {
  it.each<[string, Settled | null, UnixSeconds, object]>([
    ['before its first review', null, FIRST - 1, { state: 'not_started', due: null, next: FIRST, skips: null }],
    ['at the instant of the first', null, FIRST, { state: 'to_review', due: FIRST, next: SECOND, missed: 0, skips: FIRST }],
    ['a second before the next', null, SECOND - 1, { state: 'to_review', due: FIRST, overdueSince: null }],
    ['when the next one came', null, SECOND, { state: 'overdue', due: SECOND, overdueSince: SECOND, missed: 1, skips: FIRST }],
    ['two later', null, THIRD, { state: 'overdue', due: THIRD, overdueSince: SECOND, missed: 2, skips: SECOND }],
    ['held', closed(FIRST), SECOND - 1, { state: 'reviewed', due: null, next: SECOND }],
    ['held before its time', closed(SECOND), FIRST + DAY, { state: 'reviewed', due: null, next: THIRD }],
    ['skipped', skipped(FIRST), SECOND - 1, { state: 'skipped', due: null, skips: null }],
    ['after what was held, the next is to be reviewed', closed(FIRST), SECOND, { state: 'to_review', due: SECOND }],
    ['what went by was skipped: the present one is left', skipped(SECOND), THIRD, { state: 'to_review', due: THIRD, missed: 0 }],
  ])('%s', (_, settled, now, standing) => {
    expect(standingOf(WEEKLY, settled, now)).toMatchObject(standing)
  })

  it('follows the clock of its zone over the end of summer time', () => {
    const before = utc('2026-10-21T12:30')
    expect(standingOf(WEEKLY, closed(before), before + HOUR).next).toBe(utc('2026-10-28T13:30'))
    expect(standingOf(WEEKLY, closed(before), utc('2026-10-28T12:30')).state).toBe('reviewed')
    expect(standingOf(WEEKLY, closed(before), utc('2026-10-28T13:30')).state).toBe('to_review')
  })
  it('has no occurrence on a day without its local time', () => {
    // Clocks go from 02:00 to 03:00 on 2026-03-29.
    const night = { from: '2026-03-22T02:30', timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY;BYDAY=SU' }
    expect(standingOf(night, closed(utc('2026-03-22T01:30')), utc('2026-03-30T00:00'))).toMatchObject({
      ...{ state: 'reviewed', next: utc('2026-04-05T00:30') },
    })
  })
  it('has no next one when its rule has ended', () => {
    const once = { ...WEEKLY, rrule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=1' }
    expect(standingOf(once, null, THIRD)).toMatchObject({ state: 'to_review', due: FIRST, next: null })
    expect(standingOf(once, closed(FIRST), THIRD)).toMatchObject({ state: 'reviewed', next: null })
  })

  it('stays overdue until somebody holds or skips it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (days, more) => {
        const early = standingOf(WEEKLY, null, FIRST + days * DAY)
        const late = standingOf(WEEKLY, null, FIRST + (days + more) * DAY)
        if (early.state === 'overdue') {
          expect(late.state).toBe('overdue')
          expect(late.overdueSince).toBe(early.overdueSince)
          expect(late.missed).toBeGreaterThanOrEqual(early.missed)
        }
        const due = late.due as UnixSeconds
        expect(standingOf(WEEKLY, closed(due), FIRST + (days + more) * DAY).state).toBe('reviewed')
      }),
    )
  })
  it('is one of these whatever was settled, and what is due lies between that and now', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 200 }), fc.integer({ min: -30, max: 200 }), (days, weeks) => {
        const now = FIRST + days * DAY
        const settled = weeks < 0 ? null : closed(FIRST + weeks * 7 * DAY)
        const { state, due, next } = standingOf(WEEKLY, settled, now)
        expect(due === null).toBe(['not_started', 'reviewed', 'skipped'].includes(state))
        if (due !== null) expect(due <= now && due > (settled?.occurrence ?? 0)).toBe(true)
        if (next !== null) expect(next > now && next > (settled?.occurrence ?? 0)).toBe(true)
      }),
    )
  })
})

describe('a meeting', () => {
  it('is held for what is due, or a day early', () => {
    expect(heldFor(standingOf(WEEKLY, null, SECOND + DAY), SECOND + DAY)).toBe(SECOND)
    expect(heldFor(standingOf(WEEKLY, null, FIRST - DAY), FIRST - DAY)).toBe(FIRST)
    expect(heldFor(standingOf(WEEKLY, null, FIRST - DAY - 1), FIRST - DAY - 1)).toBeNull()
  })
})
