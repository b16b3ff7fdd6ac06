import { targetText } from '../format'
import type { MemberRef } from './composite'
import type { SloDefinitionRecord } from './definition-input'
import { arrow, differences, type Sentences, same } from './differences'
import { INDICATOR_WORDS, type Indicator, type Matcher, type Selector } from './indicator'
import { labelsToText } from './labels'
import { selectorText } from './promql'
import type { SloWindow } from './window'

/** Differences of two definitions as sentences, most important first. Empty when nothing changed. */
export const changesBetween = (before: Partial<SloDefinitionRecord>, after: SloDefinitionRecord): string[] =>
  differences(SENTENCES, before, after)

/** True when old and new readings cannot be added up: another query, another unit. */
export const measuresOtherwise = (before: Partial<SloDefinitionRecord>, after: SloDefinitionRecord): boolean =>
  (['indicator', 'method', 'sliceTarget', 'dataSource'] as const).some(
    (key) => before[key] !== undefined && !same(before[key], after[key]),
  )

/** True when minutes before and after the change are counted in different units, so that they must not be mixed. */
export const changesUnit = (before: Partial<SloDefinitionRecord>, after: SloDefinitionRecord): boolean =>
  before.method !== after.method || before.indicator?.kind !== after.indicator.kind

const percentText = (share: number): string => `${targetText(share)} %`
export const windowText = (window: SloWindow): string =>
  window.kind === 'rolling' ? `${window.days} d rolling` : `calendar ${window.unit} in ${window.timeZone}`
const words = (text: string): string => text.replaceAll('_', ' ')

const SENTENCES: Sentences<SloDefinitionRecord> = {
  target: arrow('Target', percentText),
  window: arrow('Window', windowText),
  indicator: indicatorChanges,
  method: arrow('Budget counted by', words),
  sliceTarget: arrow('Slice target', (value) => (value === null ? 'none' : percentText(value))),
  dataSource: arrow('Source', String),
  noDataPolicy: arrow('Missing data', words),
  coverageFloor: arrow('Coverage floor', percentText),
  minEvents: arrow('Least number of events', String),
  gating: (_old, now) => [now ? 'Gates releases now' : 'No longer gates releases'],
  service: arrow('Service', String),
  name: arrow('Name', (value) => `“${value}”`),
  slug: arrow('Short name', String),
  description: () => ['Description rewritten'],
  labels: arrow<Record<string, string>>('Labels', (labels) => labelsToText(labels) || 'none'),
}

function indicatorChanges(old: Indicator, now: Indicator): string[] {
  if (old.kind !== now.kind) return [`Measures ${INDICATOR_WORDS[now.kind]} instead of ${INDICATOR_WORDS[old.kind]}`]
  const [before, after] = [old as Record<string, unknown>, now as Record<string, unknown>]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !same(before[key], after[key]))
    .map((key) => `${FIELD_WORDS[key] ?? key} ${fieldText(before[key])} → ${fieldText(after[key])}`)
}

export const FIELD_WORDS: Record<string, string> = {
  requests: 'Requests',
  failed: 'Failed when',
  histogram: 'Histogram',
  thresholdSeconds: 'Threshold, s',
  native: 'Native histogram',
  excluded: 'Left out',
  errorClass: 'Error class',
  events: 'Events',
  floorPerSecond: 'Floor, per s',
  responses: 'Responses',
  degraded: 'Degraded when',
  batches: 'Batches',
  late: 'Late when',
  timestamp: 'Time of the last success',
  limitSeconds: 'Limit, s',
  processed: 'Processed',
  expected: 'Expected',
  good: 'Good',
  bad: 'Bad',
  total: 'Total',
  expression: 'Expression',
  series: 'Series',
  rule: 'Rule',
  members: 'Members',
}

export const matchersText = (matchers: Matcher[]): string => selectorText({ metric: '', matchers }).replace(/^\{|\}$/g, '')

/** One field of an indicator as a person would write it. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (Array.isArray(value)) {
    const [first] = value
    if (first && typeof first === 'object' && 'weight' in first)
      return (value as MemberRef[]).map(({ service, slo, weight }) => `${service}/${slo} × ${weight}`).join(', ')
    return first && typeof first === 'object' && 'metric' in first
      ? (value as Selector[]).map(selectorText).join('\n')
      : matchersText(value as Matcher[])
  }
  if (typeof value === 'object' && 'metric' in value) return selectorText(value as Selector)
  if (typeof value === 'object' && 'values' in value) {
    const { label, values } = value as { label: string; values: string[] }
    return `${label} ${values.join(', ')}`
  }
  return String(value)
}
