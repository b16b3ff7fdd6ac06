import { MINUTE, type Ratio, type UnixSeconds } from '../time-series/units'

/** What happened in the minute that ends at `ts`; `total` null: it was not measured. */
export type MinuteCount = { ts: UnixSeconds; bad: number; total: number | null }

/** Harm that stops for longer than this has ended; what comes later is another one. Minutes. */
const PAUSE = 5

const burns = ({ bad, total }: MinuteCount, budget: Ratio): boolean => total !== null && total > 0 && bad / total > budget

/**
 * The stretch of burning around `anchor`: minutes, oldest first, in which more went bad than the budget allows, with pauses of
 * at most five minutes. Its edges are the start of the first such minute and the end of the last. Minutes that nobody measured
 * neither burn nor pause. `null` when nothing burned at or before the anchor.
 */
export function burnAround(
  minutes: MinuteCount[],
  budget: Ratio,
  anchor: UnixSeconds,
): { from: UnixSeconds; to: UnixSeconds } | null {
  const inside = minutes.findLastIndex((minute) => minute.ts <= anchor && burns(minute, budget))
  const found = minutes[inside]
  if (!found) return null
  const first = furthest(minutes.slice(0, inside + 1).reverse(), budget) ?? found
  const last = furthest(minutes.slice(inside), budget) ?? found
  return { from: first.ts - MINUTE, to: last.ts }
}

/** The last burning minute on the way before a pause that is too long. */
function furthest(way: MinuteCount[], budget: Ratio): MinuteCount | null {
  let reached: MinuteCount | null = null
  let pause = 0
  for (const minute of way) {
    if (minute.total === null) continue
    if (burns(minute, budget)) {
      reached = minute
      pause = 0
    } else if (++pause > PAUSE) break
  }
  return reached
}

/** Minutes from cumulative readings, oldest first: the difference of each to the one before, where they are a minute apart. */
export function minutesOf(readings: { ts: UnixSeconds; good: number; total: number; measured: number }[]): MinuteCount[] {
  return readings.slice(1).flatMap((reading, i) => {
    const before = readings[i]
    if (!before || reading.ts - before.ts !== MINUTE) return []
    const total = reading.total - before.total
    const measured = reading.measured > before.measured
    return [{ ts: reading.ts, bad: total - (reading.good - before.good), total: measured ? total : null }]
  })
}
