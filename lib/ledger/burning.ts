import { between, type Counts } from '../slo/counts'
import type { Period } from '../slo/window'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'

export type Burning = Period & {
  /** bad events or slices, and the mean burn, × */
  bad: number
  burn: number
}

/** Burn that calls for an explanation, ×. */
const NOTABLE = 2
/** A pause of this many steps is part of the stretch. */
const PAUSE = 2

/**
 * Stretches in which a budget burned notably, largest first: where somebody who looks for a cause begins. `readings` are
 * cumulative counters, `step` apart, oldest first.
 */
export function burningStretches(readings: (Counts & { ts: UnixSeconds })[], step: Seconds, target: Ratio, most = 5): Burning[] {
  const found: (Period & { bad: number; total: number })[] = []
  for (let i = 1; i < readings.length; i += 1) {
    const [before, now] = [readings[i - 1], readings[i]] as [Counts, Counts & { ts: UnixSeconds }]
    const { good, total } = between(before, now)
    const bad = total - good
    if (total <= 0 || bad / total / (1 - target) < NOTABLE) continue
    const last = found.at(-1)
    if (last && now.ts - step - last.to <= PAUSE * step) {
      last.to = now.ts
      last.bad += bad
      last.total += total
    } else found.push({ from: now.ts - step, to: now.ts, bad, total })
  }
  return found
    .sort((a, b) => b.bad - a.bad)
    .slice(0, most)
    .map(({ from, to, bad, total }) => ({ from, to, bad, burn: bad / total / (1 - target) }))
}
