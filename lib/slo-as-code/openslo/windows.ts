import { DateTime } from 'luxon'
import type { SloWindow } from '../../slo/window'
import type { Cursor } from '../cursor'
import { rollingAt } from '../terms'
import { type Duration, durationOf } from './duration'
import { startOf } from './slo-rules'

const CALENDAR: Record<string, 'week' | 'month' | 'quarter' | 'year'> = { w: 'week', M: 'month', Q: 'quarter', Y: 'year' }
/** whole periods by another name: 12M are a year, 3M a quarter, 7d a week */
const SAME: Record<string, string> = { '12M': 'Y', '4Q': 'Y', '3M': 'Q', '7d': 'w' }

/** The time window of an SLO in the portal's terms. */
export function windowOf(window: Cursor): SloWindow | null {
  const duration = durationOf(window.get('duration').text())
  if (!duration || duration.seconds === 0) return null
  const calendar = window.get('calendar')
  if (!calendar.present) {
    if (/[MQY]/.test(duration.unit))
      window
        .get('duration')
        .warn('validate', `${duration.count}${duration.unit} rolling are counted as ${duration.seconds / 86_400} days.`)
    return rollingAt(window.get('duration'), duration.seconds)
  }
  const written = `${duration.count}${duration.unit}`
  const unit = duration.count === 1 ? CALENDAR[duration.unit] : CALENDAR[SAME[written] ?? '']
  const timeZone = calendar.get('timeZone').text() ?? 'UTC'
  if (unit) {
    beginning(calendar, unit, timeZone)
    return { kind: 'calendar', unit, timeZone }
  }
  calendar.warn('validate', `Calendars are weeks, months, quarters and years here: ${written} is taken as a rolling window.`)
  return rollingAt(window.get('duration'), (duration as Duration).seconds)
}

/** Periods begin with Monday, or with the first day, at midnight; another start is lost. */
function beginning(calendar: Cursor, unit: 'week' | 'month' | 'quarter' | 'year', zone: string): void {
  const start = startOf(calendar.get('startTime').text() ?? '', zone)
  if (!start?.isValid || start.toMillis() === start.startOf(unit).toMillis()) return
  const first = DateTime.fromMillis(start.startOf(unit).toMillis(), { zone }).toFormat('yyyy-MM-dd HH:mm')
  calendar
    .get('startTime')
    .warn('validate', `A ${unit} begins at its first midnight here (${first}): the start that is written is left out.`)
}
