import { DAY, floorTo, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { LOOKBACKS, type Lookback, paceLookbackOf, type StatusRules } from './status'
import { windowAt } from './window'

/**
 * The instants of the cumulative counters that one evaluation at `now` subtracts: windows floored to what is kept that long;
 * lookbacks, which are short beside a step of it, to the minute.
 */
export type Boundaries = { window: UnixSeconds; pace: UnixSeconds; lookbacks: Record<Lookback, UnixSeconds> }

const MARGIN = HOUR

/** Resolution of an instant of this age: minutes for two days, five minutes for 35, hours beyond. */
export function resolutionAt(age: Seconds): Seconds {
  if (age <= 2 * DAY - MARGIN) return MINUTE
  return age <= 35 * DAY - MARGIN ? 5 * MINUTE : HOUR
}

export const boundaryAt = (instant: UnixSeconds, now: UnixSeconds): UnixSeconds => floorTo(instant, resolutionAt(now - instant))

export function boundariesOf(rules: StatusRules, now: UnixSeconds): Boundaries {
  const lookbacks = Object.fromEntries(
    Object.entries(LOOKBACKS).map(([key, length]) => [key, floorTo(now - length, MINUTE)]),
  ) as Record<Lookback, UnixSeconds>
  const { from } = windowAt(rules.window, now)
  return {
    // A period begins when it begins, in zones a quarter of an hour off as well; a rolling window may begin a little early.
    window: rules.window.kind === 'calendar' ? from : boundaryAt(from, now),
    pace: boundaryAt(now - paceLookbackOf(rules.window, rules.policy, now), now),
    lookbacks,
  }
}
