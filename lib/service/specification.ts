import { countText, factorText, floored, targetText } from '../format'
import { instantText, lengthText } from '../format-time'
import type { JourneyView } from '../journey/journey'
import { RULE_WORDS } from '../slo/composite'
import { FIELD_WORDS, fieldText, windowText } from '../slo/definition-diff'
import { countsEvents } from '../slo/definition-input'
import type { SloDetail } from '../slo/detail'
import { budgetInEvents } from '../slo/error-budget'
import type { Indicator } from '../slo/indicator'
import { INDICATOR_FORMS } from '../slo/indicator-forms'
import type { BudgetingMethod, NoDataPolicy } from '../slo/objective'
import { windowLength } from '../slo/window'
import type { Seconds, UnixSeconds } from '../time-series/units'
import { CHARACTERISTIC_WORDS, type Characteristics } from './characteristics'
import { CONTEXT_WORDS, LINK_WORDS, LINKS, type ServiceContext } from './definition-input'
import type { Service } from './service'
import { TIER_DEFAULTS, tierText } from './tier'
import { recommendationText } from './tier-recommendation'

/** One objective as the specification states it. */
export type ObjectiveFacts = { detail: SloDetail; indicator: Indicator; source: { name: string; offsetSeconds: Seconds } }

export type Named = { name: string; text: string }

/** An alert pair in words; `share` is computed: threshold × long ÷ window. */
export type SpecifiedAlert = { windows: string; severity: string; threshold: string; share: string; note: string }

export type SpecifiedObjective = {
  id: number
  name: string
  description: string
  /** draft, gates releases */
  marks: string[]
  /** what is measured, in words, then the parts of the indicator and what the source is asked */
  measures: string
  parts: Named[]
  queries: { signal: string; promql: string }[]
  promise: Named[]
  alerts: SpecifiedAlert[]
  measurement: Named[]
}

/** What a service promises, why, to whom, and how it is known. The page and the document show nothing else. */
export type Specification = {
  slug: string
  name: string
  description: string
  version: number
  asOf: UnixSeconds
  owners: Named[]
  links: { name: string; href: string }[]
  context: Named[]
  tier: Named[]
  characteristics: Named[]
  /** the user journeys that lead through the service, each with its steps in order */
  journeys: { name: string; text: string; steps: string[] }[]
  objectives: SpecifiedObjective[]
  dependencies: Named[]
  dependants: Named[]
}

const METHOD_WORDS: Record<BudgetingMethod, string> = {
  occurrences: 'every event alike',
  time_slices: 'minutes that are good or bad',
  ratio_time_slices: 'minutes by their ratio',
}
const NO_DATA_WORDS: Record<NoDataPolicy, string> = {
  ignore: 'left out',
  count_as_good: 'counted as good',
  count_as_bad: 'counted as bad',
}
const NOT_WRITTEN = 'Not written down.'

export function specificationOf(
  service: Service,
  { objectives, journeys }: { objectives: ObjectiveFacts[]; journeys: JourneyView[] },
  now: UnixSeconds,
): Specification {
  const { slug, name, description, version, definition, owners, recommendation } = service
  const { context, characteristics, links, tier } = definition
  const usual = TIER_DEFAULTS[tier]
  return {
    ...{ slug, name, description, version, asOf: now },
    owners: [
      { name: 'SLO owner', text: owners.sloOwner?.name ?? 'nobody' },
      { name: 'Engineering team', text: owners.engineeringTeam.name },
      { name: 'Product owner', text: owners.productOwner?.name ?? 'nobody' },
    ],
    links: LINKS.flatMap((link) => (links[link] ? [{ name: LINK_WORDS[link], href: links[link] }] : [])),
    context: (Object.keys(CONTEXT_WORDS) as (keyof ServiceContext)[]).map((key) => ({
      name: CONTEXT_WORDS[key],
      text: context[key] || NOT_WRITTEN,
    })),
    tier: [
      { name: 'Chosen', text: tierText(tier) },
      { name: 'Why', text: recommendation ? recommendationText(recommendation) : 'nothing stated to recommend a tier from' },
      {
        name: 'Usual promises',
        text: `${targetText(usual.target)} % available, p99 ${usual.p99} s, errors under ${factorText(usual.errors * 100)} %`,
      },
    ],
    characteristics: [
      ...(Object.keys(CHARACTERISTIC_WORDS) as (keyof Characteristics)[]).map((key) => characteristicText(key, characteristics)),
      { name: 'Dependants', text: String(service.dependants.length) },
    ],
    journeys: journeys.map(journeyOf),
    objectives: objectives.map((objective) => objectiveOf(objective, now)),
    dependencies: service.dependencies.map((end) => ({ name: end.name, text: `${tierText(end.tier)} tier` })),
    dependants: service.dependants.map((end) => ({ name: end.name, text: `${tierText(end.tier)} tier` })),
  }
}

