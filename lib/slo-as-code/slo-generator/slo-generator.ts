import { DAY } from '../../time-series/units'
import { type Cursor, meant } from '../cursor'
import { type DeclaredSlo, nothing, serviceInPassing, UNSAID } from '../declared'
import { shown } from '../fault'
import type { FormatReader, Reading } from '../format'
import { placesOf } from '../places'
import { ServiceNames } from '../service-names'
import { decode } from '../shape'
import { singleKind } from '../single-kind'
import { labelsAt, rollingAt, slugAt, targetAt } from '../terms'
import { indicatorOf } from './indicator'
import { longestStep, policyOf, stepRules } from './policy'
import { CONFIG, isPrometheus, rules, SLO } from './rules'

/** google/slo-generator: SLOs with the methods of its Prometheus backend, and the shared configuration. */

/** of its own sample policy, which most of its users copied */
const USUAL_DAYS = 28

export const sloGenerator: FormatReader = {
  check(object) {
    if (!object.get('apiVersion').present) return config(object.named('Configuration'))
    return singleKind(object, { of: 'slo-generator', apiVersion: 'sre.google.com/v2', shape: SLO, rules })
  },

  declare(objects, reading) {
    const declared = nothing()
    const policies = new Map<string, Cursor>()
    for (const { object, kind, clean } of objects) {
      if (kind !== 'config') continue
      const written = object.get('error_budget_policies')
      for (const name of written.keys()) policies.set(name, written.get(name))
      if (!clean) continue
      declared.budgetPolicies.push(...written.keys().map((name) => policyOf(written.get(name), name)))
      declared.sources.push(...sourcesOf(object.get('backends')))
    }
    const services = new Set<string>()
    const names = new ServiceNames()
    for (const { object, kind, clean } of objects) {
      const slo = kind === 'slo' && clean ? sloOf(object, policies, reading) : null
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

function config(object: Cursor): { object: Cursor; kind: string } {
  decode(object, CONFIG)
  const policies = object.get('error_budget_policies')
  for (const name of policies.keys()) stepRules(policies.get(name))
  if (object.get('exporters').present)
    object.get('exporters').warn('validate', 'Exporters are left out: the portal keeps the results itself.')
  return { object, kind: 'config' }
}

const sourcesOf = (backends: Cursor) =>
  backends
    .keys()
    .filter((key) => /^prometheus(\/|$)/i.test(key))
    .map((key) => {
      const written = backends.in(key, 'url').text()
      const environment = written !== undefined && /\$\{/.test(written)
      if (environment) backends.in(key, 'url').warn('validate', 'The address comes from the environment and is left out.')
      return {
        format: 'slo-generator' as const,
        place: backends.get(key).place(),
        slug: slugAt(backends.get(key), key),
        name: key,
        type: 'Prometheus',
        url: environment ? null : (written ?? null),
      }
    })

const labelOf = (object: Cursor, key: string): string | undefined => object.in('metadata', 'labels', key).word()
const serviceName = (object: Cursor): string =>
  labelOf(object, 'service_name') ?? (object.in('metadata', 'name').text() as string)

function sloOf(object: Cursor, policies: Map<string, Cursor>, reading: Reading): DeclaredSlo | null {
  const [metadata, spec] = [object.get('metadata'), object.get('spec')]
  const target = targetAt(spec.get('goal'), spec.get('goal').number() as number)
  if (target === null) return null
  const understood = isPrometheus(spec) ? indicatorOf(spec.get('method').text() ?? '', spec.get('service_level_indicator')) : null
  for (const note of understood?.notes ?? []) spec.get('service_level_indicator').warn('validate', note)
  const name = metadata.get('name').text() as string
  const policy = policyFor(spec.get('error_budget_policy'), policies, reading)
  const [, backend] = (spec.get('backend').text() ?? '').split('/')
  if (!policy) spec.warn('validate', `No step of a policy says how long the window is: ${USUAL_DAYS} days are taken.`)
  return {
    format: 'slo-generator',
    place: object.place(),
    at: placesOf({ name: metadata.get('name'), description: spec.get('description') }),
    slug: slugAt(metadata.get('name'), name),
    name,
    description: (spec.get('description').text() ?? '').trim(),
    service: slugAt(metadata.get('name'), serviceName(object)),
    source: isPrometheus(spec) ? slugAt(spec.get('backend'), 'prometheus', backend) : null,
    indicator: understood?.indicator ?? null,
    method: 'occurrences',
    sliceTarget: null,
    target,
    window: policy ? rollingAt(spec, longestStep(policy.at)) : { kind: 'rolling', days: USUAL_DAYS },
    grouping: understood?.grouping ?? [],
    labels: labelsAt(metadata.get('labels')),
    links: { runbook: null, dashboard: null },
    alerting: policy ? policyOf(policy.at, policy.name).alerting : { kind: 'default' },
    budgetPolicy: policy ? slugAt(policy.at, policy.name) : null,
    ...UNSAID,
  }
}

function policyFor(named: Cursor, policies: Map<string, Cursor>, { whole }: Reading): { at: Cursor; name: string } | null {
  const name = named.text() ?? 'default'
  const at = policies.get(name)
  if (at && longestStep(at) >= DAY / 2) return { at, name }
  if (at || !named.present) return null
  const reason = `There is no error-budget policy “${shown(name)}” in these files.`
  if (whole && policies.size > 0) named.error('references', reason, meant(name, policies.keys()))
  else named.warn('references', reason, meant(name, policies.keys()))
  return null
}
