import { type Cursor, meant } from '../cursor'
import { shown } from '../fault'
import { type Query, readOneSelector, readQuery } from '../queries'
import { atMost, oneOf, plainWords, required, within } from '../rules'
import { decode, list, map, object } from '../shape'
import { filterText } from './indicator'

/** Fields of slo-generator, and what they have to say. */

export const SLO = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: object({ name: 'text', labels: map('word'), annotations: 'any' }),
  spec: object({
    description: 'text',
    backend: 'text',
    method: 'text',
    goal: 'share',
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
export const CONFIG = object({
  default_exporters: list('text'),
  backends: 'record',
  exporters: 'record',
  error_budget_policies: map(object({ steps: list(step) })),
})

const QUERIES = ['filter_good', 'filter_bad', 'filter_valid', 'expression']
const METHODS = ['good_bad_ratio', 'query_sli', 'distribution_cut']
export const isPrometheus = (spec: Cursor): boolean => /^prometheus(\/|$)/i.test(spec.get('backend').text() ?? '')

export function rules(object: Cursor): void {
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

/** What counters are turned into events with: the portal takes increases and adds them up. */
const COUNTING = new Set(['increase', 'rate', 'delta', 'sum'])

function operatorRules(operators: Cursor): void {
  for (const operator of operators.each()) {
    const name = operator.text()
    if (name !== undefined && !COUNTING.has(name))
      operator.warn(
        'validate',
        `${shown(name)} is left out: the portal takes increases and adds them up.`,
        meant(name, [...COUNTING]),
      )
  }
}

/** slo-generator fills them in when it reads a file. */
function environmentRules(query: Cursor): void {
  const [variable] = /\$\{\w+\}/.exec(query.text() ?? '') ?? []
  if (variable)
    query.error(
      'validate',
      `${variable} comes from an environment that is not known here.`,
      'Fill it in, for example with envsubst.',
    )
}

function sliRules(method: string, sli: Cursor): void {
  operatorRules(sli.get('operators'))
  for (const name of QUERIES) environmentRules(sli.get(name))

  if (method === 'good_bad_ratio') {
    required(sli.get('filter_good'))
    if (!sli.get('filter_bad').present && !sli.get('filter_valid').present)
      sli.error('validate', 'One of filter_bad, filter_valid is required.')
    const good = queryRules(sli.get('filter_good'), { filter: true })
    // A number of a number is no series.
    for (const name of ['filter_bad', 'filter_valid']) queryRules(sli.get(name), { filter: true, whole: good?.number === true })
  }
  if (method === 'query_sli' && required(sli.get('expression'))) queryRules(sli.get('expression'), { whole: true })
  if (method !== 'distribution_cut') return
  const [expression, bucket] = [sli.get('expression'), sli.get('threshold_bucket')]
  if (required(expression) && expression.text() !== undefined) {
    const read = readOneSelector(expression.text() as string, { ranged: true })
    if (!read.ok) expression.error('validate', read.reason)
    else if (!read.selector.metric.endsWith('_bucket'))
      expression.error('validate', 'The expression names buckets of a histogram: its metric ends with _bucket.')
  }
  if (required(bucket) && bucket.word() !== undefined && !(Number(bucket.word()) > 0))
    bucket.error('validate', `“${shown(bucket.word())}” is no bound of a bucket: write a number above 0.`)
}

function queryRules(query: Cursor, { filter = false, whole = false }): Query | null {
  const text = query.text()
  if (text === undefined || text.trim() === '') return null
  const read = readQuery(filter ? filterText(text) : text, { bare: filter, whole })
  if (read.ok) return read.query
  query.error('validate', read.reason)
  return null
}
