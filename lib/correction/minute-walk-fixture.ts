import { MINUTE, type UnixSeconds } from '../time-series/units'
import type { LedgerUnit } from './lens'

// The oracle of corrections: minute by minute, and the clock on the wall from the platform. No spans, lenses, rules of recurrence.

/** What happened in one minute, `null` when nothing was measured. */
export type Slot = { good: number; total: number } | null

const clock = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Berlin', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})

/** Weekday and minute of the day in Berlin, for the minute that begins then. */
export function berlin(ts: UnixSeconds): { day: string; minute: number } {
  const parts = Object.fromEntries(clock.formatToParts(new Date(ts * 1000)).map(({ type, value }) => [type, value]))
  return { day: parts.weekday ?? '', minute: Number(parts.hour) * 60 + Number(parts.minute) }
}

type History = { slots: Slot[]; from: UnixSeconds; windowFrom: UnixSeconds }
type Judging = { target: number; unit: LedgerUnit; excluded: (begins: UnixSeconds) => boolean }

/** SLI and what is left, by walking over every minute of the window. */
export function walked({ slots, from, windowFrom }: History, { target, unit, excluded }: Judging) {
  let [good, total] = [0, 0]
  for (const [i, slot] of slots.entries()) {
    const begins = from + i * MINUTE
    if (begins < windowFrom) continue
    if (excluded(begins)) {
      if (unit === 'slices') {
        good += 1
        total += 1
      }
    } else if (slot) {
      good += slot.good
      total += slot.total
    }
  }
  return { sli: good / total, remaining: 1 - (total - good) / total / Number((1 - target).toPrecision(12)) }
}
