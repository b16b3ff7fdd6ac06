import { MINUS } from '../format'
import { dayText, partsOf } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import type { ReviewState } from './cycle'
import type { Health } from './health'
import type { MinutesAction } from './minutes'
import type { FrozenRequest } from './snapshot'

export const REVIEW_STATE_WORDS: Record<ReviewState, string> = {
  not_started: 'not started',
  to_review: 'to review',
  overdue: 'overdue',
  reviewed: 'reviewed',
  skipped: 'skipped',
}

export const HEALTH_WORDS: Record<Health, string> = { green: 'Green', yellow: 'Yellow', red: 'Red' }
export const ACTION_WORDS: Record<MinutesAction['status'], string> = { new: 'new', carried: 'carried over', done: 'done' }
export const OUTCOME_WORDS: Record<FrozenRequest['outcome'], string> = {
  refused: 'refused',
  blocked: 'blocked',
  deferred: 'deferred',
  waits: 'waits for people',
}

/** −23.4 · +1.1 · 0.0: tenths of a percent, always with a sign. */
export function tenthsText(tenths: number): string {
  const text = (Math.abs(tenths) / 10).toFixed(1)
  return tenths === 0 ? text : `${tenths < 0 ? MINUS : '+'}${text}`
}

/** Fri 17 Jul, of a date as it is stored. */
export const dueText = (dueOn: string, now: UnixSeconds): string => dayText(Date.parse(`${dueOn}T12:00:00Z`) / 1000, now)

/** 14:35, in a zone. */
export const minuteText = (at: UnixSeconds, zone = 'UTC'): string => partsOf(at, zone).clock

/** "Wed 15 Jul 2026": minutes are read years later. */
export function fullDay(at: UnixSeconds, zone: string): string {
  const { weekday, day, year } = partsOf(at, zone)
  const month = dayText(at, at, zone).split(' ')[2]
  return `${weekday} ${day} ${month} ${year}`
}
