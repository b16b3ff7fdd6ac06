import type { Matcher } from '../../slo/indicator'
import { regexRefusal } from '../../slo/promql-check'
import { isWord, wordRefusal } from '../../slo/promql-names'
import { escapedRegex } from '../../slo/regex'
import type { Cursor } from '../cursor'
import { prometheusDuration } from '../duration'
import { shown } from '../fault'
import { dnsLabel, oneOf, plainWords, required, within } from '../rules'
import { list, map, object } from '../shape'

/** Fields of slo.dev/v1, and what they have to say. */

const counter = object({ metric: 'text', filters: list('text') })
export const SHAPE = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: object({ name: 'text', namespace: 'text', labels: map('word'), annotations: map('word') }),
  spec: object({
    service: 'text',
    description: 'text',
    indicator: object({ type: 'text', counter, total: counter }),
    objectives: list(object({ displayName: 'text', window: 'days', target: 'share' })),
    alerting: object({
      burnRates: list(object({ severity: 'text', shortWindow: 'minutes', longWindow: 'hours', burnRate: 'number' })),
    }),
    annotations: map('word'),
  }),
})

export function rules(object: Cursor): void {
  const [metadata, spec] = [object.get('metadata'), object.get('spec')]
  if (required(metadata.get('name'))) dnsLabel(metadata.get('name'))
  plainWords(metadata.get('namespace'))
  for (const key of metadata.get('labels').keys()) plainWords(metadata.in('labels', key))
  if (required(spec.get('service'))) plainWords(spec.get('service'))
  indicatorRules(spec.get('indicator'))
  const objectives = spec.get('objectives')
  if (objectives.each().length === 0 && (!objectives.present || objectives.item?.kind === 'list'))
    objectives.error('validate', 'At least one objective is required.')
  for (const one of objectives.each()) {
    lengthRules(one.get('window'))
    const target = one.get('target')
    const percent = target.number() ?? 0
    const meant = percent > 1 && percent < 100 ? `Did you mean ${Number((percent / 100).toPrecision(12))}?` : undefined
    if (required(target)) within(target, (value) => value > 0 && value < 1, 'a target between 0 and 1', meant)
  }
  for (const one of spec.in('alerting', 'burnRates').each()) {
    required(one.get('severity'))
    lengthRules(one.get('shortWindow'))
    lengthRules(one.get('longWindow'))
    if (required(one.get('burnRate'))) within(one.get('burnRate'), (value) => value > 0, 'a burn rate: it is more than 0')
  }
}

function lengthRules(cursor: Cursor): void {
  const written = cursor.text()
  if (required(cursor) && written !== undefined && !prometheusDuration(written))
    cursor.error('validate', `“${shown(written)}” is no duration.`, 'For example 5m, 6h or 30d.')
}

function indicatorRules(indicator: Cursor): void {
  if (!required(indicator)) return
  if (required(indicator.get('type'))) oneOf(indicator.get('type'), ['ratio'])
  for (const name of ['counter', 'total']) {
    const part = indicator.get(name)
    if (!required(part)) continue
    const metric = part.get('metric')
    const written = metric.text()
    if (required(metric) && written !== undefined) metricRules(metric, written)
    for (const filter of part.get('filters').each()) filterRules(filter)
  }
}

function metricRules(metric: Cursor, written: string): void {
  if (isWord(written)) metric.error('validate', wordRefusal(written))
  else if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(written))
    metric.error('validate', `“${shown(written)}” is no name of a metric: use letters, digits, _ and :.`)
}

function filterRules(filter: Cursor): void {
  const text = filter.text()
  if (text === undefined) return
  const matcher = matcherOf(text)
  const refused = matcher?.op.endsWith('~') ? regexRefusal(matcher.value) : null
  if (!matcher) filter.error('validate', `“${shown(text)}” is no filter.`, 'For example status_code != 5xx.')
  else if (matcher.label === '__name__') filter.error('validate', 'The metric is named beside its filters: leave __name__ out.')
  else if (refused) filter.error('validate', refused)
}

const FILTER =
  /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(==|!=|=~|!~|=)\s*("([^"\\{}\p{Cc}]*)"|'([^'"\\{}\p{Cc}]*)'|([^\s"'`\\{}\p{Cc}]+))\s*$/u

/** `status_code != 5xx`: an x stands for any digit of a status. */
export function matcherOf(text: string): Matcher | null {
  const [, label, written, , double, single, bare] = FILTER.exec(text) ?? []
  if (!label || !written) return null
  const value = double ?? single ?? bare ?? ''
  const regex = written.endsWith('~')
  const digits = !regex && /^[1-9](\d|x)x$/i.test(value)
  const not = written.startsWith('!')
  if (digits) return { label, op: not ? '!~' : '=~', value: escapedRegex(value).replace(/x/gi, '.') }
  return { label, op: regex ? (written as Matcher['op']) : not ? '!=' : '=', value }
}
