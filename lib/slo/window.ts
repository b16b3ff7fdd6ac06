import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'
import { DAY, type UnixSeconds } from '../time-series/units'

export const CALENDAR_UNITS = ['week', 'month', 'quarter', 'year'] as const

export const zoneSchema = z
  .string()
  // Newer engines take offsets such as +02:00 too: they have no summer, and no name that other tools know.
  .refine((name) => /^[a-z]/i.test(name) && IANAZone.isValidZone(name), {
    error: 'Use an IANA time zone, for example Europe/Berlin.',
  })

export const windowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rolling'),
    days: z
      .number()
      .int({ error: 'A rolling window is a whole number of days.' })
      .min(1, { error: 'A rolling window is at least 1 day.' })
      .max(366, { error: 'A rolling window is at most 366 days.' }),
  }),
  z.object({ kind: z.literal('calendar'), unit: z.enum(CALENDAR_UNITS), timeZone: zoneSchema }),
])
export type SloWindow = z.infer<typeof windowSchema>

/** A stretch of time: `from` is left out, `to` is included, both unix seconds. */
export type Period = { from: UnixSeconds; to: UnixSeconds }

/**
 * The stretch an SLO is judged over at `now`.
 * Rolling: the last n × 24 h. Calendar: the unit that contains `now` in the window's zone; its days may
 * have 23 or 25 hours. `to` is the end of the whole period, which for calendar windows lies ahead of `now`.
 */
export function windowAt(window: SloWindow, now: UnixSeconds): Period {
  if (window.kind === 'rolling') return { from: now - window.days * DAY, to: now }
  // An instant belongs to the period it ends: midnight is the last moment of the old day.
  const local = DateTime.fromSeconds(now - 1, { zone: window.timeZone })
  const start = local.startOf(window.unit)
  return { from: start.toUnixInteger(), to: start.plus({ [`${window.unit}s`]: 1 }).toUnixInteger() }
}

/** "30 d", "month". Short form for tables. */
export const windowLabel = (window: SloWindow): string => (window.kind === 'rolling' ? `${window.days} d` : window.unit)

/** Length of the whole window at `now`. Seconds; calendar months differ. */
export function windowLength(window: SloWindow, now: UnixSeconds): number {
  const { from, to } = windowAt(window, now)
  return to - from
}
