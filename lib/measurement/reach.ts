import type { UnixSeconds } from '../time-series/units'
import type { Member } from './members'

/** How far a composite can be counted. */
export type Reach = {
  /** `null`: a member's history is still being read, so it waits */
  to: UnixSeconds | null
  /** a member that will be measured later is late from here on: what is counted after it is counted again then */
  provisionalFrom: UnixSeconds | null
  /** it waits for members that are behind, and may lose patience */
  waits: boolean
}

/**
 * A composite goes to the minute that all its members have reached. It does not wait for one that is cut off from its
 * source, nor, once impatient, for one that is behind: its late policy speaks for them. Deleted ones never come.
 */
export function reachOf(members: (Member | undefined)[], until: UnixSeconds, impatient: boolean): Reach {
  const living = members.filter((member) => member !== undefined).filter(({ living }) => living)
  if (living.some(({ filling, cut }) => filling && !cut)) return { to: null, provisionalFrom: null, waits: false }
  const behind = living.filter(({ newest }) => (newest ?? 0) < until)
  const late = behind.filter(({ cut }) => cut || impatient)
  const awaited = behind.filter((member) => !late.includes(member))
  const to = Math.min(until, ...awaited.map(({ newest }) => newest ?? 0))
  const lateFrom = Math.min(...late.map(({ newest }) => newest ?? 0))
  return { to, provisionalFrom: lateFrom < to ? lateFrom : null, waits: behind.length > 0 }
}

/** True when every member has gone past the instant from which one was late. */
export const haveCaughtUp = (members: (Member | undefined)[], provisionalFrom: UnixSeconds): boolean =>
  members.every((member) => !member?.living || (member.newest ?? 0) > provisionalFrom)
