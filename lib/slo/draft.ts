import { targetText } from '../format'
import { fieldText } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import { ERROR_CLASS_STATUS, ERROR_CLASSES, type ErrorClass, type IndicatorKind } from './indicator'
import { INDICATOR_FORMS } from './indicator-forms'
import type { BudgetingMethod, NoDataPolicy } from './objective'
import type { CALENDAR_UNITS } from './window'

/** A definition as a form holds it: texts, percentages, several objectives of one indicator. */
export type SloDraft = {
  name: string
  slug: string
  description: string
  service: string
  dataSource: string
  kind: IndicatorKind
  /** texts of the kind's own fields, by key */
  fields: Record<string, string>
  native: boolean
  errorClass: ErrorClass
  excludedLabel: string
  excludedValues: string
  /** one, or for latency several: target in percent, threshold in seconds */
  objectives: { target: string; threshold: string }[]
  method: BudgetingMethod
  sliceTarget: string
  windowKind: 'rolling' | 'calendar'
  days: string
  unit: (typeof CALENDAR_UNITS)[number]
  timeZone: string
  noDataPolicy: NoDataPolicy
  coverageFloor: string
  minEvents: string
  gating: boolean
  labels: string
  objectiveGroup: string | null
}

export const EMPTY_DRAFT: SloDraft = {
  ...{ name: '', slug: '', description: '', service: '', dataSource: '', kind: 'availability', fields: {}, native: false },
  ...{ errorClass: 'server', excludedLabel: '', excludedValues: '', objectives: [{ target: '99.9', threshold: '' }] },
  ...{ method: 'occurrences', sliceTarget: '95', windowKind: 'rolling', days: '30', unit: 'month', timeZone: 'UTC' },
  ...{ noDataPolicy: 'ignore', coverageFloor: '90', minEvents: '0', gating: false, labels: '', objectiveGroup: null },
}

/** A number as people type it; text that is none stays text, so that the schema can refuse it at its field. */
const numberOf = (text: string): unknown => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text.trim())
const ratioOf = (text: string): unknown => {
  const value = numberOf(text.replace(/\s*%$/, ''))
  return typeof value === 'number' ? Number((value / 100).toPrecision(12)) : value
}
const listOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

/** One unparsed definition per objective, for `sloDefinitionSchema`. */
export function inputsOf(draft: SloDraft): Record<string, unknown>[] {
  const many = draft.kind === 'latency' && draft.objectives.length > 1
  const objectives = draft.kind === 'latency' ? draft.objectives : draft.objectives.slice(0, 1)
  return objectives.map(({ target, threshold }) => ({
    name: many ? `${draft.name} (${threshold} s)` : draft.name,
    slug: many ? `${draft.slug}-${threshold.replace('.', '-')}s` : draft.slug,
    description: draft.description,
    service: draft.service,
    dataSource: draft.dataSource,
    indicator: indicatorInputOf(draft, threshold),
    method: draft.method,
    sliceTarget: draft.method === 'time_slices' ? ratioOf(draft.sliceTarget) : null,
    target: ratioOf(target),
    window:
      draft.windowKind === 'rolling'
        ? { kind: 'rolling', days: numberOf(draft.days) }
        : { kind: 'calendar', unit: draft.unit, timeZone: draft.timeZone },
    noDataPolicy: draft.noDataPolicy,
    coverageFloor: ratioOf(draft.coverageFloor),
    minEvents: numberOf(draft.minEvents),
    gating: draft.gating,
    labels: Object.fromEntries(listOf(draft.labels).map((pair) => splitOnce(pair))),
    objectiveGroup: many ? draft.slug : draft.objectiveGroup,
  }))
}

const splitOnce = (pair: string): [string, string] => {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

function indicatorInputOf(draft: SloDraft, threshold: string): Record<string, unknown> {
  const { kind, fields } = draft
  const form = INDICATOR_FORMS[kind]
  const own = Object.fromEntries(
    form.fields.map(({ key, type }) => [key, type === 'number' ? numberOf(fields[key] ?? '') : (fields[key] ?? '')]),
  )
  const leavesOut = form.excludes && draft.excludedLabel.trim() !== ''
  return {
    kind,
    ...own,
    ...(kind === 'latency' && { thresholdSeconds: numberOf(threshold), ...(draft.native && { native: true }) }),
    ...(kind === 'error-rate' && { errorClass: draft.errorClass }),
    ...(leavesOut && { excluded: { label: draft.excludedLabel.trim(), values: listOf(draft.excludedValues) } }),
  }
}

/** The form field that a path of the schema belongs to. */
export function fieldOfPath(path: string, objective = 0): string {
  if (path === 'indicator.thresholdSeconds') return `objectives.${objective}.threshold`
  if (path === 'target') return `objectives.${objective}.target`
  if (path.startsWith('indicator.excluded.label')) return 'excludedLabel'
  if (path.startsWith('indicator.excluded')) return 'excludedValues'
  const [, key] = /^indicator\.([a-zA-Z]+)/.exec(path) ?? []
  if (key === 'kind' || key === 'native' || key === 'errorClass') return key
  if (key) return `fields.${key}`
  if (path === 'indicator') return 'kind'
  if (path === 'window' || path === 'window.days') return 'days'
  if (path.startsWith('window.')) return path.slice('window.'.length)
  return path.split('.')[0] ?? path
}

/** The condition that a class of errors stands for, unless somebody wrote another one. */
export function proposedCondition(errorClass: ErrorClass, written: string): string {
  const proposals = Object.values(ERROR_CLASS_STATUS).map(({ proposed }) => textOf([proposed], 'matchers'))
  const known = ERROR_CLASS_STATUS[errorClass]
  if (!known || (written.trim() !== '' && !proposals.includes(written.trim()))) return written
  return textOf([known.proposed], 'matchers')
}

const percentText = (share: number): string => targetText(share).replace(/\.?0+$/, '')

/** The form of a stored definition. */
export function draftOf(record: SloDefinitionRecord): SloDraft {
  const { indicator, window } = record
  const known = indicator as Record<string, unknown>
  const excluded = known.excluded as { label: string; values: string[] } | undefined
  const errorClass = ERROR_CLASSES.find((name) => name === known.errorClass) ?? 'server'
  const threshold = known.thresholdSeconds === undefined ? '' : String(known.thresholdSeconds)
  return {
    ...EMPTY_DRAFT,
    name: record.name,
    slug: record.slug,
    description: record.description,
    service: record.service,
    dataSource: record.dataSource,
    kind: indicator.kind,
    fields: Object.fromEntries(INDICATOR_FORMS[indicator.kind].fields.map(({ key, type }) => [key, textOf(known[key], type)])),
    native: known.native === true,
    errorClass,
    excludedLabel: excluded?.label ?? '',
    excludedValues: excluded?.values.join(', ') ?? '',
    objectives: [{ target: percentText(record.target), threshold }],
    method: record.method,
    sliceTarget: record.sliceTarget === null ? EMPTY_DRAFT.sliceTarget : percentText(record.sliceTarget),
    windowKind: window.kind,
    ...(window.kind === 'rolling' ? { days: String(window.days) } : { unit: window.unit, timeZone: window.timeZone }),
    noDataPolicy: record.noDataPolicy,
    coverageFloor: percentText(record.coverageFloor),
    minEvents: String(record.minEvents),
    gating: record.gating,
    labels: Object.entries(record.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    objectiveGroup: record.objectiveGroup,
  }
}

const textOf = (value: unknown, type: string): string =>
  value === undefined ? '' : type === 'matchers' ? `{${fieldText(value)}}` : fieldText(value)
