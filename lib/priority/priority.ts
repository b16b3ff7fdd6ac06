import type { Criticality } from '../journey/journey'
import type { Tier } from '../service/tier'
import type { SloState } from '../slo/state'
import type { Seconds } from '../time-series/units'
import { DAY } from '../time-series/units'

export const EFFORTS = ['S', 'M', 'L', 'XL'] as const
export type Effort = (typeof EFFORTS)[number]
export const EFFORT_COST: Record<Effort, number> = { S: 1, M: 2, L: 4, XL: 8 }

export const TIER_IMPACT: Record<Tier, number> = { critical: 4, essential: 3, standard: 2, best_effort: 1 }
/** What a journey adds for the SLOs that it goes through: the most critical one counts, once. */
export const JOURNEY_IMPACT: Record<Criticality, number> = { critical: 1, high: 0.75, medium: 0.5, low: 0.25 }

/** How long alerts weigh on a gap. */
export const ALERTS_OVER: Seconds = 30 * DAY
/** Small beside overspend: fifty pages a month weigh as much as half a budget, and more weigh no more. */
export const ALERT_WEIGHT = { page: 0.02, ticket: 0.005, most: 0.5 } as const

export type JourneyPart = { name: string; criticality: Criticality }
export type AlertCounts = { pages: number; tickets: number }

/** What the order of one SLO is worked out from. */
export type Judged = {
  slo: { id: number; name: string }
  service: { slug: string; name: string }
  tier: Tier
  /** journeys that it is a step or the result of */
  journeys: JourneyPart[]
  state: SloState
  /** of the budget, 1 is all of it; null before the first evaluation */
  consumed: number | null
  /** burn over the policy's lookback, ×; null when nothing happened */
  pace: number | null
  /** that fired in the last 30 days and were not muted */
  alerts: AlertCounts
  /** findings that make the figures worthless */
  broken: string[]
  effort: Effort
}

export type Score = {
  impact: number
  /** the most critical journey, if any */
  journey: JourneyPart | null
  /** max(consumed − 1, pace − 1, 0), and which of them it is */
  over: number
  overBy: 'spent' | 'pace' | null
  alertLoad: number
  /** over + alertLoad */
  overspend: number
  cost: number
  score: number
}

const worstJourney = (journeys: JourneyPart[]): JourneyPart | null =>
  journeys.reduce<JourneyPart | null>(
    (worst, one) => (worst && JOURNEY_IMPACT[worst.criticality] >= JOURNEY_IMPACT[one.criticality] ? worst : one),
    null,
  )

export const alertLoadOf = ({ pages, tickets }: AlertCounts): number =>
  Math.min(ALERT_WEIGHT.most, pages * ALERT_WEIGHT.page + tickets * ALERT_WEIGHT.ticket)

/**
 * Score of a gap, semantics §10: impact × overspend ÷ effort. Impact is that of the tier (4 .. 1) plus what the most critical
 * journey adds (1 .. 0.25). Overspend is max(consumed − 1, pace − 1, 0) plus the alert load. Effort S/M/L/XL costs 1/2/4/8.
 */
export function scoreOf({ tier, journeys, consumed, pace, alerts, effort }: Omit<Judged, 'slo' | 'service'>): Score {
  const journey = worstJourney(journeys)
  const impact = TIER_IMPACT[tier] + (journey ? JOURNEY_IMPACT[journey.criticality] : 0)
  const bySpent = (consumed ?? 0) - 1
  const byPace = (pace ?? 0) - 1
  const over = Math.max(bySpent, byPace, 0)
  const alertLoad = alertLoadOf(alerts)
  const overspend = over + alertLoad
  const cost = EFFORT_COST[effort]
  return {
    ...{ impact, journey, over, alertLoad, overspend, cost },
    overBy: over === 0 ? null : bySpent >= byPace ? 'spent' : 'pace',
    score: (impact * overspend) / cost,
  }
}

/** Nobody knows how these stand: they have no place in an order by what is overspent. */
export const isUnknown = ({ state, consumed }: Pick<Judged, 'state' | 'consumed'>): boolean =>
  state === 'no-data' || state === 'not-enough-data' || consumed === null

export type Ranked<T> = T & { rank: number; score: Score }
export type Ranking<T> = { gaps: Ranked<T>[]; unknown: T[] }

/**
 * Gaps in the order in which they are worth closing: SLOs that overspend or whose indicator is broken, highest score first.
 * Equal scores go by impact, then by overspend, then by name, so that the order never hangs on the order of the input.
 */
export function rank<T extends Judged>(slos: T[]): Ranking<T> {
  const known = slos.filter((slo) => !isUnknown(slo)).map((slo) => ({ slo, score: scoreOf(slo) }))
  const gaps = known
    .filter(({ slo, score }) => score.overspend > 0 || slo.broken.length > 0)
    .sort(
      (a, b) =>
        b.score.score - a.score.score ||
        b.score.impact - a.score.impact ||
        b.score.overspend - a.score.overspend ||
        byName(a.slo, b.slo),
    )
  return {
    gaps: gaps.map(({ slo, score }, i) => ({ ...slo, rank: i + 1, score })),
    unknown: slos.filter(isUnknown).sort(byName),
  }
}

/** Code points, not a language: the same order on every machine. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byName = (a: Judged, b: Judged): number =>
  byText(a.service.name, b.service.name) || byText(a.slo.name, b.slo.name) || a.slo.id - b.slo.id