function journeyOf({
  name,
  criticality,
  businessImpact,
  description,
  result,
  steps,
}: JourneyView): Specification['journeys'][number] {
  const rule = result?.rule ? `; its result is ${result.name}, ${RULE_WORDS[result.rule].name.toLowerCase()}` : ''
  return {
    name,
    text: [`Criticality ${criticality}${rule}.`, businessImpact || description].filter(Boolean).join(' '),
    steps: steps.map((step) => {
      const measured = step.slo ? `measured by ${step.slo.service}: ${step.slo.name}` : 'not measured'
      return `${[step.name, step.sliType, step.threshold].filter(Boolean).join(', ')}; ${measured}`
    }),
  }
}

function characteristicText<K extends keyof Characteristics>(key: K, stated: Characteristics): Named {
  const { name, text } = CHARACTERISTIC_WORDS[key]
  return { name, text: text(stated[key]) }
}

function objectiveOf({ detail, indicator, source }: ObjectiveFacts, now: UnixSeconds): SpecifiedObjective {
  const { id, name, description, target, window, method, lifecycle, gating, queries } = detail
  const form = INDICATOR_FORMS[indicator.kind]
  return {
    ...{ id, name, description, queries },
    marks: [...(lifecycle === 'draft' ? ['draft, not measured'] : []), ...(gating ? ['gates releases'] : [])],
    measures: `${form.name}. ${form.use}`,
    parts: Object.entries(indicator)
      .filter(([key, value]) => key !== 'kind' && value !== undefined)
      .map(([key, value]) => ({ name: FIELD_WORDS[key] ?? key, text: fieldText(value) })),
    promise: [
      { name: 'Target', text: `${targetText(target)} %` },
      { name: 'Window', text: windowText(window) },
      { name: 'Budget counts', text: countsEvents(indicator.kind) ? METHOD_WORDS[method] : 'minutes, judged one by one' },
      { name: 'Budget', text: budgetText(detail) },
    ],
    alerts: detail.pairs.map((pair) => alertOf(pair, windowLength(window, now))),
    measurement: [
      { name: 'Source', text: `${source.name}, asked every minute, ${source.offsetSeconds} s after it` },
      { name: 'Minutes without data', text: NO_DATA_WORDS[detail.noDataPolicy] },
      { name: 'Judged from', text: judgedFrom(detail) },
    ],
  }
}

/** Minutes always; events as the present window counts them. Rounded down: a budget is never made larger. */
function budgetText({ budgetMinutes, status, target, method, indicatorKind }: SloDetail): string {
  const events = method === 'occurrences' && countsEvents(indicatorKind)
  const minutes = `${events ? '≈ ' : ''}${floored(budgetMinutes, 1)} min`
  if (!events || !status) return minutes
  const { allowed } = budgetInEvents(status.counts, target)
  const total = countText(status.counts.total)
  return `${minutes}; ${floored(allowed, 0)} of ${total} events in the window to ${instantText(status.ts, status.ts)} UTC`
}

function judgedFrom({ coverageFloor, minEvents }: SloDetail): string {
  const covered = `${factorText(coverageFloor * 100)} % of the window measured`
  return minEvents > 0 ? `${covered} and ${countText(minEvents)} events` : covered
}

function alertOf({ long, short, severity, threshold, canFire }: SloDetail['pairs'][number], window: Seconds): SpecifiedAlert {
  return {
    windows: `${lengthText(long)} and ${lengthText(short)}`,
    severity,
    threshold: `${factorText(threshold)} ×`,
    share: `${factorText(((threshold * long) / window) * 100)} % of the budget in ${lengthText(long)}`,
    note: canFire ? '' : 'cannot fire at this target',
  }
}
