import { targetText } from '../format'
import type { CompositeRule, LatePolicy } from './composite'
import { fieldText } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import { ERROR_CLASS_STATUS, ERROR_CLASSES, type ErrorClass, type IndicatorKind } from './indicator'
import { INDICATOR_FORMS } from './indicator-forms'
import { labelsFromText, labelsToText, listOf } from './labels'
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
  /** of a composite */
  rule: CompositeRule
  late: LatePolicy
  members: { service: string; slo: string; weight: string }[]
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

export const NO_MEMBER = { service: '', slo: '', weight: '1' }

export const EMPTY_DRAFT: SloDraft = {
  ...{ name: '', slug: '', description: '', service: '', dataSource: '', kind: 'availability', fields: {}, native: false },
  ...{ errorClass: 'server', excludedLabel: '', excludedValues: '', objectives: [{ target: '99.9', threshold: '' }] },
  ...{ rule: 'weighted-mean', late: 'leave-out', members: [NO_MEMBER, NO_MEMBER] },
  ...{ method: 'occurrences', sliceTarget: '95', windowKind: 'rolling', days: '30', unit: 'month', timeZone: 'UTC' },
  ...{ noDataPolicy: 'ignore', coverageFloor: '90', minEvents: '0', gating: false, labels: '', objectiveGroup: null },
}

/** A number as people type it; text that is none stays text, so that the schema can refuse it at its field. */
export const numberOf = (text: string): unknown =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text.trim()
export const shareOf = (text: string): unknown => {
  const value = numberOf(text.replace(/\s*%$/, ''))
  return typeof value === 'number' ? Number((value / 100).toPrecision(12)) : value
}
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
    sliceTarget: draft.method === 'time_slices' ? shareOf(draft.sliceTarget) : null,
    target: shareOf(target),
    window:
      draft.windowKind === 'rolling'
        ? { kind: 'rolling', days: numberOf(draft.days) }
        : { kind: 'calendar', unit: draft.unit, timeZone: draft.timeZone },
    noDataPolicy: draft.noDataPolicy,
    coverageFloor: shareOf(draft.coverageFloor),
    minEvents: numberOf(draft.minEvents),
    gating: draft.gating,
    labels: labelsFromText(draft.labels),
    objectiveGroup: many ? draft.slug : draft.objectiveGroup,
  }))
}

function indicatorInputOf(draft: SloDraft, threshold: string): Record<string, unknown> {
  const { kind, fields, rule, late, members } = draft
  if (kind === 'composite')
    return { kind, rule, late, members: members.map((member) => ({ ...member, weight: numberOf(member.weight) })) }
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
  const [member, , part] = /^indicator\.members(\.\d+)?(\.\w+)?/.exec(path) ?? []
  if (member) return member.includes('.', 18) && !part ? `${member.slice(10)}.slo` : member.slice(10)
  const [, key] = /^indicator\.([a-zA-Z]+)/.exec(path) ?? []
  if (key === 'kind' || key === 'native' || key === 'errorClass') return key
  if (key) return `fields.${key}`
  if (path === 'indicator') return 'kind'
  if (path === 'window' || path === 'window.days') return 'days'
  if (path.startsWith('window.')) return path.slice('window.'.length)
  return path.split('.')[0] ?? path
}

/** The condition that a class of errors stands for, at the label that is used already, unless somebody wrote another one. */
export function proposedCondition(errorClass: ErrorClass, written: string): string {
  const known = ERROR_CLASS_STATUS[errorClass]
  const [, label = 'status', condition = ''] = /^\{?\s*(\w+)(.*?)\s*\}?$/.exec(written.trim()) ?? []
  const proposals = Object.values(ERROR_CLASS_STATUS).map(({ proposed }) => `${proposed.op}"${proposed.value}"`)
  if (!known || (written.trim() !== '' && !proposals.includes(condition.trim()))) return written
  return textOf([{ ...known.proposed, label }], 'matchers')
}

const percentText = (share: number): string => targetText(share).replace(/\.?0+$/, '')

/** The form of a stored definition. */
export function draftOf(record: SloDefinitionRecord): SloDraft {
  const { indicator, window } = record
  const known = indicator as Record<string, unknown>
  const excluded = known.excluded as { label: string; values: string[] } | undefined
  const errorClass = ERROR_CLASSES.find((name) => name === known.errorClass) ?? 'server'
  const own = indicator.kind === 'composite' ? indicator : null
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
    ...(own && {
      rule: own.rule,
      late: own.late,
      members: own.members.map(({ weight, ...member }) => ({ ...member, weight: String(weight) })),
    }),
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
    labels: labelsToText(record.labels),
    objectiveGroup: record.objectiveGroup,
  }
}

const textOf = (value: unknown, type: string): string =>
  value === undefined ? '' : type === 'matchers' ? `{${fieldText(value)}}` : fieldText(value)
