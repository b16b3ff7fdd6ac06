import type { Cursor } from '../cursor'
import { shown } from '../fault'
import { atMost, dnsLabel, exactlyOne, oneOf, plainWords, required, requiredObject } from '../rules'
import { ownOf } from './annotations'
import { durationRules } from './duration'
import { KINDS, type Kind } from './shapes'

/** What openslo/v1 asks of each kind, beyond fields and types (behaviour of the go-sdk). */

export const OPERATORS = ['lte', 'gte', 'lt', 'gt']
const MOST_DESCRIPTION = 1050

const LABEL_KEY = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/
const ANNOTATION_NAME = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

export function metadataRules(metadata: Cursor): void {
  if (!requiredObject(metadata)) return
  if (required(metadata.get('name'))) dnsLabel(metadata.get('name'))
  atMost(metadata.get('displayName'), 63)
  const labels = metadata.get('labels')
  for (const key of labels.keys()) {
    const label = labels.get(key)
    if (!LABEL_KEY.test(key))
      label.error('validate', `“${shown(key)}” is no key of a label: use letters, digits, -, _ and ., at most 63.`)
    plainWords(label)
    for (const one of label.each()) plainWords(one)
  }
  const annotations = metadata.get('annotations')
  for (const key of annotations.keys())
    if (!isAnnotation(key))
      annotations.get(key).error('validate', `“${shown(key)}” is no key of an annotation: write name or domain/name.`)
}

function isAnnotation(key: string): boolean {
  const parts = key.split('/')
  const name = parts.pop() ?? ''
  const [prefix] = parts
  return (
    parts.length <= 1 && ANNOTATION_NAME.test(name) && (prefix === undefined || (prefix.length <= 253 && SUBDOMAIN.test(prefix)))
  )
}

export function description(spec: Cursor): void {
  atMost(spec.get('description'), MOST_DESCRIPTION)
}

function metricRules(metric: Cursor): void {
  const source = metric.get('metricSource')
  if (!requiredObject(source)) return
  dnsLabel(source.get('metricSourceRef'))
  const spec = source.get('spec')
  if (!spec.present || (spec.item?.kind === 'map' && spec.keys().length === 0))
    spec.error('validate', 'This is required and says what is measured, for example its query.')
  else if (!source.get('metricSourceRef').present && !source.get('type').present)
    source.warn('validate', 'Neither a type nor a metricSourceRef says what kind of source this is.', 'Add type: Prometheus.')
}

export function sliRules(spec: Cursor): void {
  description(spec)
  if (!exactlyOne(spec, ['thresholdMetric', 'ratioMetric'])) return
  const ratio = spec.get('ratioMetric')
  if (ratio.present) ratioRules(ratio)
  else metricRules(spec.get('thresholdMetric'))
}

/** The first thing that is wrong ends it, as in the SDK: what follows would only repeat it. */
function ratioRules(ratio: Cursor): void {
  const there = (name: string) => ratio.get(name).present
  if (!exactlyOne(ratio, ['total', 'raw'])) return
  if (there('raw') && (there('good') || there('bad'))) {
    ratio.error('validate', 'raw is a share already: it excludes good and bad.')
    return
  }
  if (there('total') && !exactlyOne(ratio, ['good', 'bad'])) return
  if (there('raw') && required(ratio.get('rawType'))) oneOf(ratio.get('rawType'), ['success', 'failure'])
  for (const name of ['good', 'bad', 'total', 'raw']) if (there(name)) metricRules(ratio.get(name))
}

export function conditionRules(spec: Cursor): void {
  description(spec)
  required(spec.get('severity'))
  const condition = spec.get('condition')
  if (!requiredObject(condition)) return
  for (const name of ['kind', 'op', 'threshold', 'lookbackWindow']) required(condition.get(name))
  oneOf(condition.get('kind'), ['burnrate'])
  oneOf(condition.get('op'), OPERATORS)
  durationRules(condition.get('lookbackWindow'))
  const after = condition.get('alertAfter')
  if (after.present && required(after)) durationRules(after)
}

export function targetRules(spec: Cursor): void {
  description(spec)
  required(spec.get('target'))
}

/** A reference or the object itself, not both and not neither. */
export function refOrInline(item: Cursor, ref: string, kind: Kind, rules: (spec: Cursor) => void): void {
  // Anything else was reported when it was decoded.
  if (item.present && item.item?.kind !== 'map') return
  // A key without a value counts: it makes the object one of the two.
  const there = (name: string) => item.get(name).item !== undefined
  const inline = ['kind', 'metadata', 'spec'].filter(there)
  const named = there(ref)
  if (named && inline.length > 0)
    item.error('validate', `${ref} and an object of its own (${inline.join(', ')}) exclude each other.`)
  else if (named) {
    if (required(item.get(ref))) dnsLabel(item.get(ref))
  } else if (inline.length === 0) item.error('validate', `Name one with ${ref}, or write the ${kind} here.`)
  else {
    kindRules(item.get('kind'), kind)
    metadataRules(item.get('metadata'))
    if (kind === 'AlertPolicy') ownOf(kind, item.get('metadata'))
    if (requiredObject(item.get('spec'))) rules(item.get('spec'))
  }
}

/** A word that is no kind at all is refused as the file is decoded, another kind when it is validated. */
function kindRules(cursor: Cursor, kind: Kind): void {
  const written = cursor.text()
  if (written !== undefined && !(KINDS as string[]).includes(written))
    cursor.error('decode', `There is no kind “${shown(written)}” in openslo.`, `Write ${kind}.`)
  else if (required(cursor)) oneOf(cursor, [kind])
}

export function policyRules(spec: Cursor): void {
  description(spec)
  const conditions = spec.get('conditions')
  if (conditions.each().length !== 1 && isListOrNothing(conditions))
    conditions.error('validate', `Exactly one condition is required; there are ${conditions.each().length}.`)
  for (const one of conditions.each()) refOrInline(one, 'conditionRef', 'AlertCondition', conditionRules)
  const targets = spec.get('notificationTargets')
  if (targets.each().length === 0 && isListOrNothing(targets))
    targets.error('validate', 'At least one notification target is required.')
  for (const one of targets.each()) refOrInline(one, 'targetRef', 'AlertNotificationTarget', targetRules)
}

/** Anything else was reported when it was decoded. */
const isListOrNothing = (cursor: Cursor): boolean => !cursor.present || cursor.item?.kind === 'list'
