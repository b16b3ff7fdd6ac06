import { DateTime } from 'luxon'
import type { Rule } from '../correction/schedule'

/** The rhythms people choose from; anything else is written as an RRULE. */
export const RHYTHMS = ['weekly', 'fortnightly', 'monthly', 'custom'] as const
export type Rhythm = (typeof RHYTHMS)[number]

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const NTH = ['first', 'second', 'third', 'fourth', 'last']

const dayIndex = (date: string): number => DateTime.fromISO(date, { zone: 'UTC' }).weekday - 1
/** Which of its weekday in the month a date is, 1 to 4; 5: the last. */
const nthOf = (date: string): number => Math.ceil(Number(date.slice(8, 10)) / 7)

/** The rule of a rhythm that begins on this date, for example 2026-07-15. */
export function ruleFor(rhythm: Exclude<Rhythm, 'custom'>, date: string): string {
  const day = DAYS[dayIndex(date)] ?? 'MO'
  if (rhythm === 'monthly') return `FREQ=MONTHLY;BYDAY=${nthOf(date) === 5 ? -1 : nthOf(date)}${day}`
  return `FREQ=WEEKLY;${rhythm === 'fortnightly' ? 'INTERVAL=2;' : ''}BYDAY=${day}`
}

/** The rhythm that a rule is, if it is one of them. */
export const rhythmOf = ({ from, rrule }: Pick<Rule, 'from' | 'rrule'>): Rhythm =>
  (['weekly', 'fortnightly', 'monthly'] as const).find((one) => ruleFor(one, from.slice(0, 10)) === rrule) ?? 'custom'

/** "Every week on Wednesday at 14:30, Europe/Berlin" */
export function recurrenceText({ from, timeZone, rrule }: Rule): string {
  const date = from.slice(0, 10)
  const day = NAMES[dayIndex(date)] ?? ''
  const at = `at ${from.slice(11)}, ${timeZone}`
  const rhythm = rhythmOf({ from, rrule })
  if (rhythm === 'weekly') return `Every week on ${day} ${at}`
  if (rhythm === 'fortnightly') return `Every second week on ${day} ${at}`
  if (rhythm === 'monthly') return `On the ${NTH[nthOf(date) - 1]} ${day} of the month ${at}`
  return `By the rule ${rrule} ${at}`
}
