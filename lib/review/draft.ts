import { DateTime } from 'luxon'
import type { UnixSeconds } from '../time-series/units'
import { type Rhythm, rhythmOf, ruleFor } from './recurrence'
import { type CycleInfo, DEFAULT_CHECKLIST } from './schema'

/** A cycle while it is written. */
export type CycleDraft = {
  name: string
  scope: string
  rhythm: Rhythm
  /** 2026-07-15, and 14:30 */
  date: string
  time: string
  timeZone: string
  rrule: string
  /** a line each */
  checklist: string
  enabled: boolean
}

/** A new one begins next Wednesday afternoon. */
export function newCycle(now: UnixSeconds): CycleDraft {
  const today = DateTime.fromSeconds(now, { zone: 'UTC' })
  const wednesday = today.plus({ days: (3 - today.weekday + 7) % 7 || 7 })
  return {
    ...{ name: '', scope: '', rhythm: 'weekly', date: wednesday.toFormat('yyyy-MM-dd'), time: '14:30', timeZone: 'UTC' },
    ...{ rrule: '', checklist: DEFAULT_CHECKLIST.join('\n'), enabled: true },
  }
}

export const draftOfCycle = ({ name, scope, rule, checklist, enabled }: CycleInfo): CycleDraft => ({
  ...{ name, scope: `${scope.kind}:${scope.slug}`, rhythm: rhythmOf(rule), timeZone: rule.timeZone, rrule: rule.rrule ?? '' },
  ...{ date: rule.from.slice(0, 10), time: rule.from.slice(11), checklist: checklist.join('\n'), enabled },
})

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** What the command takes; what is no date stays one that is refused at its field. */
export const inputOfCycle = ({ name, scope, rhythm, date, time, timeZone, rrule, checklist, enabled }: CycleDraft) => ({
  ...{ name, scope, timeZone, enabled, from: `${date}T${time}` },
  rrule: rhythm === 'custom' ? rrule : isDate(date) ? ruleFor(rhythm, date) : 'FREQ=WEEKLY',
  checklist: checklist
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
})

/** The field of the form that a refusal of the command is about. */
export const cycleField = (path: string): string => {
  const field = path.replace(/^cycle\./, '').replace(/^checklist\.\d+$/, 'checklist')
  return field === 'from' ? 'date' : field
}
