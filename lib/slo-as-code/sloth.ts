import { DAY, HOUR } from '../time-series/units'
import type { Cursor } from './cursor'
import { type Alerting, type DeclaredSlo, nothing } from './declared'
import { shown } from './fault'
import type { FormatReader } from './format'
import { alertingOf, type WrittenPair } from './pairs'
import { pairOf, readQuery, shareOf, type Understood } from './queries'
import { exactlyOne, plainWords, required, within } from './rules'
import { decode, type Fields, list, map, object, type Shape } from './shape'
import { labelsAt, ratioOfPercent, slugAt, targetAt } from './terms'

/** Sloth: one service and its SLOs, `prometheus/v1` or the Kubernetes object, which only spells its fields otherwise. */

export const VERSION = 'prometheus/v1'
export const API_VERSION = 'sloth.slok.dev/v1'

/** as the file spells a field: error_query or errorQuery */
type Spell = (name: string) => string
const snake: Spell = (name) => name
const camel: Spell = (name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** `word`: YAML of Sloth itself takes 2 for "2"; Kubernetes does not. */
function specShape(spell: Spell, text: Shape): Fields {
  const spelt = (fields: Fields): Shape =>
    object(Object.fromEntries(Object.entries(fields).map(([name, shape]) => [spell(name), shape])))
  const alert = spelt({ disable: 'flag', labels: map(text), annotations: map(text) })
  const slo = spelt({
    name: text,
    description: text,
    objective: 'number',
    labels: map(text),
    plugins: 'any',
    sli: spelt({
      raw: spelt({ error_ratio_query: text }),
      events: spelt({ error_query: text, total_query: text }),
      plugin: spelt({ id: text, options: map(text) }),
    }),
    alerting: spelt({ name: text, labels: map(text), annotations: map(text), page_alert: alert, ticket_alert: alert }),
  })
  return { service: text, labels: map(text), slos: list(slo), [spell('slo_plugins')]: 'any' }
}

const OWN = object({ version: 'text', ...specShape(snake, 'word') })
const KUBERNETES = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: 'record',
  spec: object(specShape(camel, 'text')),
  status: 'any',
})

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/

const isOwn = (object: Cursor): boolean => object.get('version').present
const specOf = (object: Cursor): Cursor => (isOwn(object) ? object : object.get('spec'))
const spellOf = (object: Cursor): Spell => (isOwn(object) ? snake : camel)

export const sloth: FormatReader = {
  check(object) {
    const own = isOwn(object)
    const version = own ? object.get('version') : object.get('apiVersion')
    const known = own ? VERSION : API_VERSION
    const named = object.named(`PrometheusServiceLevel ${shown(specOf(object).get('service').word() ?? '')}`.trim())
    if (version.text() !== known) {
      version.error('decode', `“${shown(version.word() ?? '')}” is no version that is read.`, `Write ${known}.`)
      return { object: named, kind: '' }
    }
    if (!own && object.get('kind').text() !== 'PrometheusServiceLevel')
      object.get('kind').error('decode', 'The kind of Sloth is PrometheusServiceLevel.', 'Write PrometheusServiceLevel.')
    decode(named, own ? OWN : KUBERNETES)
    rules(specOf(named), spellOf(named))
    return { object: named, kind: 'slos' }
  },

  declare(objects) {
    const declared = nothing()
    for (const { object, kind, clean } of objects) {
      if (!clean || kind === '') continue
      const spec = specOf(object)
      const service = spec.get('service').word() as string
      const slug = slugAt(spec.get('service'), service)
      const origin = { format: 'sloth' as const, place: object.place() }
      declared.services.push({ ...origin, slug, name: service, description: '', labels: labelsAt(spec.get('labels')) })
      for (const slo of spec.get('slos').each()) {
        const one = sloOf(slo, spec, slug, spellOf(object))
        if (one) declared.slos.push(one)
      }
    }
    return declared
  },
}

function rules(spec: Cursor, spell: Spell): void {
  nameRules(spec.get('service'))
  labelRules(spec.get('labels'))
  const plugins = spec.get(spell('slo_plugins'))
  if (plugins.present) plugins.warn('validate', 'Plugins that rewrite rules are left out.')
  const slos = spec.get('slos')
  if (slos.each().length === 0 && (!slos.present || slos.item?.kind === 'list'))
    slos.error('validate', 'At least one SLO is required.')
  const names = new Set<string>()
  for (const slo of slos.each()) {
    sloRules(slo, spell)
    const name = slo.get('name').word()
    if (name !== undefined && names.has(name))
      slo.get('name').error('references', `There is another SLO “${shown(name)}” of this service.`, 'Give it another name.')
    if (name !== undefined) names.add(name)
  }
}

function nameRules(name: Cursor): void {
  const written = name.word()
  if (required(name) && written !== undefined && !NAME.test(written))
    name.error(
      'validate',
      `“${shown(written)}” is no name: use letters, digits, -, _ and ., with a letter or digit at both ends.`,
    )
}

function labelRules(labels: Cursor): void {
  for (const key of labels.keys()) {
    if (!LABEL.test(key))
      labels.get(key).error('validate', `“${shown(key)}” is no label of Prometheus: use letters, digits and _.`)
    plainWords(labels.get(key))
  }
}

