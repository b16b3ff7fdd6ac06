import type { Seconds, UnixSeconds } from '../time-series/units'

/**
 * Lets whoever asks for the same within `seconds` have the same answer, also while it is being worked out. A failure is nobody
 * else's: the next one tries again. What is older is forgotten.
 */
export function sharing<T>(seconds: Seconds): (key: string, now: UnixSeconds, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { at: UnixSeconds; answer: Promise<T> }>()
  const isFresh = (at: UnixSeconds, now: UnixSeconds) => Math.abs(now - at) < seconds
  return (key, now, make) => {
    for (const [other, { at }] of kept) if (!isFresh(at, now)) kept.delete(other)
    const known = kept.get(key)
    if (known) return known.answer
    const answer = make()
    kept.set(key, { at: now, answer })
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key)
    })
    return answer
  }
}
