import { DAY, floorTo, HOUR, type Seconds, type UnixSeconds } from '../time-series/units'
import { boundariesOf } from './boundaries'
import { between, type Counts, NO_COUNTS } from './counts'
import type { SloState } from './state'
import { evaluateStatus, type Lookback, type Status, type StatusInput, type StatusRules } from './status'

/** A loss of data up to this long between two phases of a state does not part them. */
export const HICCUP: Seconds = DAY
/** How far back it is worth looking, hours. */
const REACH = 90 * 24

export type Past = {
  now: UnixSeconds
  historyFrom: UnixSeconds
  /** the cumulative counters at a full hour, undefined where there are none */
  at: (hour: UnixSeconds) => Counts | undefined
  /** minutes of budget granted within a window */
  creditIn?: (window: { from: UnixSeconds; to: UnixSeconds }) => number
}

/**
 * Since when the state holds, to the hour, found by judging every past hour from the stored counters, newest first. The
 * present state is taken as given; `now` when the hour before already differed. Unix seconds.
 */
export function stateSince(rules: StatusRules, state: SloState, { now, historyFrom, at, creditIn = () => 0 }: Past): UnixSeconds {
  let since = now
  for (let hour = floorTo(now, HOUR), steps = 0; hour > historyFrom && steps < REACH; hour -= HOUR, steps += 1) {
    const was = statusAtHour(rules, hour, { historyFrom, at, creditIn })?.state
    if (was === undefined) break
    if (was === state) since = hour
    else if (was !== 'no-data' || since - hour > HICCUP) break
  }
  return since
}

/**
 * How an SLO stood at a full hour, judged by `rules` from the stored counters; `undefined` where there are none. An hour without a
 * measured minute is one without data.
 */
export function statusAtHour(
  rules: StatusRules,
  hour: UnixSeconds,
  { historyFrom, at, creditIn = () => 0 }: Omit<Past, 'now'>,
): Status | undefined {
  const end = at(hour)
  if (!end) return undefined
  const lastDataTs = end.measured > (at(hour - HOUR)?.measured ?? 0) ? hour : hour - HOUR
  return evaluateStatus(rules, inputAt(rules, hour, end, { historyFrom, lastDataTs, at, creditIn }))
}

/** The hours whose counters `statusAtHour` asks for. */
export function hoursNeeded(rules: StatusRules, hour: UnixSeconds): UnixSeconds[] {
  const { window, pace, lookbacks } = boundariesOf(rules, hour)
  return [hour, hour - HOUR, ...[window, pace, ...Object.values(lookbacks)].map((instant) => floorTo(instant, HOUR))]
}

type Facts = { historyFrom: UnixSeconds; lastDataTs: UnixSeconds; at: Past['at']; creditIn: NonNullable<Past['creditIn']> }

/** What was read at a full hour, for judging it. */
export function inputAt(
  rules: StatusRules,
  hour: UnixSeconds,
  end: Counts,
  { historyFrom, lastDataTs, at, creditIn }: Facts,
): StatusInput {
  const bounds = boundariesOf(rules, hour)
  const from = (instant: UnixSeconds): Counts => between(at(floorTo(instant, HOUR)) ?? NO_COUNTS, end)
  const lookbacks = Object.entries(bounds.lookbacks).map(([key, instant]) => [key, from(instant)])
  return {
    now: hour,
    historyFrom,
    lastDataTs,
    staleSince: null,
    credit: creditIn({ from: bounds.window, to: hour }),
    window: from(bounds.window),
    pace: from(bounds.pace),
    lookbacks: Object.fromEntries(lookbacks) as Record<Lookback, Counts>,
  }
}
