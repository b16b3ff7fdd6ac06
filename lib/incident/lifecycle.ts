import type { FieldIssue } from '../errors'
import type { UnixSeconds } from '../time-series/units'

/** The states of an incident in their order; a later one may be reached without those between. */
export const INCIDENT_STATUSES = ['detected', 'acknowledged', 'mitigated', 'resolved', 'reviewed'] as const
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number]

export const INCIDENT_VERBS = ['acknowledge', 'mitigate', 'resolve', 'reopen', 'review'] as const
export type IncidentVerb = (typeof INCIDENT_VERBS)[number]

/** Unix seconds. The harm lasts from `startedAt` to `mitigatedAt`; what people did about it has its own instants. */
export type IncidentTimes = {
  startedAt: UnixSeconds
  detectedAt: UnixSeconds
  acknowledgedAt: UnixSeconds | null
  mitigatedAt: UnixSeconds | null
  resolvedAt: UnixSeconds | null
  reviewedAt: UnixSeconds | null
}

/** Of anything that has these instants, only them. */
export const timesOf = ({
  startedAt,
  detectedAt,
  acknowledgedAt,
  mitigatedAt,
  resolvedAt,
  reviewedAt,
}: IncidentTimes): IncidentTimes => ({
  ...{ startedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, reviewedAt },
})

/** Where each verb is possible. An incident is reviewed when it is over, and reopened when it is not. */
const FROM: Record<IncidentVerb, IncidentStatus[]> = {
  acknowledge: ['detected'],
  mitigate: ['detected', 'acknowledged'],
  resolve: ['detected', 'acknowledged', 'mitigated'],
  reopen: ['mitigated', 'resolved', 'reviewed'],
  review: ['resolved'],
}

export const isPossible = (status: IncidentStatus, verb: IncidentVerb): boolean => FROM[verb].includes(status)

/** Somebody still works on it: alerts join it. */
export const isOpen = (status: IncidentStatus): boolean => status !== 'resolved' && status !== 'reviewed'
export const OPEN_STATUSES = INCIDENT_STATUSES.filter(isOpen)

/**
 * The state and the instants after a verb at `at`; `null` when the verb is not possible from here. Resolving what nobody
 * mitigated ends the harm as well; reopening forgets every end.
 */
export function moved(
  status: IncidentStatus,
  times: IncidentTimes,
  verb: IncidentVerb,
  at: UnixSeconds,
): { status: IncidentStatus; times: IncidentTimes } | null {
  if (!isPossible(status, verb)) return null
  switch (verb) {
    case 'acknowledge':
      return { status: 'acknowledged', times: { ...times, acknowledgedAt: at } }
    case 'mitigate':
      return { status: 'mitigated', times: { ...times, mitigatedAt: at } }
    case 'resolve':
      return { status: 'resolved', times: { ...times, mitigatedAt: times.mitigatedAt ?? at, resolvedAt: at } }
    case 'review':
      return { status: 'reviewed', times: { ...times, reviewedAt: at } }
    case 'reopen':
      return {
        status: times.acknowledgedAt === null ? 'detected' : 'acknowledged',
        times: { ...times, mitigatedAt: null, resolvedAt: null, reviewedAt: null },
      }
  }
}

type Ordered = [earlier: keyof IncidentTimes, later: keyof IncidentTimes, sentence: string]
/** Harm may end before anybody noticed it, so detecting and mitigating have no order of their own. */
const ORDER: Ordered[] = [
  ['startedAt', 'detectedAt', 'It was detected before it began. Write a later instant, or an earlier start.'],
  ['startedAt', 'mitigatedAt', 'It ended before it began. Write a later end, or an earlier start.'],
  ['detectedAt', 'acknowledgedAt', 'It was acknowledged before it was detected. Write a later instant.'],
  ['acknowledgedAt', 'resolvedAt', 'It was resolved before it was acknowledged. Write a later instant.'],
  ['detectedAt', 'resolvedAt', 'It was resolved before it was detected. Write a later instant.'],
  ['mitigatedAt', 'resolvedAt', 'It was resolved before it was mitigated. Write a later instant.'],
  ['resolvedAt', 'reviewedAt', 'It was reviewed before it was resolved. Write a later instant.'],
]

export const STILL_TO_COME = 'This instant is still to come. Write one of the past.'

/** What is wrong with these instants, each at the field that is to be changed: times do not run backwards, and nothing is yet to come. */
export function timeProblems(times: IncidentTimes, now: UnixSeconds): FieldIssue[] {
  const ahead = (Object.keys(times) as (keyof IncidentTimes)[])
    .filter((key) => (times[key] ?? 0) > now)
    .map((path) => ({ path, message: STILL_TO_COME }))
  const backwards = ORDER.filter(([earlier, later]) => {
    const [first, second] = [times[earlier], times[later]]
    return first !== null && second !== null && second < first
  }).map(([, path, message]) => ({ path, message }))
  return [...ahead, ...backwards]
}

/** Seconds from the start of the harm, and of the whole; `null` where it has not come to that. */
export function durationsOf(times: IncidentTimes): Record<'detect' | 'acknowledge' | 'mitigate' | 'resolve', number | null> {
  const since = (at: UnixSeconds | null) => (at === null ? null : at - times.startedAt)
  return {
    detect: since(times.detectedAt),
    acknowledge: since(times.acknowledgedAt),
    mitigate: since(times.mitigatedAt),
    resolve: since(times.resolvedAt),
  }
}
