import type { Indicator } from '../../slo/indicator'
import { UNSAID } from '../declared'
import { type PortableSlo, UNTOLD_SCRAPE } from '../portable'
import type { YamlMap } from '../yaml-write'
import { type Measure, measureOf } from './measure'
import { sourceRef } from './names'
import { alertsOf } from './write-alerts'
import { annotationsOf, labelled, titled, VERSION } from './write-parts'
import { zoneName } from './zones'

const METHODS = { occurrences: 'Occurrences', time_slices: 'Timeslices', ratio_time_slices: 'RatioTimeslices' } as const
const UNITS = { week: '1w', month: '1M', quarter: '1Q', year: '1Y' } as const
/** a Monday, and the first day of a month, a quarter and a year */
const BEGINNING = '2024-01-01 00:00:00'

export type Shared = {
  /** its indicator is a document of its own, because a composite names it */
  named: boolean
  /** of a composite that can be written as objectives: its members and their names */
  members: { name: string; slo: PortableSlo }[] | null
}

/** An SLO as its document, behind that of its indicator where it has one, and the alert policies it names. */
export function sloDocument(
  slo: PortableSlo,
  name: string,
  { named, members }: Shared,
): { documents: YamlMap[]; policies: Map<string, YamlMap> } {
  const { definition, scrapeSeconds, links } = slo
  const { indicator, window, method, target, dataSource } = definition
  const { displayName, description, own } = titled(name, definition.name, definition.description)
  const { labels, rest } = labelled(definition.labels)
  const alerts = alertsOf(slo)
  const measure = measureOf(indicator)
  const slices = sliceOf(definition)
  const annotations = annotationsOf({
    slug: definition.slug === name ? undefined : definition.slug,
    ...own,
    labels: rest,
    'data-source': sourceRef(dataSource) === dataSource && !members ? undefined : dataSource,
    'time-zone': window.kind === 'rolling' || zoneName(window.timeZone) === window.timeZone ? undefined : window.timeZone,
    indicator,
    'slice-target': slices.own,
    ...unusual(definition),
    links: links.runbook === null && links.dashboard === null ? undefined : links,
    'scrape-seconds': scrapeSeconds === UNTOLD_SCRAPE ? undefined : scrapeSeconds,
    alerting: alerts.own,
    'assigned-alerting': alerts.assigned,
    'error-budget-policy': slo.budgetPolicy,
  })
  const sli = sliOf(measure, sourceRef(dataSource))
  const promise = { target, ...slices.fields }
  const whole = { indicator: named ? undefined : { metadata: { name }, spec: sli }, indicatorRef: named ? name : undefined }
  const document = {
    apiVersion: VERSION,
    kind: 'SLO',
    metadata: { name, displayName, labels, annotations },
    spec: {
      description,
      service: definition.service,
      ...(members ? {} : whole),
      timeWindow: [windowOf(window)],
      budgetingMethod: METHODS[method],
      objectives: members
        ? members.map((member, i) => objectiveOf(member, weightOf(indicator, i), promise))
        : [{ ...comparisonOf(measure), ...promise }],
      alertPolicies:
        alerts.policies.size > 0 ? [...alerts.policies.keys()].map((policy) => ({ alertPolicyRef: policy })) : undefined,
    },
  }
  const indicatorDocument = { apiVersion: VERSION, kind: 'SLI', metadata: { name }, spec: sli }
  return { documents: named ? [indicatorDocument, document] : [document], policies: alerts.policies }
}

const comparisonOf = (measure: Measure): YamlMap => ('op' in measure ? { op: measure.op, value: measure.value } : {})

const weightOf = (indicator: Indicator, i: number): number =>
  indicator.kind === 'composite' ? (indicator.members[i]?.weight ?? 1) : 1

/** Each objective of a composite has a target, and here all have that of the whole. */
const objectiveOf = ({ name, slo }: { name: string; slo: PortableSlo }, weight: number, promise: YamlMap): YamlMap => ({
  ...{ displayName: slo.definition.name, indicatorRef: name },
  ...{ ...comparisonOf(measureOf(slo.definition.indicator)), ...promise, compositeWeight: weight },
})

/** What an SLO made in the portal has anyway is not said. */
function unusual({ noDataPolicy, coverageFloor, minEvents, gating, objectiveGroup }: PortableSlo['definition']) {
  const other = <T>(value: T, usual: T) => (value === usual ? undefined : value)
  return {
    'no-data-policy': other(noDataPolicy, UNSAID.noDataPolicy),
    'coverage-floor': other(coverageFloor, UNSAID.coverageFloor),
    'min-events': other(minEvents, UNSAID.minEvents),
    gating: other(gating, UNSAID.gating),
    'objective-group': objectiveGroup ?? undefined,
  }
}

const windowOf = (window: PortableSlo['definition']['window']): YamlMap =>
  window.kind === 'rolling'
    ? { duration: `${window.days}d`, isRolling: true }
    : { duration: UNITS[window.unit], isRolling: false, calendar: { startTime: BEGINNING, timeZone: zoneName(window.timeZone) } }

/** Slices are minutes. Where a minute is good as a whole or not at all, the slice needs no target, but OpenSLO asks for one. */
function sliceOf({ method, sliceTarget }: PortableSlo['definition']): { fields: YamlMap; own: unknown } {
  if (method === 'occurrences') return { fields: {}, own: sliceTarget ?? undefined }
  const sliced = { timeSliceWindow: '1m' }
  if (method === 'ratio_time_slices') return { fields: sliced, own: sliceTarget ?? undefined }
  return { fields: { timeSliceTarget: sliceTarget ?? 1, ...sliced }, own: sliceTarget === null ? null : undefined }
}

function sliOf(measure: Measure, source: string): YamlMap {
  const metric = (query: string) => ({ metricSource: { metricSourceRef: source, type: 'Prometheus', spec: { query } } })
  if ('threshold' in measure) return { thresholdMetric: metric(measure.threshold) }
  if ('raw' in measure) return { ratioMetric: { counter: false, rawType: 'success', raw: metric(measure.raw) } }
  // The queries are rates already: what they give goes up and down.
  const part = 'good' in measure ? { good: metric(measure.good) } : { bad: metric(measure.bad) }
  return { ratioMetric: { counter: false, ...part, total: metric(measure.total) } }
}
