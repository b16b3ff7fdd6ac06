import { between, type CounterSeries, type Counts, endOf, firstMeasured, readingAt } from '../slo/counts'
import { remainingOf } from '../slo/error-budget'
import { type StatusRules, withNoDataPolicy } from '../slo/status'
import { windowLength } from '../slo/window'
import { DAY, floorTo, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import type { Alert, Reading } from './alert'
import { pairsInForce, UNASSIGNED } from './in-force'
import { nextAlerts } from './lifecycle'

export type WouldBe = Alert & { firedAt: UnixSeconds }

/**
 * The alerts that a policy would have raised over counters that were really measured, oldest first: the engine itself, one
 * reading a step. What began before `shownFrom` is left out; those still open at the end have no `resolvedAt`.
 */
export function wouldBeAlerts(rules: StatusRules, series: CounterSeries, shownFrom = series.from): WouldBe[] {
  const { from, step } = series
  const end = endOf(series)
  const read = readingsOf(rules, series)
  const shortest = Math.min(...pairsInForce(rules, windowLength(rules.window, end)).map(({ long }) => long))
  const found: WouldBe[] = []
  let open: Alert[] = []
  for (let at = Math.max(from + shortest, shownFrom); at <= end; at += step) {
    const alerts = nextAlerts(open, read(at)).map(({ alert }) => alert)
    found.push(...alerts.filter(hasFired).filter(({ state }) => state === 'resolved'))
    open = alerts.filter(({ state }) => state !== 'resolved')
  }
  found.push(...open.filter(hasFired))
  return found.sort((a, b) => a.firedAt - b.firedAt || a.long - b.long)
}

const hasFired = (alert: Alert): alert is WouldBe => alert.firedAt !== null

/** Readings of a series as the engine takes them; windows are looked up once a day. */
function readingsOf(rules: StatusRules, series: CounterSeries): (at: UnixSeconds) => Reading {
  const { name, version, settings } = rules.alerting ?? UNASSIGNED
  const { keepFiring, clearBelow } = settings
  const historyFrom = firstMeasured(series)
  const lengths = new Map<UnixSeconds, Seconds>()
  const lengthAt = (at: UnixSeconds): Seconds => {
    const day = floorTo(at, DAY)
    const known = lengths.get(day) ?? windowLength(rules.window, at)
    lengths.set(day, known)
    return known
  }
  const since = (at: UnixSeconds, length: Seconds): Counts => {
    const measured = between(readingAt(series, at - length), readingAt(series, at))
    return withNoDataPolicy(measured, Math.min(length, at - (historyFrom ?? at)) / MINUTE, rules.noDataPolicy)
  }
  return (at) => {
    const window = lengthAt(at)
    return {
      ...{ sloId: 0, at, target: rules.target, policy: { name, version, keepFiring, clearBelow } },
      ...{ pairs: pairsInForce(rules, window), historyFrom, unknown: null, sparse: false },
      over: (length) => since(at, length),
      get remaining() {
        return remainingOf(since(at, window), rules.target)
      },
    }
  }
}
