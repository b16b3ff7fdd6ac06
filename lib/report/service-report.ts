import { RETROSPECTIVE_ABOVE } from '../incident/retrospective-rule'
import type { UnixSeconds } from '../time-series/units'
import type { ObjectiveMonth, ReportIncident, ServiceReport } from './document'
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
  actions: { title: string; owner: string | null; due: string | null; doneAt: UnixSeconds | null; recordedAt: UnixSeconds }[]
}

export type ServiceFacts = Pick<ServiceReport, 'service' | 'releases' | 'decisions' | 'corrections' | 'waivers' | 'address'> & {
  objectives: ObjectiveFacts[]
  incidents: IncidentFact[]
}

/**
 * The report of one service: a function of facts and of the month alone. What people do after the end of the month (work off
 * actions, hold a retrospective) changes nothing in it; what they correct in it does.
 */
export function serviceReport(facts: ServiceFacts, place: MonthPlace): ServiceReport {
  const objectives = facts.objectives.map((one) => objectiveMonth(one, place))
  const incidents = facts.incidents
    .map((incident) => incidentAt(incident, objectives, place.asOf))
    .filter(({ costs }, i) => costs.length > 0 || !facts.incidents[i]?.falsePositive)
  const report = {
    ...{ kind: 'service' as const, format: 1 as const, month: place.month, zone: place.zone, period: place.period },
    ...{ asOf: place.asOf, address: facts.address, service: facts.service, objectives, incidents },
    ...{ releases: facts.releases, decisions: facts.decisions, corrections: facts.corrections, waivers: facts.waivers },
  }
  return { ...report, summary: serviceSummary(report), recommendations: recommendationsFor(report) }
}

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
      : costs.some(({ share }) => share > RETROSPECTIVE_ABOVE)
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
