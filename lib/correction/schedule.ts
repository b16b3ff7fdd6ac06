import { DateTime, IANAZone } from 'luxon'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DAY, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

/** When an exclusion holds: one stretch of local time, or one that comes again by an RRULE (RFC 5545) in its zone. */

const local = (what: string) =>
  z
    .string({ error: `Write ${what} as a date and a time.` })
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: `Write ${what} as a date and a time, for example 2026-07-15T02:00.` })
    .refine((text) => DateTime.fromISO(text, { zone: 'UTC' }).isValid, { error: `${what} is no date of the calendar.` })

/** One occurrence is at most this long: a longer stretch is no exception but a change of the objective. */
export const LONGEST: Seconds = 31 * DAY
/** Occurrences of one rule that are kept apart at most, over the whole of history. */
const MOST = 5_000

export const scheduleSchema = z
  .object({
    from: local('the start'),
    to: local('the end'),
    timeZone: z
      .string({ error: 'Choose a time zone.' })
      .refine((name) => IANAZone.isValidZone(name), { error: 'Use an IANA time zone, for example Europe/Berlin.' }),
    /** for example FREQ=WEEKLY;BYDAY=SU;UNTIL=20261231T000000Z; `null`: once */
    rrule: z
      .string()
      .trim()
      .max(500, { error: 'Use at most 500 characters.' })
      .transform((text) => text.replace(/^RRULE:/i, '').toUpperCase())
      .nullable()
      .default(null),
  })
  .superRefine((schedule, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const length = lengthOf(schedule)
    if (!(length > 0)) return refuse('to', 'The end is not after the start. Write a later end.')
    if (length > LONGEST) return refuse('to', 'One stretch is at most 31 days. Make it shorter, or let it come again.')
    const problem = schedule.rrule && ruleProblem(schedule, length)
    if (problem) refuse('rrule', problem)
  })
export type Schedule = z.output<typeof scheduleSchema>

const instantOf = (text: string, timeZone: string): UnixSeconds => DateTime.fromISO(text, { zone: timeZone }).toUnixInteger()
const lengthOf = ({ from, to, timeZone }: Schedule): Seconds => instantOf(to, timeZone) - instantOf(from, timeZone)

/** What recurrence needs of a schedule: its first local time, its zone and its rule. */
export type Rule = Pick<Schedule, 'from' | 'timeZone' | 'rrule'>

const ruleOf = ({ from, timeZone, rrule }: Rule): RRuleTemporal<Temporal.ZonedDateTime> =>
  new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${from.replace(/[-:]/g, '')}00\nRRULE:${rrule}`,
    temporal: Temporal,
    maxIterations: MOST * 10,
  })

const zoned = (ts: UnixSeconds, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ts * 1000).toZonedDateTimeISO(timeZone)

function ruleProblem(schedule: Schedule, length: Seconds): string | null {
  if (!/^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/.test(schedule.rrule ?? ''))
    return 'Begin the rule with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, for example FREQ=WEEKLY;BYDAY=SU.'
  try {
    const start = instantOf(schedule.from, schedule.timeZone)
    const starts = startsBetween(schedule, { from: start, to: start + 400 * DAY })
    if (starts.length === 0) return 'The rule has no occurrence within a year of its start. Check its days.'
    if (starts.length > MOST) return `The rule comes more than ${MOST} times. Let it end, or make it rarer.`
    if (starts.some((at, i) => i > 0 && at - (starts[i - 1] as UnixSeconds) < length))
      return 'One occurrence begins before the one before has ended. Make it shorter, or rarer.'
    return null
  } catch (error) {
    return `The rule cannot be read: ${error instanceof Error ? error.message : error}.`
  }
}

type Stretch = { from: UnixSeconds; to: UnixSeconds }

/** When the occurrences of a rule begin, `from` and `to` included, oldest first. */
export function startsBetween(schedule: Rule, { from, to }: Stretch): UnixSeconds[] {
  const { timeZone } = schedule
  return ruleOf(schedule)
    .between(zoned(from, timeZone), zoned(to, timeZone), true)
    .map((at) => Math.floor(at.epochMilliseconds / 1000))
}

/**
 * The stretches of a schedule that touch `from`..`to`, oldest first. Local times move with daylight saving, an occurrence
 * keeps its length in real time, and a local time that a day does not have is left out (RFC 5545, 3.3.10).
 */
export function occurrences(schedule: Schedule, { from, to }: Stretch): Stretch[] {
  const length = lengthOf(schedule)
  const starts = schedule.rrule
    ? startsBetween(schedule, { from: from - length, to })
    : [instantOf(schedule.from, schedule.timeZone)]
  return starts
    .map((start) => ({ from: start, to: start + length }))
    .filter((stretch) => stretch.to > from && stretch.from < to)
    .map((stretch) => ({ from: Math.floor(stretch.from / MINUTE) * MINUTE, to: Math.ceil(stretch.to / MINUTE) * MINUTE }))
}
