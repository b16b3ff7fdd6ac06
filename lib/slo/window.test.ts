import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../time-series/units'
import { CALENDAR_UNITS, windowAt, windowLabel, windowSchema } from './window'

const at = (iso: string) => Date.parse(iso) / 1000
const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
const month = (timeZone: string) => ({ kind: 'calendar', unit: 'month', timeZone }) as const

describe('windowAt', () => {
  it('rolls by whole days of 24 hours', () => {
    const now = at('2026-03-30T10:00:00Z')
    expect(windowAt({ kind: 'rolling', days: 7 }, now)).toEqual({ from: now - 7 * DAY, to: now })
  })

  it.each([
    // March 2026 in Berlin loses an hour, October gains one.
    ['Europe/Berlin', '2026-03-15T12:00:00Z', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z', 31 * 24 - 1],
    ['Europe/Berlin', '2026-10-15T12:00:00Z', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z', 31 * 24 + 1],
    ['Asia/Kathmandu', '2026-07-15T12:00:00Z', '2026-06-30T18:15:00.000Z', '2026-07-31T18:15:00.000Z', 31 * 24],
    ['America/New_York', '2026-11-10T12:00:00Z', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z', 30 * 24 + 1],
    ['UTC', '2028-02-15T12:00:00Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z', 29 * 24],
  ])('%s month of %s', (zone, now, from, to, hours) => {
    const period = windowAt(month(zone), at(now))
    expect([iso(period.from), iso(period.to)]).toEqual([from, to])
    expect((period.to - period.from) / HOUR).toBe(hours)
  })

  it('begins weeks on Monday and quarters with their month', () => {
    expect(iso(windowAt({ kind: 'calendar', unit: 'week', timeZone: 'UTC' }, at('2026-07-15T14:35:00Z')).from)).toBe(
      '2026-07-13T00:00:00.000Z',
    )
    expect(iso(windowAt({ kind: 'calendar', unit: 'quarter', timeZone: 'UTC' }, at('2026-08-15T00:00:00Z')).from)).toBe(
      '2026-07-01T00:00:00.000Z',
    )
  })

  it('tiles time without gap or overlap, in every zone and unit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'),
        fc.constantFrom(...CALENDAR_UNITS),
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') }),
        (timeZone, unit, now) => {
          const window = { kind: 'calendar', unit, timeZone } as const
          const { from, to } = windowAt(window, now)
          expect(from < now && now <= to).toBe(true)
          expect(windowAt(window, to).to).toBe(to)
          expect(windowAt(window, to + 1).from).toBe(to)
          expect(windowAt(window, from).to).toBe(from)
        },
      ),
    )
  })
})

describe('windowSchema', () => {
  it('refuses with a sentence', () => {
    const refusal = (window: unknown) => windowSchema.safeParse(window).error?.issues[0]?.message
    expect(refusal({ kind: 'rolling', days: 0 })).toBe('A rolling window is at least 1 day.')
    expect(refusal({ kind: 'calendar', unit: 'month', timeZone: 'Mars/Olympus' })).toContain('Europe/Berlin')
    expect(windowLabel({ kind: 'rolling', days: 28 })).toBe('28 d')
  })
})
