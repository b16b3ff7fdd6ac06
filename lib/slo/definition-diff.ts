import { targetText } from '../format'
import type { MemberRef } from './composite'
import type { SloDefinitionRecord } from './definition-input'
import { INDICATOR_WORDS, type Indicator, type Matcher, type Selector } from './indicator'
import { selectorText } from './promql'
import type { SloWindow } from './window'

/** Differences of two definitions as sentences, most important first. Empty when nothing changed. */
export function changesBetween(before: Partial<SloDefinitionRecord>, after: SloDefinitionRecord): string[] {
  const changes: string[] = []
  for (const key of Object.keys(SENTENCES) as (keyof SloDefinitionRecord)[]) {
    const [old, now] = [before[key], after[key]]
    if (old === undefined || same(old, now)) continue
    changes.push(...(SENTENCES[key] as Say<typeof key>)(old as never, now as never))
  }
  return changes
}

/** True when old and new readings cannot be added up: another query, another unit. */
export const measuresOtherwise = (before: Partial<SloDefinitionRecord>, after: SloDefinitionRecord): boolean =>
  (['indicator', 'method', 'sliceTarget', 'dataSource'] as const).some(
    (key) => before[key] !== undefined && !same(before[key], after[key]),
  )

/** True when minutes before and after the change are counted in different units, so that they must not be mixed. */
export const changesUnit = (before: Partial<SloDefinitionRecord>, after: SloDefinitionRecord): boolean =>
  before.method !== after.method || before.indicator?.kind !== after.indicator.kind

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

type Say<K extends keyof SloDefinitionRecord> = (old: SloDefinitionRecord[K], now: SloDefinitionRecord[K]) => string[]
const arrow =
  <T>(what: string, text: (value: T) => string) =>
  (old: T, now: T): string[] => [`${what} ${text(old)} → ${text(now)}`]

const percentText = (share: number): string => `${targetText(share)} %`
export const windowText = (window: SloWindow): string =>
  window.kind === 'rolling' ? `${window.days} d rolling` : `calendar ${window.unit} in ${window.timeZone}`
const words = (text: string): string => text.replaceAll('_', ' ')

const SENTENCES: { [K in keyof SloDefinitionRecord]?: Say<K> } = {
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
  labels: arrow('Labels', labelsText),
}

function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return pairs.sort().join(', ') || 'none'
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
