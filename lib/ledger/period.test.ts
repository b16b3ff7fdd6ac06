import { describe, expect, it } from 'vitest'
import { bucketsOf, ledgerQuerySchema, monthPeriod } from './period'

const at = (iso: string) => Date.parse(iso) / 1000
const isos = (periods: { from: number; to: number }[]) =>
  periods.map(({ from, to }) => [from, to].map((ts) => new Date(ts * 1000).toISOString().slice(0, 16)))

describe('buckets', () => {
  it('are the days of a zone, the first and the last shorter', () => {
    expect(isos(bucketsOf({ from: at('2026-03-28T12:00Z'), to: at('2026-03-30T06:00Z') }, 'day', 'Europe/Berlin'))).toEqual([
      ['2026-03-28T12:00', '2026-03-28T23:00'],
      // 23 hours: the clocks change.
      ['2026-03-28T23:00', '2026-03-29T22:00'],
      ['2026-03-29T22:00', '2026-03-30T06:00'],
    ])
  })

  it('are weeks from Monday on, and months', () => {
    expect(isos(bucketsOf({ from: at('2026-11-01T00:00Z'), to: at('2026-11-10T00:00Z') }, 'week', 'UTC'))).toEqual([
      ['2026-11-01T00:00', '2026-11-02T00:00'],
      ['2026-11-02T00:00', '2026-11-09T00:00'],
      ['2026-11-09T00:00', '2026-11-10T00:00'],
    ])
    expect(bucketsOf(monthPeriod('2026-11', 'UTC'), 'month', 'UTC')).toEqual([monthPeriod('2026-11', 'UTC')])
  })
})

it('a month is that of the zone', () => {
  expect(isos([monthPeriod('2026-11', 'Asia/Kathmandu')])).toEqual([['2026-10-31T18:15', '2026-11-30T18:15']])
})

it('refuses what is no month', () => {
  expect(ledgerQuerySchema.safeParse({ period: '2026-13' }).error?.issues[0]?.message).toContain('a month such as')
  expect(ledgerQuerySchema.parse({})).toEqual({ period: 'window', by: 'day' })
})