function sloRules(slo: Cursor, spell: Spell): void {
  nameRules(slo.get('name'))
  labelRules(slo.get('labels'))
  const objective = slo.get('objective')
  if (required(objective)) within(objective, (value) => value > 0 && value <= 100, 'a percentage: it is above 0 and at most 100')
  if ((objective.number() ?? 100) < 1) objective.warn('validate', 'The objective is in percent: 0.999 means 0.999 %, not 99.9 %.')
  const sli = slo.get('sli')
  if (exactlyOne(sli, ['raw', 'events', 'plugin'])) {
    for (const query of queriesOf(sli, spell)) queryRules(query)
    const [bad, total] = [sli.in('events', spell('error_query')), sli.in('events', spell('total_query'))]
    if (bad.text() !== undefined && bad.text()?.trim() === total.text()?.trim())
      bad.error('validate', 'The queries of errors and of all events are the same: every event would be an error.')
  }
  const alerting = slo.get('alerting')
  labelRules(alerting.get('labels'))
  for (const name of ['page_alert', 'ticket_alert']) labelRules(alerting.in(spell(name), 'labels'))
  if (!off(alerting, spell, 'page_alert') || !off(alerting, spell, 'ticket_alert')) required(alerting.get('name'))
}

const off = (alerting: Cursor, spell: Spell, name: string): boolean => alerting.in(spell(name), 'disable').flag() === true

function queriesOf(sli: Cursor, spell: Spell): Cursor[] {
  if (sli.get('raw').present) return [sli.in('raw', spell('error_ratio_query'))]
  if (sli.get('events').present) return ['error_query', 'total_query'].map((name) => sli.in('events', spell(name)))
  return []
}

function queryRules(query: Cursor): void {
  const text = query.word()
  if (!required(query) || text === undefined) return
  if (!/\{\{-?\s*\.window\s*-?\}\}/.test(text))
    query.error(
      'validate',
      'The query does not use {{.window}}: it would be the same for every window.',
      'Write [{{.window}}] as its range.',
    )
  const read = readQuery(text)
  if (!read.ok) query.error('validate', read.reason)
}

function sloOf(slo: Cursor, spec: Cursor, service: string, spell: Spell): DeclaredSlo | null {
  const target = targetAt(slo.get('objective'), ratioOfPercent(slo.get('objective').number() as number))
  if (target === null) return null
  const understood = indicatorOf(slo.get('sli'), spell)
  for (const note of understood?.notes ?? []) slo.get('sli').warn('validate', note)
  const name = slo.get('name').word() as string
  return {
    format: 'sloth',
    place: slo.place(),
    slug: slugAt(slo.get('name'), name),
    name,
    description: (slo.get('description').word() ?? '').trim(),
    service,
    source: null,
    indicator: understood?.indicator ?? null,
    method: 'occurrences',
    sliceTarget: null,
    target,
    // Sloth's own default; its files do not say another.
    window: { kind: 'rolling', days: 30 },
    // Sloth itself takes a query that is grouped as it comes: whoever adds it up loses the groups.
    grouping: understood?.grouping ?? [],
    labels: labelsAt(spec.get('labels'), slo.get('labels')),
    links: linksOf(slo.get('alerting')),
    alerting: alertingFor(slo.get('alerting'), spell),
    budgetPolicy: null,
  }
}

function indicatorOf(sli: Cursor, spell: Spell): Understood | null {
  if (sli.get('plugin').present) {
    sli.get('plugin').warn('validate', 'What a plugin measures cannot be read: the SLO is left without an indicator.')
    return null
  }
  const [first, second] = queriesOf(sli, spell).map((query) => readQuery(query.word() ?? ''))
  if (!first?.ok) return null
  if (sli.get('raw').present) return shareOf(first.query, 'bad')
  return second?.ok ? pairOf(first.query, second.query, 'bad') : null
}

function linksOf(alerting: Cursor): DeclaredSlo['links'] {
  const link = (...keys: string[]) =>
    keys.map((key) => alerting.in('annotations', key).word()).find((text) => text && /^https?:\/\//i.test(text)) ?? null
  return { runbook: link('runbook', 'runbook_url'), dashboard: link('dashboard', 'dashboard_url') }
}

/** Sloth's two alerts of two windows each, at its shares of the budget. */
function alertingFor(alerting: Cursor, spell: Spell): Alerting {
  const lost = ['labels', 'annotations'].filter((name) => alerting.get(name).present)
  const routed = ['page_alert', 'ticket_alert'].filter((name) => alerting.in(spell(name), 'labels').present)
  if (lost.length + routed.length > 0)
    alerting.warn('validate', 'Labels and annotations of alerts are left out: routes go by severity, service, tier and team.')
  const pair = (severity: 'page' | 'ticket', hours: number, share: number): WrittenPair => ({
    at: alerting,
    long: hours * HOUR,
    severity,
    threshold: { share },
  })
  const pairs = [
    ...(off(alerting, spell, 'page_alert') ? [] : [pair('page', 1, 0.02), pair('page', 6, 0.05)]),
    ...(off(alerting, spell, 'ticket_alert') ? [] : [pair('ticket', 24, 0.1), pair('ticket', (3 * DAY) / HOUR, 0.1)]),
  ]
  return pairs.length === 0 ? { kind: 'none' } : alertingOf(pairs)
}
