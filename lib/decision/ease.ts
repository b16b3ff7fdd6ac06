import type { Counts } from '../slo/counts'
import { NO_COUNTS } from '../slo/counts'
import { isWorseState, type JudgedState } from '../slo/state'
import { inputAt, type Past } from '../slo/state-since'
import { evaluateStatus, type Status, type StatusRules } from '../slo/status'
import { ceilTo, DAY, floorTo, HOUR, type Seconds, type UnixSeconds } from '../time-series/units'

/**
 * The first full hour at which `isBetter` holds of the judged state, if nothing more fails and traffic goes on as in the last
 * day; `null` when not within 31 days, or when it is healthy. `at`: cumulative counters of past full hours.
 */
export function easesAt(
  rules: StatusRules,
  status: Status,
  { historyFrom, at, creditIn = () => 0 }: Omit<Past, 'now'>,
  isBetter: (state: JudgedState) => boolean = (state) => isWorseState(status.judged, state),
): UnixSeconds | null {
  if (status.judged === 'healthy') return null
  const last = floorTo(status.ts, HOUR)
  const newest = at(last)
  const day = at(last - DAY) ?? at(floorTo(historyFrom, HOUR) + HOUR)
  if (!newest || !day) return null
  const hours = Math.max(1, Math.min(DAY, last - historyFrom) / HOUR)
  const perHour = Math.max(0, newest.total - day.total) / hours
  const ahead = (ts: UnixSeconds): Counts => {
    const later = (ts - last) / HOUR
    return { good: newest.good + perHour * later, total: newest.total + perHour * later, measured: newest.measured + 60 * later }
  }
  const counters = (ts: UnixSeconds): Counts | undefined => (ts > last ? ahead(ts) : at(ts))
  const better = (hour: UnixSeconds): boolean => {
    const facts = { historyFrom, lastDataTs: hour, at: counters, creditIn }
    return isBetter(evaluateStatus(rules, inputAt(rules, hour, counters(hour) ?? NO_COUNTS, facts)).judged)
  }
  const firstIn = (from: UnixSeconds, to: UnixSeconds, step: Seconds): UnixSeconds | null => {
    for (let hour = from; hour <= to; hour += step) if (better(hour)) return hour
    return null
  }
  // A day at a time, then six hours, then the hour: without new failures a budget only recovers.
  const first = ceilTo(status.ts + 1, HOUR)
  const within = firstIn(first, first + 31 * DAY, DAY)
  if (within === null) return null
  const near = firstIn(Math.max(first, within - DAY + 6 * HOUR), within, 6 * HOUR) ?? within
  return firstIn(Math.max(first, near - 5 * HOUR), near, HOUR) ?? near
}
