import { type CounterSeries, endOf } from '../slo/counts'
import type { StatusRules } from '../slo/status'
import { type Period, windowLength } from '../slo/window'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import { type Harm, harmsIn, overlaps, spentIn } from './harm'
import { type Alerting, pairsInForce } from './in-force'
import { arithmeticText } from './words'
import { type WouldBe, wouldBeAlerts } from './would-be'

/** An alert that would have been. Seconds; `null` where it cannot be said. */
export type BackTestAlert = {
  severity: 'page' | 'ticket'
  long: Seconds
  from: UnixSeconds
  /** `null`: it would still fire */
  to: UnixSeconds | null
  /** share of the window's budget that the harm had spent when it fired */
  burned: Ratio
  /** from the start of the harm until it fired, and from its end until the alert ended */
  detection: Seconds | null
  reset: Seconds | null
  significant: boolean
}

/** What ought to have been told of. */
export type BackTestEvent = Harm & { incidentId: number | null; detection: Seconds | null }

export type Score = {
  /** share of alerts that told of something; share of what ought to have been told that was. `null`: there was none */
  precision: Ratio | null
  recall: Ratio | null
}

export type BackTest = {
  policy: { slug: string; name: string; version: number }
  /** what each pair means for this SLO, in words */
  pairs: string[]
  alerts: BackTestAlert[]
  events: BackTestEvent[]
  basis: 'incidents' | 'significance'
  all: Score
  pages: Score
  /** until the first page of what was told of, the middle one */
  detection: Seconds | null
  reset: Seconds | null
}

/** An event is worth an alert when it spent this much of a budget (Site Reliability Workbook, chapter 5). */
const SIGNIFICANT = 0.02

type Past = {
  series: CounterSeries
  /** alerts and events before this are left to the windows alone */
  shownFrom: UnixSeconds
  /** recorded incidents of this SLO; one that goes on ends with the series */
  incidents: (Period & { incidentId: number })[]
}

/**
 * What a policy would have told of an SLO's real past. Alerts are judged against the incidents that were recorded, and
 * where none were against every stretch that spent 2 % of a budget or more.
 */
export function backTest(given: StatusRules, alerting: Alerting, { series, shownFrom, incidents }: Past): BackTest {
  const rules: StatusRules = { ...given, alerting }
  const shown: Period = { from: shownFrom, to: endOf(series) }
  const harms = harmsIn(rules, series).filter((harm) => overlaps(harm, shown))
  const recorded = incidents.filter((incident) => overlaps(incident, shown))
  const basis = recorded.length > 0 ? 'incidents' : 'significance'
  const wanted =
    basis === 'incidents'
      ? recorded.map((incident) => ({ ...incident, share: spentIn(rules, series, incident) }))
      : harms.filter(({ share }) => share >= SIGNIFICANT).map((harm) => ({ ...harm, incidentId: null }))
  const found = wouldBeAlerts(rules, series, shownFrom)
  const alerts = found.map((alert) => alertOf(alert, { rules, series, harms, wanted }))
  const events = wanted.map((event) => ({ ...event, detection: detectionOf(event, found) }))
  const window = windowLength(rules.window, shown.to)
  const { slug, name, version } = alerting
  return {
    policy: { slug, name, version },
    pairs: pairsInForce(rules, window).map((pair) => arithmeticText(pair, window, rules.target)),
    ...{ alerts, events, basis },
    all: scoreOf(
      alerts,
      events.map(({ detection }) => detection !== null),
    ),
    pages: scoreOf(
      alerts.filter(({ severity }) => severity === 'page'),
      wanted.map(
        (event) =>
          detectionOf(
            event,
            found.filter(({ severity }) => severity === 'page'),
          ) !== null,
      ),
    ),
    detection: middle(events.map(({ detection }) => detection)),
    reset: middle(alerts.map(({ reset }) => reset)),
  }
}

/** From the harm's first step that its long window still saw, for an alert may begin in the middle of a long leak. */
const lookedAt = ({ firedAt, long, heldAt }: WouldBe): Period => ({ from: firedAt - long, to: Math.max(firedAt + 1, heldAt) })

type Around = { rules: StatusRules; series: CounterSeries; harms: Harm[]; wanted: Period[] }

function alertOf(alert: WouldBe, { rules, series, harms, wanted }: Around): BackTestAlert {
  const seen = harms.filter((harm) => overlaps(harm, lookedAt(alert)))
  const cause = seen.at(-1)
  const over = alert.resolvedAt
  return {
    ...{ severity: alert.severity, long: alert.long, from: alert.firedAt, to: over },
    burned: cause ? spentIn(rules, series, { from: Math.min(cause.from, alert.firedAt), to: alert.firedAt }) : 0,
    detection: cause ? Math.max(0, alert.firedAt - cause.from) : null,
    reset: cause && over !== null && cause.to <= over ? over - cause.to : null,
    significant: wanted.some((event) => overlaps(event, lookedAt(alert))),
  }
}

/** Until the first alert that looked at it; one that fired before it began found it at once. */
function detectionOf(event: Period, alerts: WouldBe[]): Seconds | null {
  const first = alerts.find((alert) => alert.heldAt >= event.from && overlaps(event, lookedAt(alert)))
  return first ? Math.max(0, first.firedAt - event.from) : null
}

const scoreOf = (alerts: BackTestAlert[], detected: boolean[]): Score => ({
  precision: alerts.length > 0 ? alerts.filter(({ significant }) => significant).length / alerts.length : null,
  recall: detected.length > 0 ? detected.filter(Boolean).length / detected.length : null,
})

function middle(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  return known[Math.floor((known.length - 1) / 2)] ?? null
}
