import { DAY, HOUR, type UnixSeconds } from './time-series/units'

/** Instants in words: 24-hour, with weekday, in the zone the frame names. English names are ours, so no ICU version changes them. */
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export type Parts = { year: number; month: number; day: number; weekday: string; clock: string; seconds: string }

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone)
  if (!known) {
    const two = '2-digit' as const
    known = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    })
    formatters.set(zone, known)
  }
  return known
}

export function partsOf(at: UnixSeconds, zone: string): Parts {
  const found: Record<string, string> = {}
  for (const { type, value } of formatter(zone).formatToParts(at * 1000)) found[type] = value
  const year = Number(found.year)
  const month = Number(found.month)
  const day = Number(found.day)
  const weekday = DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''
  return { year, month, day, weekday, clock: `${found.hour}:${found.minute}`, seconds: found.second ?? '00' }
}

/** 14:35:00 */
export function clockText(at: UnixSeconds, zone = 'UTC'): string {
  const p = partsOf(at, zone)
  return `${p.clock}:${p.seconds}`
}

/** Fri 24 Jul, with the year when it is another one. */
export function dayText(at: UnixSeconds, now: UnixSeconds, zone = 'UTC'): string {
  const p = partsOf(at, zone)
  const year = p.year === partsOf(now, zone).year ? '' : ` ${p.year}`
  return `${p.weekday} ${p.day} ${MONTHS[p.month - 1]}${year}`
}

/** today 13:50 · Thu 16, 22:10 within three days · Fri 24 Jul beyond: nobody can promise the hour. */
export function whenText(at: UnixSeconds, now: UnixSeconds, zone = 'UTC'): string {
  const p = partsOf(at, zone)
  const today = partsOf(now, zone)
  if (p.day === today.day && p.month === today.month && p.year === today.year) return `today ${p.clock}`
  if (Math.abs(at - now) <= 3 * DAY) return `${p.weekday} ${p.day}, ${p.clock}`
  return dayText(at, now, zone)
}

/** Thu 16 Jul, 22:10: the whole instant, for places with room. */
export const instantText = (at: UnixSeconds, now: UnixSeconds, zone = 'UTC'): string =>
  `${dayText(at, now, zone)}, ${partsOf(at, zone).clock}`

/** 2 h 15 min · 72 h · 5 d: a length of time that is a fact, not an age. */
export function lengthText(seconds: number): string {
  if (seconds < HOUR) return `${Math.floor(seconds / 60)} min`
  const h = Math.floor(seconds / HOUR)
  const min = Math.floor((seconds % HOUR) / 60)
  if (h > 96) return `${Math.floor(h / 24)} d`
  return min === 0 ? `${h} h` : `${h} h ${min} min`
}

const WHOLE = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** July, with the year when it is another one. */
export function monthText(at: UnixSeconds, now: UnixSeconds, zone = 'UTC'): string {
  const p = partsOf(at, zone)
  return `${WHOLE[p.month - 1]}${p.year === partsOf(now, zone).year ? '' : ` ${p.year}`}`
}
