import { DateTime } from 'luxon'
import { type Rule, startsBetween } from '../correction/schedule'
import { DAY, type UnixSeconds } from '../time-series/units'

export const REVIEW_STATES = ['not_started', 'to_review', 'overdue', 'reviewed', 'skipped'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

/** The newest occurrence that somebody held or skipped; whatever came before it is settled with it. */
export type Settled = { occurrence: UnixSeconds; status: 'closed' | 'skipped' }

export type Standing = {
  state: ReviewState
  /** the occurrence that a review would be held for; `null`: none is due */
  due: UnixSeconds | null
  /** since when it is overdue */
  overdueSince: UnixSeconds | null
  /** occurrences that went by without a review */
  missed: number
  /** the next one to come; `null`: the rule has ended */
  next: UnixSeconds | null
  /** what a skip settles: all that went by when it is overdue, else the one that is due */
  skips: UnixSeconds | null
}

/** How far ahead the next occurrence is looked for; rules come once a year at least. */
const AHEAD = 400 * DAY

/**
 * How a cycle stands at `now`. An occurrence is to be reviewed from its instant on; when the next one comes and nobody held or
 * skipped it, the cycle is overdue, and stays so until somebody does. Depends on nothing but its arguments.
 */
export function standingOf(rule: Rule, settled: Settled | null, now: UnixSeconds): Standing {
  const from = settled ? settled.occurrence + 1 : DateTime.fromISO(rule.from, { zone: rule.timeZone }).toUnixInteger()
  const due = from > now ? [] : startsBetween(rule, { from, to: now })
  const next = startsBetween(rule, { from: Math.max(from, now + 1), to: Math.max(from, now) + AHEAD })[0] ?? null
  const newest = due.at(-1) ?? null
  const overdue = due.length > 1
  return {
    state: newest === null ? settledState(settled) : overdue ? 'overdue' : 'to_review',
    due: newest,
    overdueSince: due[1] ?? null,
    missed: Math.max(0, due.length - 1),
    next,
    skips: (overdue ? due.at(-2) : newest) ?? null,
  }
}

const settledState = (settled: Settled | null): ReviewState =>
  settled === null ? 'not_started' : settled.status === 'closed' ? 'reviewed' : 'skipped'

/** A meeting may begin this long before its time. */
const EARLY = DAY

/** The occurrence that a review begun now is held for; `null` while nothing is due and the next one is not near. */
export const heldFor = ({ due, next }: Standing, now: UnixSeconds): UnixSeconds | null =>
  due ?? (next !== null && next - now <= EARLY ? next : null)
