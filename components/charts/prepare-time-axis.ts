import { dayText, partsOf } from '@/lib/format-time'
import type { HistoryRange } from '@/lib/slo/detail'
import { DAY, HOUR, type Seconds, type UnixSeconds } from '@/lib/time-series/units'

/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const FIRST_MONDAY = 4 * DAY

const STEPS: Record<HistoryRange, { step: Seconds; offset: Seconds }> = {
  '24h': { step: 4 * HOUR, offset: 0 },
  '7d': { step: DAY, offset: 0 },
  '30d': { step: 7 * DAY, offset: FIRST_MONDAY },
  '90d': { step: 14 * DAY, offset: FIRST_MONDAY },
}

/** Share of the measured time that is kept free right of now, for the projection and the names of the lines. */
export const FUTURE_SHARE = 0.17

export type TimeAxis = { from: UnixSeconds; now: UnixSeconds; end: UnixSeconds; ticks: UnixSeconds[] }

/** One axis for all charts of an SLO: whole days or Mondays, none so near to now that the words would touch. */
export function prepareTimeAxis(from: UnixSeconds, now: UnixSeconds, range: HistoryRange): TimeAxis {
  const end = Math.round(now + (now - from) * FUTURE_SHARE)
  const { step, offset } = STEPS[range]
  const ticks: UnixSeconds[] = []
  const clearance = (now - from) * 0.05
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= end; at += step) {
    if (Math.abs(at - now) > clearance && at - from > clearance) ticks.push(at)
  }
  return { from, now, end, ticks }
}

export function tickText(at: UnixSeconds, range: HistoryRange, now: UnixSeconds): string {
  if (at === now) return 'now'
  return range === '24h' ? partsOf(at, 'UTC').clock : dayText(at, now)
}
