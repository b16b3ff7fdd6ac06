import type { Seconds, UnixSeconds } from '../time-series/units'

/** What is done again and again, and how well. Pure. */

export const KEPT = ['kept', 'late', 'missed', 'open'] as const
export type Kept = (typeof KEPT)[number]

export type Occurrence = {
  /** until when it had to be done, and when it was; unix seconds */
  due: UnixSeconds
  done: UnixSeconds | null
  kept: Kept
  /** whose, or of what: a team, an incident, a policy */
  what: string
  /** where it is done, or was */
  link: string | null
}

export type Practice = {
  key: string
  name: string
  /** how often, and until when, in a sentence */
  cadence: string
  /** how far back it is counted, in words */
  over: string
  /** oldest first */
  occurrences: Occurrence[]
}

/**
 * Done until it was due is kept (the instant itself is in time), done afterwards is late; not done is open until it is due, and
 * missed from then on, as long as nobody does it.
 */
export function keptOf(due: UnixSeconds, done: UnixSeconds | null, now: UnixSeconds): Kept {
  if (done !== null) return done <= due ? 'kept' : 'late'
  return now <= due ? 'open' : 'missed'
}

export const occurrence = ({ due, done, what, link }: Omit<Occurrence, 'kept'>, now: UnixSeconds): Occurrence => ({
  due,
  done,
  kept: keptOf(due, done, now),
  what,
  link,
})

/** A practice with its occurrences in the order in which they were due. */
export const practiceOf = (words: Omit<Practice, 'occurrences'>, occurrences: Occurrence[]): Practice => ({
  ...words,
  occurrences: [...occurrences].sort((a, b) => a.due - b.due || (a.what < b.what ? -1 : 1)),
})

export type Keeping = Record<Kept, number> & {
  /** of those that are due, how many were done in time, 0..1; `null`: none is due yet */
  share: number | null
}

export function keepingOf(occurrences: Pick<Occurrence, 'kept'>[]): Keeping {
  const count = (kept: Kept) => occurrences.filter((one) => one.kept === kept).length
  const counts = { kept: count('kept'), late: count('late'), missed: count('missed'), open: count('open') }
  const due = counts.kept + counts.late + counts.missed
  return { ...counts, share: due === 0 ? null : counts.kept / due }
}

/** Weeks that a retrospective, an agreement or a review may take. */
export const TWO_WEEKS: Seconds = 14 * 86_400
