import type { Selector } from '../../slo/indicator'
import { selectorText } from '../../slo/promql'
import type { Cursor } from '../cursor'
import { type Alerting, type DeclaredSlo, nothing, serviceInPassing, UNSAID } from '../declared'
import { prometheusDuration } from '../duration'
import { shown } from '../fault'
import type { FormatReader } from '../format'
import { alertingOf, severityOf } from '../pairs'
import { placesOf } from '../places'
import { pairOf, type Query, readQuery, type Understood } from '../queries'
import { ServiceNames } from '../service-names'
import { singleKind } from '../single-kind'
import { labelsAt, linkAt, rollingAt, slugAt, targetAt } from '../terms'
import { matcherOf, rules, SHAPE } from './rules'

/** `slo.dev/v1`: one indicator, one SLO for each of its objectives, conditions of alerts by burn rate. */

export const seed: FormatReader = {
  check: (object) => singleKind(object, { of: 'slo.dev', apiVersion: 'slo.dev/v1', shape: SHAPE, rules }),

  declare(objects) {
    const declared = nothing()
    const services = new Set<string>()
    const names = new ServiceNames()
    for (const { object, kind, clean } of objects) {
      if (!clean || kind === '') continue
      const slos = slosOf(object)
      declared.slos.push(...slos)
      const [first] = slos
      if (!first) continue
      const service = object.in('spec', 'service')
      const name = service.text() as string
      names.add(service, name)
      if (services.has(first.service)) continue
      services.add(first.service)
      declared.services.push(serviceInPassing(first, name))
    }
    return declared
  },
}

function selectorOf(part: Cursor): Selector {
  const matchers = part
    .get('filters')
    .each()
    .flatMap((filter) => matcherOf(filter.text() ?? '') ?? [])
  return { metric: part.get('metric').text() as string, matchers }
}

function indicatorOf(indicator: Cursor): Understood | null {
  const [good, total] = ['counter', 'total'].map((name) => queryOf(indicator.get(name)))
  return good && total ? pairOf(good, total, 'good') : null
}

/** Each field may be right, and the query too long. */
function queryOf(part: Cursor): Query | null {
  const read = readQuery(selectorText(selectorOf(part)), { bare: true })
  if (read.ok) return read.query
  part.error('validate', read.reason)
  return null
}

function slosOf(object: Cursor): DeclaredSlo[] {
  const [metadata, spec] = [object.get('metadata'), object.get('spec')]
  const understood = indicatorOf(spec.get('indicator'))
  for (const note of understood?.notes ?? []) spec.get('indicator').warn('validate', note)
  const name = metadata.get('name').text() as string
  const labels = labelsOf(metadata)
  const alerting = alertingFor(spec.in('alerting', 'burnRates'))
  const service = slugAt(spec.get('service'), spec.get('service').text())
  const objectives = spec.get('objectives').each()
  return objectives.flatMap((objective) => {
    const target = targetAt(objective.get('target'), objective.get('target').number() as number)
    if (target === null) return []
    const length = objective.get('window').text() as string
    const single = objectives.length === 1
    return {
      format: 'seed' as const,
      place: objective.place(),
      at: placesOf({ name: metadata.get('name'), description: spec.get('description') }),
      slug: slugAt(metadata.get('name'), name, single ? undefined : length),
      name: single ? name : `${name}: ${objective.get('displayName').text() || length}`.slice(0, 80),
      description: (spec.get('description').text() ?? '').trim(),
      service,
      source: null,
      indicator: understood?.indicator ?? null,
      method: 'occurrences' as const,
      sliceTarget: null,
      target,
      window: rollingAt(objective.get('window'), prometheusDuration(length) as number),
      grouping: [],
      labels,
      links: linksOf(spec.get('annotations')),
      alerting,
      budgetPolicy: null,
      ...UNSAID,
    }
  })
}

function labelsOf(metadata: Cursor): Record<string, string> {
  const labels = labelsAt(metadata.get('labels'))
  const namespace = metadata.get('namespace').text()
  if (!namespace) return labels
  if (labels.namespace !== undefined && labels.namespace !== namespace)
    metadata
      .in('labels', 'namespace')
      .warn('validate', `The label namespace is left out: the namespace of the object is kept, “${shown(namespace)}”.`)
  return { ...labels, namespace }
}

function linksOf(annotations: Cursor): DeclaredSlo['links'] {
  for (const key of annotations.keys())
    if (key !== 'runbook' && key !== 'dashboard')
      annotations.get(key).warn('validate', `The annotation ${shown(key)} is left out.`)
  return { runbook: linkAt(annotations.get('runbook')), dashboard: linkAt(annotations.get('dashboard')) }
}

function alertingFor(burnRates: Cursor): Alerting {
  const pairs = burnRates.each().map((one) => ({
    at: one,
    long: prometheusDuration(one.get('longWindow').text() ?? '') as number,
    short: prometheusDuration(one.get('shortWindow').text() ?? '') as number,
    severity: severityOf(one.get('severity').text() ?? ''),
    threshold: { burn: one.get('burnRate').number() as number },
  }))
  return pairs.length === 0 ? { kind: 'default' } : alertingOf(pairs)
}
