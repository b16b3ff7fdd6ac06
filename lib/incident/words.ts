import { ageText, NONE, spentText } from '../format'
import { ceilTo, MINUTE, type Seconds } from '../time-series/units'
import type { IncidentStatus, IncidentVerb } from './lifecycle'

export const INCIDENT_STATUS_WORDS: Record<IncidentStatus, string> = {
  detected: 'Detected',
  acknowledged: 'Acknowledged',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
  reviewed: 'Reviewed',
}

/** The words on the buttons, and what stands on the timeline. */
export const VERB_WORDS: Record<IncidentVerb, { button: string; done: string }> = {
  acknowledge: { button: 'Acknowledge', done: 'Acknowledged.' },
  mitigate: { button: 'Mitigated', done: 'Mitigated: the harm ended.' },
  resolve: { button: 'Resolve', done: 'Resolved.' },
  reopen: { button: 'Reopen', done: 'Reopened: the harm goes on.' },
  review: { button: 'Mark as reviewed', done: 'Reviewed.' },
}

const numbers = (ids: number[]): string => ids.map((id) => `#${id}`).join(', ')

/** "Cost of Payments accepted: 12.3 % when resolved, 9.1 % now: exclusion #3." */
export const costChangeText = (slo: string, before: number, now: number, because: number[]): string =>
  `Cost of ${slo}: ${costNowText(before, now, because)}.`

/** "INC-12", as people say it. */
export const incidentName = (id: number): string => `INC-${id}`

/** "12.3 %";. */
export const shareText = (share: number | null): string => (share === null ? NONE : `${spentText(share)} %`)

/** 40 s · 12 min · 2 h 05 · 3 d 4 h: how long something took, rounded up: a minute that was begun was spent. */
export const spanText = (seconds: Seconds): string => (seconds < 90 ? `${seconds} s` : ageText(ceilTo(seconds, MINUTE)))

/** "12.3 % when resolved, 9.1 % now: exclusion #3" */
export const costNowText = (before: number, now: number, because: number[]): string =>
  `${spentText(before)} % when resolved, ${spentText(now)} % now${because.length === 0 ? '' : `: exclusion ${numbers(because)}`}`
