import type { UnixSeconds } from '@/lib/time-series/units'
import type { HistoryRow } from './prepare-history'

export type Ending = { at: UnixSeconds; low: UnixSeconds; high: UnixSeconds }

const EMPTY: Omit<HistoryRow, 'ts' | 'projected' | 'fan'> = {
  remaining: null,
  measured: null,
  burn1h: null,
  burn6h: null,
  burn24h: null,
  sli: null,
  total: null,
  y1h: null,
  y6h: null,
  y24h: null,
  nines: null,
}

/** Remaining at `time` on the straight way from `left` at `now` to nothing at `end`. */
const onTheWay = (left: number, now: UnixSeconds, end: UnixSeconds, time: UnixSeconds): number =>
  end <= now ? left : left * (1 - (time - now) / (end - now))

/**
 * Rows right of now: a straight way to the instant the budget ends, and the range over the known paces.
 * None for a budget that is gone or does not end.
 */
export function prepareProjection(
  left: number | null,
  now: UnixSeconds,
  axisEnd: UnixSeconds,
  ending: Ending | null,
): HistoryRow[] {
  if (left === null || left <= 0 || !ending || ending.at <= now || ending.low <= now) return []
  return [now, axisEnd].map((ts) => ({
    ...EMPTY,
    ts,
    projected: onTheWay(left, now, ending.at, ts),
    fan: [onTheWay(left, now, ending.low, ts), onTheWay(left, now, ending.high, ts)],
  }))
}
