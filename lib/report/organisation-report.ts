import { TIERS } from '../service/tier'
import type { OrganisationReport, ReportIncident, ServiceLine, ServiceReport } from './document'
import type { MonthPlace } from './objective'
import { organisationRecommendations } from './recommendations'
import { countsOf, isJudged, organisationSummary, worstOf } from './summary'

/** What the organisation's report takes from a service's; the rest of that may be forgotten once it was read. */
export type ServiceExtract = {
  line: ServiceLine
  /** met and judged by month */
  months: { month: string; met: number; judged: number }[]
  recommendations: ServiceReport['recommendations']
  incidents: ReportIncident[]
  decisions: Record<string, number>
  corrections: number[]
  waivers: number
}

export function extractOf(report: ServiceReport): ServiceExtract {
  const { service, objectives } = report
  const worst = worstOf(objectives)
  const months = new Map<string, { month: string; met: number; judged: number }>()
  for (const figure of objectives.flatMap((objective) => objective.months)) {
    const sum = months.get(figure.month) ?? { month: figure.month, met: 0, judged: 0 }
    sum.met += figure.outcome === 'met' ? 1 : 0
    sum.judged += isJudged(figure) ? 1 : 0
    months.set(figure.month, sum)
  }
  return {
    line: {
      ...{ slug: service.slug, name: service.name, tier: service.tier, team: service.team },
      ...{ objectives: objectives.length, ...countsOf(objectives) },
      worst: worst && {
        ...{ sloId: worst.slo.id, name: worst.slo.name, target: worst.target, sli: worst.sli ?? 0 },
        ...{ remaining: worst.remaining ?? 0, outcome: worst.outcome },
      },
      ...{ incidents: report.incidents.length, releases: report.releases.length },
    },
    months: [...months.values()],
    ...{ recommendations: report.recommendations, incidents: report.incidents, decisions: report.decisions },
    ...{ corrections: report.corrections.map(({ id }) => id), waivers: report.waivers.length },
  }
}

const MOST_INCIDENTS = 20

/** The report of all services, from theirs. One incident or correction of several services is one. */
export function organisationReport(extracts: ServiceExtract[], place: MonthPlace, address: string | null): OrganisationReport {
  const services = extracts.map(({ line }) => line).sort(byNeed)
  const order = new Map(services.map(({ slug }, i) => [slug, i]))
  const sorted = [...extracts].sort((a, b) => (order.get(a.line.slug) ?? 0) - (order.get(b.line.slug) ?? 0))
  const incidents = incidentsOf(sorted)
  const sum = (of: (line: ServiceLine) => number, lines = services) => lines.reduce((total, line) => total + of(line), 0)
  const tally = (lines: ServiceLine[]) => ({
    ...{ services: lines.length, objectives: sum((line) => line.objectives, lines), met: sum((line) => line.met, lines) },
    ...{ notMet: sum((line) => line.notMet, lines), open: sum((line) => line.open, lines) },
  })
  const report = {
    ...{ kind: 'organisation' as const, format: 1 as const, month: place.month, zone: place.zone, period: place.period },
    ...{ asOf: place.asOf, address, services },
    totals: {
      ...tally(services),
      ...{ incidents: incidents.length, releases: sum((line) => line.releases) },
      waivers: sorted.reduce((total, { waivers }) => total + waivers, 0),
      corrections: new Set(sorted.flatMap(({ corrections }) => corrections)).size,
    },
    tiers: TIERS.map((tier) => ({ tier, ...tally(services.filter((line) => line.tier === tier)) })).filter(
      (line) => line.services > 0,
    ),
    incidents: incidents.slice(0, MOST_INCIDENTS),
    months: monthsOf(sorted),
    decisions: decisionsOf(sorted),
    recommendations: organisationRecommendations(
      sorted.map(({ line: { name, objectives, met }, recommendations }) => ({ name, recommendations, objectives, met })),
    ),
  }
  return { ...report, summary: organisationSummary(report) }
}

/** Least left first; services without a figure at the end. */
const byNeed = (a: ServiceLine, b: ServiceLine): number =>
  (a.worst?.remaining ?? Number.MAX_VALUE) - (b.worst?.remaining ?? Number.MAX_VALUE) || (a.slug < b.slug ? -1 : 1)

type Spender = OrganisationReport['incidents'][number]
const dearest = ({ costs }: ReportIncident): number => Math.max(0, ...costs.map(({ share }) => share))

function incidentsOf(extracts: ServiceExtract[]): Spender[] {
  const found = new Map<number, Spender>()
  for (const { line, incidents } of extracts)
    for (const incident of incidents) {
      const known = found.get(incident.id)
      if (known) {
        known.services.push(line.name)
        known.costs.push(...incident.costs)
        if (incident.retrospective === 'due') known.retrospective = 'due'
      } else found.set(incident.id, { ...incident, costs: [...incident.costs], services: [line.name] })
    }
  return [...found.values()].sort((a, b) => dearest(b) - dearest(a) || a.id - b.id)
}

function monthsOf(extracts: ServiceExtract[]): OrganisationReport['months'] {
  const found = new Map<string, OrganisationReport['months'][number]>()
  for (const { month, met, judged } of extracts.flatMap(({ months }) => months)) {
    const sum = found.get(month) ?? { month, met: 0, judged: 0 }
    found.set(month, { month, met: sum.met + met, judged: sum.judged + judged })
  }
  return [...found.values()].sort((a, b) => (a.month < b.month ? -1 : 1))
}

function decisionsOf(extracts: ServiceExtract[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [decision, count] of extracts.flatMap(({ decisions }) => Object.entries(decisions)))
    found[decision] = (found[decision] ?? 0) + count
  return found
}
