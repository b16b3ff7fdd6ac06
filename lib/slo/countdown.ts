import { HOUR, type Ratio, type Seconds, type UnixSeconds } from '../time-series/units'
import { budgetOf } from './objective'

/** The cumulative counters at one instant of the past, oldest first, spanning the window. */
export type CumulativePoint = { ts: UnixSeconds; good: number; total: number }

export type CountdownInput = {
  now: UnixSeconds
  target: Ratio
  /** start of the window at `now` */
  windowFrom: UnixSeconds
  /** rolling: old burn leaves as time goes on; calendar: nothing leaves before `periodEnd` */
  rolling: boolean
  /** end of a calendar period; the horizon of a rolling window is one window from now */
  periodEnd: UnixSeconds
  history: CumulativePoint[]
  /** share of the budget that was granted on top, taken as lasting to the horizon */
  credited?: number
}

/** The instant a budget ends if a burn goes on, per lookback; `null`: not within the horizon. */
export type Countdown = { h1: UnixSeconds | null; h6: UnixSeconds | null; h24: UnixSeconds | null }

/**
 * First instant at which consumed over the moving window reaches 1 if the burn rate goes on, `null` if not before the
 * horizon. Future events come at the window's mean rate. Resolution is one hour, refined linearly inside the hour.
 * Semantics §5: a countdown, not window ÷ burn.
 */
export function exhaustionAt(input: CountdownInput, burn: number | null): UnixSeconds | null {
  const { now, history } = input
  const last = history.at(-1)
  const first = history[0]
  if (burn === null || burn <= 0 || !last || !first || last.ts <= first.ts) return null
  const rate = (last.total - first.total) / (last.ts - first.ts)
  if (rate <= 0) return null
  const consumedAt = consumption(input, burn, rate)
  const horizon = input.rolling ? now + (now - input.windowFrom) : input.periodEnd
  let before = consumedAt(now)
  if (before >= 1) return now
  for (let at = now + HOUR; at < horizon + HOUR; at += HOUR) {
    const time = Math.min(at, horizon)
    const after = consumedAt(time)
    if (after >= 1) {
      const step: Seconds = time - (at - HOUR)
      return Math.round(at - HOUR + (step * (1 - before)) / (after - before))
    }
    before = after
  }
  return null
}

/** consumed over the window that ends at `time`, history where it is known and the going-on burn after. */
function consumption(input: CountdownInput, burn: number, rate: number): (time: UnixSeconds) => number {
  const { now, history, target, credited = 0 } = input
  const budget = budgetOf(target)
  const last = history.at(-1) as CumulativePoint
  const at = interpolated(history)
  return (time) => {
    const start = at(input.rolling ? input.windowFrom + (time - now) : input.windowFrom)
    const future = rate * (time - now)
    const total = last.total - start.total + future
    const bad = last.total - last.good - (start.total - start.good) + future * burn * budget
    return (total > 0 ? bad / total / budget : 0) - credited
  }
}

function interpolated(history: CumulativePoint[]): (ts: UnixSeconds) => { good: number; total: number } {
  let hint = 0
  return (ts) => {
    if (hint > 0 && (history[hint] as CumulativePoint).ts > ts) hint = 0
    while (hint + 1 < history.length && (history[hint + 1] as CumulativePoint).ts <= ts) hint += 1
    const a = history[hint] as CumulativePoint
    const b = history[hint + 1]
    if (!b || ts <= a.ts) return a
    const share = (ts - a.ts) / (b.ts - a.ts)
    return { good: a.good + (b.good - a.good) * share, total: a.total + (b.total - a.total) * share }
  }
}

/**
 * The earliest instant at which an overspent budget is above zero again when nothing more goes wrong, `null` if not before
 * the horizon. A calendar budget is whole again when its next period begins.
 */
export function returnAt(input: CountdownInput): UnixSeconds | null {
  const { now, history } = input
  if (!input.rolling) return input.periodEnd
  const last = history.at(-1)
  const first = history[0]
  if (!last || !first || last.ts <= first.ts) return null
  const consumedAt = consumption(input, 0, (last.total - first.total) / (last.ts - first.ts))
  const horizon = now + (now - input.windowFrom)
  for (let at = now; at <= horizon + HOUR; at += HOUR) if (consumedAt(at) < 1) return at
  return null
}
