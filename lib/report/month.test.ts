import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthPeriod } from '../ledger/period'
import { DAY, HOUR } from '../time-series/units'
import { daysOf, lastWholeMonth, monthName, monthOf, monthsLater, monthsUpTo } from './month'

const ZONES = [
  'UTC',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/St_Johns',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
]
const zones = fc.constantFrom(...ZONES)
const months = fc
  .tuple(fc.integer({ min: 2015, max: 2035 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`)
const iso = (ts: number) => new Date(ts * 1000).toISOString()

describe('a calendar month of a zone', () => {
  it.each([
    // zone, month, beginning and end as UTC, hours
    ['UTC', '2026-06', '2026-06-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z', 720],
    ['Asia/Kathmandu', '2026-06', '2026-05-31T18:15:00.000Z', '2026-06-30T18:15:00.000Z', 720],
    ['America/St_Johns', '2026-06', '2026-06-01T02:30:00.000Z', '2026-07-01T02:30:00.000Z', 720],
    ['Pacific/Honolulu', '2026-02', '2026-02-01T10:00:00.000Z', '2026-03-01T10:00:00.000Z', 672],
    ['Europe/Berlin', '2026-03', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z', 743],
    ['Europe/Berlin', '2026-10', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z', 745],
  ])('%s %s', (zone, month, from, to, hours) => {
    const period = monthPeriod(month, zone)
    expect([iso(period.from), iso(period.to), (period.to - period.from) / HOUR]).toEqual([from, to, hours])
  })

  it.each([
    ['Europe/Berlin', '2026-03', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10', '2026-10-25', 25],
    ['America/St_Johns', '2026-03', '2026-03-08', 23],
    ['Asia/Kathmandu', '2026-03', '2026-03-29', 24],
  ])('in %s, %s, the %s has %i hours', (zone, month, date, hours) => {
    const day = daysOf(month, zone).find((one) => one.date === date)
    expect(day && (day.to - day.from) / HOUR).toBe(hours)
  })

  it('is made of its days, without a gap', () => {
    fc.assert(
      fc.property(months, zones, (month, zone) => {
        const days = daysOf(month, zone)
        const { from, to } = monthPeriod(month, zone)
        expect([days[0]?.from, days.at(-1)?.to]).toEqual([from, to])
        days.slice(1).forEach((day, i) => {
          expect(day.from).toBe(days[i]?.to)
        })
        expect(days).toHaveLength(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate())
        expect(days.every((day, i) => day.date === `${month}-${String(i + 1).padStart(2, '0')}`)).toBe(true)
        expect(days.every((day) => Math.abs(day.to - day.from - DAY) <= HOUR)).toBe(true)
      }),
    )
  })

  it('holds what lies after its beginning and up to its end', () => {
    fc.assert(
      fc.property(months, zones, fc.double({ min: 0, max: 1, noNaN: true }), (month, zone, share) => {
        const { from, to } = monthPeriod(month, zone)
        expect(monthOf(Math.floor(from + 1 + share * (to - from - 1)), zone)).toBe(month)
        expect([monthOf(from, zone), monthOf(to + 1, zone)]).toEqual([monthsLater(month, -1), monthsLater(month, 1)])
        expect(lastWholeMonth(to, zone)).toBe(month)
        expect(lastWholeMonth(to - 1, zone)).toBe(monthsLater(month, -1))
      }),
    )
  })

  it('follows the one before it', () => {
    fc.assert(
      fc.property(months, zones, (month, zone) => {
        const found = monthsUpTo(month, zone)
        expect([found.length, found.at(-1)?.month]).toEqual([12, month])
        found.slice(1).forEach(({ period }, i) => {
          expect(period.from).toBe(found[i]?.period.to)
        })
      }),
    )
    expect([monthsLater('2026-01', -1), monthsLater('2025-12', 1), monthName('2026-06')]).toEqual([
      '2025-12',
      '2026-01',
      'June 2026',
    ])
  })
})
