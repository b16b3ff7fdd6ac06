import { DateTime } from 'luxon'
import { bucketsOf, monthPeriod } from '../ledger/period'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'

/** Calendar months of a zone, written 2026-06. Pure: zones and their clock changes come from luxon, as for windows. */

export const TREND_MONTHS = 12

/** The month that an instant belongs to; midnight is the last moment of the old one. */
export const monthOf = (at: UnixSeconds, zone: string): string => DateTime.fromSeconds(at - 1, { zone }).toFormat('yyyy-MM')

/** So many months later; earlier when it is negative. */
export const monthsLater = (month: string, count: number): string =>
  DateTime.fromISO(`${month}-01`, { zone: 'UTC' }).plus({ months: count }).toFormat('yyyy-MM')

/** A month and the ones before it, oldest first, each with its stretch. */
export const monthsUpTo = (month: string, zone: string, count = TREND_MONTHS): { month: string; period: Period }[] =>
  Array.from({ length: count }, (_, i) => {
    const one = monthsLater(month, i + 1 - count)
    return { month: one, period: monthPeriod(one, zone) }
  })

/** The newest month that has ended. */
export const lastWholeMonth = (now: UnixSeconds, zone: string): string => monthsLater(monthOf(now + 1, zone), -1)

export type Day = Period & { date: string }

/** The days of a month in order; together they are the month. Most have 24 hours, some 23 or 25. */
export const daysOf = (month: string, zone: string): Day[] =>
  bucketsOf(monthPeriod(month, zone), 'day', zone).map((day) => ({
    ...day,
    date: DateTime.fromSeconds(day.from, { zone }).toFormat('yyyy-MM-dd'),
  }))

const NAMES = [
  ...(['January', 'February', 'March', 'April', 'May', 'June', 'July'] as const),
  ...(['August', 'September', 'October', 'November', 'December'] as const),
]

/** June 2026 */
export const monthName = (month: string): string => `${NAMES[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
