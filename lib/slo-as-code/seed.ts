import type { Matcher, Selector } from '../slo/indicator'
import { selectorText } from '../slo/promql'
import { escapedRegex } from '../slo/regex'
import type { Cursor } from './cursor'
import { type Alerting, type DeclaredSlo, nothing } from './declared'
import { prometheusDuration } from './duration'
import { shown } from './fault'
import type { FormatReader } from './format'
import { alertingOf, severityOf } from './pairs'
import { pairOf, readQuery, type Understood } from './queries'
import { dnsLabel, oneOf, plainWords, required, within } from './rules'
import { decode, list, map, object } from './shape'
import { labelsAt, rollingAt, slugAt, targetAt } from './terms'

/** `slo.dev/v1`: one indicator, one SLO for each of its objectives, conditions of alerts by burn rate. */

export const API_VERSION = 'slo.dev/v1'

const counter = object({ metric: 'text', filters: list('text') })
const SHAPE = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: object({ name: 'text', namespace: 'text', labels: map('word'), annotations: map('word') }),
  spec: object({
    service: 'text',
    description: 'text',
    indicator: object({ type: 'text', counter, total: counter }),
    objectives: list(object({ displayName: 'text', window: 'text', target: 'number' })),
    alerting: object({
      burnRates: list(object({ severity: 'text', shortWindow: 'text', longWindow: 'text', burnRate: 'number' })),
    }),
    annotations: map('word'),
  }),
})

export const seed: FormatReader = {
  check(object) {
    const named = object.named(`ServiceLevelObjective ${shown(object.in('metadata', 'name').word() ?? '')}`.trim())
    const [version, kind] = [object.get('apiVersion'), object.get('kind')]
    const wrong = version.text() === API_VERSION ? kind : version
    if (version.text() !== API_VERSION || kind.text() !== 'ServiceLevelObjective') {
      wrong.error(
        'decode',
        'Of slo.dev, slo.dev/v1 ServiceLevelObjective is read.',
        `Write ${wrong === kind ? 'ServiceLevelObjective' : API_VERSION}.`,
      )
      return { object: named, kind: '' }
    }
    decode(named, SHAPE)
    rules(named)
    return { object: named, kind: 'slo' }
  },

  declare(objects) {
    const declared = nothing()
    const services = new Set<string>()
    for (const { object, kind, clean } of objects) {
      if (!clean || kind === '') continue
      const slos = slosOf(object)
      declared.slos.push(...slos)
      const [first] = slos
      if (!first || services.has(first.service)) continue
      services.add(first.service)
      const name = object.in('spec', 'service').text() as string
      declared.services.push({ format: 'seed', place: first.place, slug: first.service, name, description: '', labels: {} })
    }
    return declared
  },
}

function rules(object: Cursor): void {
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
    if (required(metric) && written !== undefined && !/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(written))
      metric.error('validate', `“${shown(written)}” is no name of a metric: use letters, digits, _ and :.`)
    for (const filter of part.get('filters').each())
      if (filter.text() !== undefined && !matcherOf(filter.text() as string))
        filter.error('validate', `“${shown(filter.text())}” is no filter.`, 'For example status_code != 5xx.')
  }
}

const FILTER =
  /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(==|!=|=~|!~|=)\s*("([^"\\{}\p{Cc}]*)"|'([^'"\\{}\p{Cc}]*)'|([^\s"'`\\{}\p{Cc}]+))\s*$/u

/** `status_code != 5xx`: an x stands for any digit of a status. */
function matcherOf(text: string): Matcher | null {
  const [, label, written, , double, single, bare] = FILTER.exec(text) ?? []
  if (!label || !written) return null
  const value = double ?? single ?? bare ?? ''
  const regex = written.endsWith('~')
  const digits = !regex && /^[1-9](\d|x)x$/i.test(value)
  const not = written.startsWith('!')
  if (digits) return { label, op: not ? '!~' : '=~', value: escapedRegex(value).replace(/x/gi, '.') }
  return { label, op: regex ? (written as Matcher['op']) : not ? '!=' : '=', value }
}

function selectorOf(part: Cursor): Selector {
  const matchers = part
    .get('filters')
    .each()
    .flatMap((filter) => matcherOf(filter.text() ?? '') ?? [])
  return { metric: part.get('metric').text() as string, matchers }
}

function indicatorOf(indicator: Cursor): Understood | null {
  const [good, total] = ['counter', 'total'].map((name) => readQuery(selectorText(selectorOf(indicator.get(name))), true))
  return good?.ok && total?.ok ? pairOf(good.query, total.query, 'good') : null
}

function slosOf(object: Cursor): DeclaredSlo[] {
  const [metadata, spec] = [object.get('metadata'), object.get('spec')]
  const understood = indicatorOf(spec.get('indicator'))
  for (const note of understood?.notes ?? []) spec.get('indicator').warn('validate', note)
  const name = metadata.get('name').text() as string
  const namespace = metadata.get('namespace').text()
  const labels = { ...labelsAt(metadata.get('labels')), ...(namespace && { namespace }) }
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
    }
  })
}

function linksOf(annotations: Cursor): DeclaredSlo['links'] {
  for (const key of annotations.keys())
    if (key !== 'runbook' && key !== 'dashboard')
      annotations.get(key).warn('validate', `The annotation ${shown(key)} is left out.`)
  const link = (key: string) => {
    const written = annotations.get(key).word()
    return written && /^https?:\/\//i.test(written) ? written : null
  }
  return { runbook: link('runbook'), dashboard: link('dashboard') }
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
