import { DateTime } from 'luxon'
import type { Schedule } from './schedule'

const DAYS: Record<string, string> = { MO: 'Mon', TU: 'Tue', WE: 'Wed', TH: 'Thu', FR: 'Fri', SA: 'Sat', SU: 'Sun' }
const EVERY: Record<string, [one: string, many: string]> = {
  DAILY: ['every day', 'days'],
  WEEKLY: ['every week', 'weeks'],
  MONTHLY: ['every month', 'months'],
  YEARLY: ['every year', 'years'],
}

const partsOf = (rrule: string): Record<string, string> =>
  Object.fromEntries(rrule.split(';').map((part) => part.split('=') as [string, string]))

/** "Sun 15 Mar 2026, 02:00 to 03:00 (Europe/Berlin), every week on Sun until 31 Dec 2026". */
export function scheduleText({ from, to, timeZone, rrule }: Schedule): string {
  const [start, end] = [DateTime.fromISO(from, { zone: 'UTC' }), DateTime.fromISO(to, { zone: 'UTC' })]
  const until = start.hasSame(end, 'day') ? end.toFormat('HH:mm') : end.toFormat('ccc d LLL yyyy, HH:mm')
  const once = `${start.toFormat('ccc d LLL yyyy, HH:mm')} to ${until} (${timeZone})`
  return rrule ? `${once}, ${ruleText(rrule)}` : once
}

/** What is usual in words; anything rarer is shown as it is written. */
function ruleText(rrule: string): string {
  const { FREQ = '', INTERVAL = '1', BYDAY, UNTIL, COUNT, ...rest } = partsOf(rrule)
  const words = EVERY[FREQ]
  const days = (BYDAY ?? '').split(',').filter(Boolean)
  if (!words || Object.keys(rest).length > 0 || days.some((day) => !(day in DAYS))) return `by the rule ${rrule}`
  const every = INTERVAL === '1' ? words[0] : `every ${INTERVAL} ${words[1]}`
  const on = days.length > 0 ? ` on ${days.map((day) => DAYS[day]).join(', ')}` : ''
  const ends = UNTIL ? ` until ${DateTime.fromISO(UNTIL.slice(0, 8)).toFormat('d LLL yyyy')}` : COUNT ? `, ${COUNT} times` : ''
  return `${every}${on}${ends}`
}
