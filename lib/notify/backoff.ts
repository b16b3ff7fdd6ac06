import { DAY, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

/** A notice that is a day old is no notice any more: it is given up, stays in the outbox, and can be sent again by hand. */
export const GIVE_UP_AFTER: Seconds = DAY
const WAITS: Seconds[] = [10, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE]

/** Evenly spread over 0..1 by the number, so that notices that failed together do not come back together. */
function share(id: number, attempt: number): number {
  // Fibonacci hashing (Knuth, TAOCP 3, 6.4): consecutive numbers land far apart.
  const mixed = Math.imul(id, 0x9e3779b1) ^ Math.imul(attempt, 0x85ebca6b)
  return (mixed >>> 0) / 2 ** 32
}

/**
 * Seconds until the next attempt after this many failed ones: 10 s, 30 s, 2 min, 10 min, 30 min, then hourly, each up to a
 * fifth longer or shorter by the number of the message; the same message waits the same every time.
 */
export function waitAfter(attempts: number, id: number): Seconds {
  const base = WAITS[attempts - 1] ?? HOUR
  return Math.round(base * (0.8 + 0.4 * share(id, attempts)))
}

/** When to try again, or `null`: the message would be too old by then. */
export function nextAttempt(
  message: { id: number; attempts: number; createdAt: UnixSeconds },
  now: UnixSeconds,
  least: Seconds = 0,
) {
  const at = now + Math.max(waitAfter(message.attempts, message.id), least)
  return at - message.createdAt < GIVE_UP_AFTER ? at : null
}
