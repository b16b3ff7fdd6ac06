import type { Counts } from '../slo/counts'
import { NO_COUNTS } from '../slo/counts'
import { isWorseState, type JudgedState } from '../slo/state'
import { inputAt, type Past } from '../slo/state-since'
import { evaluateStatus, type Status, type StatusRules } from '../slo/status'
import { ceilTo, DAY, floorTo, HOUR, type UnixSeconds } from '../time-series/units'

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
  // Six hours at a time, then the hour: without new failures a budget only recovers.
  const first = ceilTo(status.ts + 1, HOUR)
  for (let hour = first; hour <= first + 31 * DAY; hour += 6 * HOUR)
    if (better(hour)) {
      for (let fine = Math.max(first, hour - 5 * HOUR); fine < hour; fine += HOUR) if (better(fine)) return fine
      return hour
    }
  return null
}
