/**
 * Counts questions by who asks: `burst` at once, and `perSecond` in the long run. Time in milliseconds. Whoever has not asked for as
 * long as a whole burst takes to come back is forgotten.
 */
export function pacer({ perSecond, burst }: { perSecond: number; burst: number }): (key: string, now: number) => boolean {
  const left = new Map<string, { tokens: number; at: number }>()
  const since = (at: number, now: number) => (Math.max(0, now - at) / 1000) * perSecond
  return (key, now) => {
    for (const [other, { tokens, at }] of left) if (other !== key && tokens + since(at, now) >= burst) left.delete(other)
    const before = left.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, before.tokens + since(before.at, now))
    const may = tokens >= 1
    left.set(key, { tokens: may ? tokens - 1 : tokens, at: now })
    return may
  }
}
