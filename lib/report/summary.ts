import { sliText, targetText } from '../format'
import type { ObjectiveMonth, OrganisationReport, Outcome, ReportIncident, ReportSummary, ServiceReport } from './document'
import { costShares } from './shown-causes'
import { left, plural, quotedName } from './words'

/** One sentence each about reliability, budgets and incidents; every figure is one of the report. */

export const isJudged = ({ outcome }: { outcome: Outcome }): boolean => outcome === 'met' || outcome === 'not_met'

export const countsOf = (objectives: { outcome: Outcome }[]): { met: number; notMet: number; open: number } => ({
  met: objectives.filter(({ outcome }) => outcome === 'met').length,
  notMet: objectives.filter(({ outcome }) => outcome === 'not_met').length,
  open: objectives.filter((one) => !isJudged(one)).length,
})

/** The objective with the least left, of those that could be judged. */
export const worstOf = (objectives: ObjectiveMonth[]): ObjectiveMonth | null =>
  objectives
    .filter((one) => isJudged(one) && one.remaining !== null)
    .reduce<ObjectiveMonth | null>((worst, one) => (worst && (worst.remaining ?? 0) <= (one.remaining ?? 0) ? worst : one), null)

const openText = (open: number): string => (open === 0 ? '' : ` Of ${plural(open, 'objective')} too little was measured to say.`)

export function serviceSummary({ objectives, incidents }: Pick<ServiceReport, 'objectives' | 'incidents'>): ReportSummary {
  const { met, notMet, open } = countsOf(objectives)
  const worst = worstOf(objectives)
  return {
    reliability: reliabilityOf(objectives, { met, judged: met + notMet, open }),
    budget:
      worst === null
        ? 'No budget could be judged.'
        : `Least is left of ${quotedName(worst.slo.name)}: ${left(worst.remaining ?? 0)} of its budget.`,
    incidents: incidentsText(incidents, objectives),
  }
}

type Tally = { met: number; judged: number; open: number }

function reliabilityOf(objectives: ObjectiveMonth[], { met, judged, open }: Tally): string {
  if (objectives.length === 0) return 'This service has no objectives.'
  if (judged === 0) return 'Too little was measured to judge any objective.'
  const missed = objectives.filter(({ outcome }) => outcome === 'not_met')
  const rest = openText(open)
  if (missed.length === 0) return `${judged === 1 ? 'The one objective was met' : `All ${judged} objectives were met`}.${rest}`
  const [worst] = [...missed].sort((a, b) => (a.remaining ?? 0) - (b.remaining ?? 0)) as [ObjectiveMonth]
  const first = `${quotedName(worst.slo.name)} reached ${sliText(worst.sli)} % of its ${targetText(worst.target)} %`
  return `${met} of ${plural(judged, 'objective')} ${judged === 1 ? 'was' : 'were'} met: ${first}.${rest}`
}

const top = ({ costs }: ReportIncident) => [...costs].sort((a, b) => b.share - a.share)[0]

/** `all`: how many there were, where only the largest spenders are given. */
export function incidentsText(incidents: ReportIncident[], objectives: ObjectiveMonth[] = [], all = incidents.length): string {
  if (all === 0) return 'There was no incident.'
  const many = all === 1 ? 'There was one incident' : `There were ${all} incidents`
  const dear = incidents
    .flatMap((incident) => {
      const cost = top(incident)
      return cost && cost.share > 0 ? [{ incident, cost }] : []
    })
    .sort((a, b) => b.cost.share - a.cost.share)[0]
  if (!dear) return `${many}; no budget was spent.`
  const { incident, cost } = dear
  return `${many}; INC-${incident.id} ${quotedName(incident.title)} spent most: ${costShares(objectives)(incident.id, cost)} % of the budget of ${quotedName(cost.name)}.`
}

export function organisationSummary({
  totals,
  services,
  incidents,
}: Pick<OrganisationReport, 'totals' | 'services' | 'incidents'>): ReportSummary {
  const judged = totals.met + totals.notMet
  const worst = services.find((service) => service.worst !== null)
  return {
    reliability:
      judged === 0
        ? 'Too little was measured to judge any objective.'
        : `${totals.met} of ${plural(judged, 'objective')} of ${plural(totals.services, 'service')} ${judged === 1 ? 'was' : 'were'} met.${openText(totals.open)}`,
    budget: worst?.worst
      ? `Least is left of ${quotedName(worst.worst.name)} of ${worst.name}: ${left(worst.worst.remaining)} of its budget.`
      : 'No budget could be judged.',
    incidents: incidentsText(incidents, [], totals.incidents),
  }
}
