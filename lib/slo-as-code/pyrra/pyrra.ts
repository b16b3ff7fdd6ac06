import type { Cursor } from '../cursor'
import { type DeclaredSlo, nothing, serviceInPassing, UNSAID } from '../declared'
import { prometheusDuration } from '../duration'
import { shown } from '../fault'
import type { FormatReader } from '../format'
import { placesOf } from '../places'
import { exactlyOne, inPercent, plainWords, required } from '../rules'
import { ServiceNames } from '../service-names'
import { list, object } from '../shape'
import { singleKind } from '../single-kind'
import { addedUp, labelsAt, ratioOfPercent, rollingAt, slugAt, targetAt } from '../terms'
import { alertingFor } from './alerting'
import { pyrraIndicator, pyrraIndicatorRules } from './indicator'

/** Pyrra: one `ServiceLevelObjective` is one SLO. Targets are texts in percent, windows are Prometheus durations. */

const KINDS = ['ratio', 'latency', 'latencyNative', 'bool_gauge']

const query = object({ metric: 'text' })
const grouping = list('text')
const SHAPE = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: 'record',
  status: 'any',
  spec: object({
    description: 'text',
    target: 'text',
    window: 'days',
    partial_response_strategy: 'text',
    performanceOverAccuracy: 'flag',
    ruleOutput: 'any',
    indicator: object({
      ratio: object({ errors: query, total: query, grouping }),
      latency: object({ success: query, total: query, grouping }),
      latencyNative: object({ total: query, latency: 'milliseconds', grouping }),
      bool_gauge: object({ metric: 'text', grouping }),
    }),
    alerting: object({
      disabled: 'flag',
      burnrates: 'flag',
      absent: 'flag',
      name: 'text',
      absentName: 'text',
      severities: 'any',
    }),
  }),
})

export const pyrra: FormatReader = {
  check: (object) => singleKind(object, { of: 'Pyrra', apiVersion: 'pyrra.dev/v1alpha1', shape: SHAPE, rules }),

  declare(objects) {
    const declared = nothing()
    const services = new Set<string>()
    const names = new ServiceNames()
    for (const { object, kind, clean } of objects) {
      if (!clean || kind === '') continue
      const slo = sloOf(object)
      if (!slo) continue
      declared.slos.push(slo)
      names.add(object.get('metadata'), serviceName(object))
      if (services.has(slo.service)) continue
      services.add(slo.service)
      declared.services.push(serviceInPassing(slo, serviceName(object)))
    }
    return declared
  },
}

function rules(object: Cursor): void {
  const metadata = object.get('metadata')
  const name = metadata.get('name')
  if (required(name) && !/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name.word() ?? ''))
    name.error('validate', `“${shown(name.word() ?? '')}” is no name of Kubernetes: use small letters, digits, - and .`)
  plainWords(metadata.get('namespace'))
  for (const key of metadata.get('labels').keys()) plainWords(metadata.in('labels', key))
  const spec = object.get('spec')
  targetRules(spec.get('target'))
  const window = spec.get('window')
  const written = window.text()
  if (required(window) && written !== undefined && !prometheusDuration(written))
    window.error('validate', `“${shown(written)}” is no duration of Prometheus.`, 'For example 4w, 28d or 30d.')
  const indicator = spec.get('indicator')
  if (exactlyOne(indicator, KINDS)) pyrraIndicatorRules(indicator)
}

const PERCENT = /^\d+(\.\d+)?$/

function targetRules(target: Cursor): void {
  const written = target.text()
  if (!required(target) || written === undefined) return
  const plain = written.replace('%', '').replace(',', '.').trim()
  const fine = (text: string) => PERCENT.test(text) && Number(text) <= 100
  if (fine(written)) inPercent(target, 'target', Number(written))
  else
    target.error(
      'validate',
      `“${shown(written)}” is no percentage: write one above 0 and below 100.`,
      fine(plain) ? `Write "${plain}".` : undefined,
    )
}

const OWN = 'pyrra.dev/'
const NAMES = ['pyrra.dev/service', 'app.kubernetes.io/name', 'app', 'service']

/** Pyrra knows no services: the first of these labels that is there says which. */
const serviceLabel = (labels: Cursor): Cursor | undefined =>
  NAMES.map((key) => labels.get(key)).find((label) => Boolean(label.text()))

/** Without a label the namespace, which often holds many services, else the SLO itself. */
function serviceName(object: Cursor): string {
  const metadata = object.get('metadata')
  const label = serviceLabel(metadata.get('labels'))
  return label?.text() ?? (metadata.get('namespace').text() || (metadata.get('name').text() as string))
}

function fromNamespace(metadata: Cursor): void {
  const namespace = metadata.get('namespace')
  if (serviceLabel(metadata.get('labels')) || !namespace.text()) return
  namespace.warn(
    'validate',
    `No label names the service: its namespace is taken, “${shown(namespace.text())}”.`,
    'Write the service as the label pyrra.dev/service.',
  )
}

/** As Pyrra hands labels on to its rules: without its own prefix. One that was used as the service and has no name to keep goes. */
function handedOn(labels: Cursor): Cursor {
  if (labels.item?.kind !== 'map') return labels
  const used = serviceLabel(labels)?.item
  const all = [...labels.item.entries].filter(([key, { item }]) => item !== used || key !== 'app.kubernetes.io/name')
  const own = all.filter(([key]) => key.startsWith(OWN) && key !== OWN)
  const rest = all.filter((one) => !own.includes(one))
  const entries = new Map([...rest, ...own.map(([key, entry]) => [key.slice(OWN.length), entry] as const)])
  return labels.as({ ...labels.item, entries })
}

function sloOf(object: Cursor): DeclaredSlo | null {
  const { metadata, spec } = { metadata: object.get('metadata'), spec: object.get('spec') }
  const target = targetAt(spec.get('target'), ratioOfPercent(Number(spec.get('target').text())))
  const understood = pyrraIndicator(spec.get('indicator'))
  if (target === null || !understood) return null
  for (const note of understood.notes) spec.get('indicator').warn('validate', note)
  addedUp(spec.get('indicator'), understood.grouping)
  const name = metadata.get('name').text() as string
  const window = spec.get('window')
  fromNamespace(metadata)
  return {
    format: 'pyrra',
    place: object.place(),
    at: placesOf({ name: metadata.get('name'), description: spec.get('description') }),
    slug: slugAt(metadata.get('name'), name),
    name,
    description: (spec.get('description').text() ?? '').trim(),
    service: slugAt(metadata.get('name'), serviceName(object)),
    source: null,
    indicator: understood.indicator,
    method: 'occurrences',
    sliceTarget: null,
    target,
    window: rollingAt(window, prometheusDuration(window.text() ?? '') ?? 0),
    grouping: understood.grouping,
    labels: labelsAt(handedOn(metadata.get('labels'))),
    links: { runbook: null, dashboard: null },
    alerting: alertingFor(spec.get('alerting'), window),
    budgetPolicy: null,
    ...UNSAID,
  }
}
