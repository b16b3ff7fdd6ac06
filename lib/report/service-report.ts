import { judgedShare, needsRetrospective } from '../incident/retrospective-rule'
import type { Ratio, UnixSeconds } from '../time-series/units'
import type { ObjectiveMonth, ReportCorrection, ReportIncident, ServiceReport } from './document'
import { keptIncident, keptObjective } from './kept'
import { type MonthPlace, type ObjectiveFacts, objectiveMonth } from './objective'
import { recommendationsFor } from './recommendations'
import { serviceSummary } from './summary'

/** An incident as it is stored; what became of it later than the report is not looked at. */
export type IncidentFact = Omit<ReportIncident, 'costs' | 'retrospective' | 'status' | 'to' | 'actions'> & {
  acknowledgedAt: UnixSeconds | null
  mitigatedAt: UnixSeconds | null
  resolvedAt: UnixSeconds | null
  reviewedAt: UnixSeconds | null
  retrospectiveAt: UnixSeconds | null
  falsePositive: boolean
  recordedAt: UnixSeconds
  /** what it cost of the windows of SLOs, as the portal judges it; null: not known */
  stretches: { sloId: number; share: Ratio | null }[]
  actions: { title: string; owner: string | null; due: string | null; doneAt: UnixSeconds | null; recordedAt: UnixSeconds }[]
}

export type ServiceFacts = Pick<ServiceReport, 'service' | 'releases' | 'decisions' | 'waivers' | 'address'> & {
  objectives: ObjectiveFacts[]
  incidents: IncidentFact[]
  /** slos: by their numbers */
  corrections: (Omit<ReportCorrection, 'slos'> & { slos: number[] })[]
}

/**
 * The report of one service: a function of facts, of the month and of the revision `before`. What people do after the end of the
 * month (work off actions, hold a retrospective, rename) changes nothing in it; what they correct in it does.
 */
export function serviceReport(facts: ServiceFacts, place: MonthPlace, before: ServiceReport | null = null): ServiceReport {
  const objectives = facts.objectives
    .map((one) => {
      const was = before?.objectives.find(({ slo }) => slo.id === one.id)
      return keptObjective(was, objectiveMonth(one, place), { since: one.historyFrom, place })
    })
    .sort((a, b) => byText(a.slo.name, b.slo.name) || a.slo.id - b.slo.id)
  const names = new Map(objectives.map(({ slo }) => [slo.id, slo.name]))
  const incidents = facts.incidents
    .map((incident) => incidentAt(incident, objectives, place.asOf))
    .filter(({ costs }, i) => costs.length > 0 || !facts.incidents[i]?.falsePositive)
    .map((incident) =>
      keptIncident(
        before?.incidents.find(({ id }) => id === incident.id),
        incident,
      ),
    )
  const report = {
    ...{ kind: 'service' as const, format: 1 as const, month: place.month, zone: place.zone, period: place.period },
    ...{ asOf: place.asOf, address: facts.address, service: before?.service ?? facts.service, objectives, incidents },
    releases: facts.releases.map(({ cost, ...release }) => ({
      ...release,
      cost: cost && { ...cost, name: names.get(cost.sloId) ?? cost.name },
    })),
    corrections: facts.corrections.map(({ slos, ...correction }) => ({
      ...correction,
      slos: slos.map((id) => names.get(id) ?? `SLO ${id}`).sort(byText),
    })),
    ...{ decisions: facts.decisions, waivers: facts.waivers },
  }
  return { ...report, summary: serviceSummary(report), recommendations: recommendationsFor(report) }
}

/** By code points: the same order in every database and every language. */
const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

function incidentAt(fact: IncidentFact, objectives: ObjectiveMonth[], asOf: UnixSeconds): ReportIncident {
  const { id, title, severity, from, detectionSeconds, rootCause } = fact
  const costs = objectives.flatMap(({ slo, causes }) => {
    const cause = causes.find((one) => one.kind === 'incident' && one.id === id)
    return cause ? [{ sloId: slo.id, name: slo.name, share: cause.share }] : []
  })
  const passed = (at: UnixSeconds | null): at is UnixSeconds => at !== null && at <= asOf
  const ended = fact.mitigatedAt ?? fact.resolvedAt
  return {
    ...{ id, title, severity, from, detectionSeconds, rootCause, costs },
    status: statusAt(fact, passed),
    to: passed(ended) ? ended : null,
    retrospective: passed(fact.retrospectiveAt)
      ? 'done'
      : passed(fact.resolvedAt) && needsRetrospective(judgedShare(fact.stretches))
        ? 'due'
        : 'none',
    // An incident that was written down later brings the actions that were written down with it.
    actions: fact.actions
      .filter(({ recordedAt }) => recordedAt <= asOf || fact.recordedAt > asOf)
      .map(({ title: what, owner, due, doneAt }) => ({ title: what, owner, due, done: passed(doneAt) })),
  }
}

function statusAt(fact: IncidentFact, passed: (at: UnixSeconds | null) => boolean): string {
  if (passed(fact.reviewedAt)) return 'reviewed'
  if (passed(fact.resolvedAt)) return 'resolved'
  if (passed(fact.mitigatedAt)) return 'mitigated'
  return passed(fact.acknowledgedAt) ? 'acknowledged' : 'detected'
}
