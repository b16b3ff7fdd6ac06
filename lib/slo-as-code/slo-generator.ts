import type { Selector } from '../slo/indicator'
import { selectorText } from '../slo/promql'
import { DAY } from '../time-series/units'
import { type Cursor, meant } from './cursor'
import { type DeclaredSlo, nothing } from './declared'
import { shown } from './fault'
import type { FormatReader, Reading } from './format'
import { pairOf, readOneSelector, readQuery, shareOf, type Understood } from './queries'
import { atMost, oneOf, plainWords, required, within } from './rules'
import { decode, list, map, object } from './shape'
import { longestStep, policyOf, stepRules } from './slo-generator-policy'
import { labelsAt, rollingAt, slugAt, targetAt } from './terms'

/** google/slo-generator: SLOs with the methods of its Prometheus backend, and the shared configuration. */

export const API_VERSION = 'sre.google.com/v2'

const SLO = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: object({ name: 'text', labels: map('word'), annotations: 'any' }),
  spec: object({
    description: 'text',
    backend: 'text',
    method: 'text',
    goal: 'number',
    exporters: list('text'),
    error_budget_policy: 'text',
    frequency: 'text',
    service_level_indicator: 'record',
  }),
})
const INDICATOR = object({
  filter_good: 'text',
  filter_bad: 'text',
  filter_valid: 'text',
  operators: list('text'),
  expression: 'text',
  threshold_bucket: 'word',
})
const step = object({
  name: 'text',
  window: 'number',
  burn_rate_threshold: 'number',
  alert: 'flag',
  message_alert: 'text',
  message_ok: 'text',
})
const CONFIG = object({
  default_exporters: list('text'),
  backends: 'record',
  exporters: 'record',
  error_budget_policies: map(object({ steps: list(step) })),
})

const METHODS = ['good_bad_ratio', 'query_sli', 'distribution_cut']
/** of its own sample policy, which most of its users copied */
const USUAL_DAYS = 28

const isPrometheus = (spec: Cursor): boolean => /^prometheus(\/|$)/i.test(spec.get('backend').text() ?? '')

export const sloGenerator: FormatReader = {
  check(object) {
    if (!object.get('apiVersion').present) return config(object.named('Configuration'))
    const named = object.named(`ServiceLevelObjective ${shown(object.in('metadata', 'name').word() ?? '')}`.trim())
    const [version, kind] = [object.get('apiVersion'), object.get('kind')]
    const wrong = version.text() === API_VERSION ? kind : version
    if (version.text() !== API_VERSION || kind.text() !== 'ServiceLevelObjective') {
      wrong.error(
        'decode',
        `Of slo-generator, ${API_VERSION} ServiceLevelObjective is read.`,
        `Write ${wrong === kind ? 'ServiceLevelObjective' : API_VERSION}.`,
      )
      return { object: named, kind: '' }
    }
    decode(named, SLO)
    rules(named)
    return { object: named, kind: 'slo' }
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
    for (const { object, kind, clean } of objects) {
      const slo = kind === 'slo' && clean ? sloOf(object, policies, reading) : null
      if (!slo) continue
      declared.slos.push(slo)
      if (services.has(slo.service)) continue
      services.add(slo.service)
      const { place, format, service } = slo
      declared.services.push({ place, format, slug: service, name: serviceName(object), description: '', labels: {} })
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

function rules(object: Cursor): void {
  const [metadata, spec] = [object.get('metadata'), object.get('spec')]
  required(metadata.get('name'))
  plainWords(metadata.get('name'))
  atMost(metadata.get('name'), 253)
  for (const key of metadata.get('labels').keys()) plainWords(metadata.in('labels', key))
  const goal = spec.get('goal')
  const percent = goal.number() ?? 0
  const better = percent > 1 && percent < 100 ? `Did you mean ${Number((percent / 100).toPrecision(12))}?` : undefined
  if (required(goal)) within(goal, (value) => value > 0 && value <= 1, 'a goal: it is above 0 and at most 1', better)
  const [backend, method, sli] = [spec.get('backend'), spec.get('method'), spec.get('service_level_indicator')]
  const all = [required(backend), required(method), required(sli)]
  if (!all.every(Boolean)) return
  if (!isPrometheus(spec)) {
    const reason = `The portal asks Prometheus: what the backend ${shown(backend.text())} measures is left out.`
    backend.warn('validate', reason, meant(backend.text() ?? '', ['prometheus']))
    return
  }
  oneOf(method, METHODS)
  decode(sli, INDICATOR)
  sliRules(method.text() ?? '', sli)
}

function sliRules(method: string, sli: Cursor): void {
  if (method === 'good_bad_ratio') {
    required(sli.get('filter_good'))
    if (!sli.get('filter_bad').present && !sli.get('filter_valid').present)
      sli.error('validate', 'One of filter_bad, filter_valid is required.')
    for (const name of ['filter_good', 'filter_bad', 'filter_valid']) queryRules(sli.get(name))
  }
  if (method === 'query_sli' && required(sli.get('expression'))) queryRules(sli.get('expression'))
  if (method !== 'distribution_cut') return
  const [expression, bucket] = [sli.get('expression'), sli.get('threshold_bucket')]
  if (required(expression) && expression.text() !== undefined) {
    const read = readOneSelector(expression.text() as string)
    if (!read.ok) expression.error('validate', read.reason)
    else if (!read.selector.metric.endsWith('_bucket'))
      expression.error('validate', 'The expression names buckets of a histogram: its metric ends with _bucket.')
  }
  if (required(bucket) && bucket.word() !== undefined && !(Number(bucket.word()) > 0))
    bucket.error('validate', `“${shown(bucket.word())}” is no bound of a bucket: write a number above 0.`)
}

function queryRules(query: Cursor): void {
  const text = query.text()
  if (text === undefined || text.trim() === '') return
  const read = readQuery(text)
  if (!read.ok) query.error('validate', read.reason)
}

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

function indicatorOf(method: string, sli: Cursor): Understood | null {
  const read = (name: string) => {
    const query = sli.get(name).present ? readQuery((sli.get(name).text() ?? '').replace(/\[\s*window\s*\]\s*$/, ''), true) : null
    return query?.ok ? query.query : null
  }
  if (method === 'query_sli') {
    const share = readQuery(sli.get('expression').text() ?? '')
    return share.ok ? shareOf(share.query, 'good') : null
  }
  if (method === 'distribution_cut') return cut(sli)
  const [good, bad, valid] = [read('filter_good'), read('filter_bad'), read('filter_valid')]
  if (!good) return null
  if (valid && !bad) return pairOf(good, valid, 'good')
  // Good and bad are all there is; the total is their sum.
  const sum = bad && readQuery(`${good.text} + ${bad.text}`, true)
  return sum?.ok ? pairOf(good, sum.query, 'good') : null
}

/** One bucket of the count of the same histogram. */
function cut(sli: Cursor): Understood | null {
  const read = readOneSelector(sli.get('expression').text() ?? '')
  if (!read.ok) return null
  const { metric, matchers } = read.selector
  const others = matchers.filter(({ label }) => label !== 'le')
  const bound = sli.get('threshold_bucket').word() as string
  const bucket: Selector = { metric, matchers: [...others, { label: 'le', op: '=', value: bound }] }
  const count: Selector = { metric: metric.replace(/_bucket$/, '_count'), matchers: others }
  const [good, total] = [bucket, count].map((selector) => readQuery(selectorText(selector), true))
  return good?.ok && total?.ok ? pairOf(good.query, total.query, 'good') : null
}
