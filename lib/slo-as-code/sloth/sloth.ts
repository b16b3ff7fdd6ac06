import { DAY, HOUR } from '../../time-series/units'
import type { Cursor } from '../cursor'
import { type Alerting, type DeclaredSlo, nothing, UNSAID } from '../declared'
import { shown } from '../fault'
import type { FormatReader } from '../format'
import { alertingOf, type WrittenPair } from '../pairs'
import { placesOf } from '../places'
import { asExpression, pairOf, shareOf, type Understood, withRange } from '../queries'
import { ServiceNames } from '../service-names'
import { decode } from '../shape'
import { labelsAt, linkAt, ratioOfPercent, slugAt, targetAt } from '../terms'
import { off, queriesOf, readQueries, rules } from './rules'
import { KUBERNETES, OWN } from './shapes'
import { camel, respelt, type Spell, snake } from './spelling'

/** Sloth: one service and its SLOs, `prometheus/v1` or the Kubernetes object, which only spells its fields otherwise. */

const VERSION = 'prometheus/v1'
const API_VERSION = 'sloth.slok.dev/v1'

/** What has neither is written as Sloth's own. */
const isOwn = (object: Cursor): boolean => object.get('version').present || !object.get('apiVersion').present
const specOf = (object: Cursor): Cursor => (isOwn(object) ? object : object.get('spec'))
const spellOf = (object: Cursor): Spell => (isOwn(object) ? snake : camel)

export const sloth: FormatReader = {
  check(object) {
    const own = isOwn(object)
    const version = own ? object.get('version') : object.get('apiVersion')
    const known = own ? VERSION : API_VERSION
    const named = object.named(`PrometheusServiceLevel ${shown(specOf(object).get('service').word() ?? '')}`.trim())
    if (version.text() !== known) {
      if (version.present) version.error('decode', `“${shown(version.word())}” is no version that is read.`, `Write ${known}.`)
      else version.error('decode', 'The version is missing.', `Add version: ${known}.`)
      return { object: named, kind: '' }
    }
    if (!own && !/^(Managed)?PrometheusServiceLevel$/.test(object.get('kind').text() ?? ''))
      object.get('kind').error('decode', 'The kind of Sloth is PrometheusServiceLevel.', 'Write PrometheusServiceLevel.')
    const item = respelt(named, own ? snake : camel)
    const spelt = item ? named.as(item) : named
    decode(spelt, own ? OWN : KUBERNETES)
    rules(specOf(spelt), spellOf(spelt))
    return { object: spelt, kind: 'slos' }
  },

  declare(objects) {
    const declared = nothing()
    const names = new ServiceNames()
    for (const { object, kind, clean } of objects) {
      if (!clean || kind === '') continue
      const spec = specOf(object)
      const service = spec.get('service').word() as string
      const slug = slugAt(spec.get('service'), service)
      names.add(spec.get('service'), service)
      const origin = { format: 'sloth' as const, place: object.place() }
      declared.services.push({
        ...{ ...origin, slug, name: service, description: '', said: {} },
        labels: labelsAt(spec.get('labels')),
      })
      for (const slo of spec.get('slos').each()) {
        const one = sloOf(slo, spec, slug, spellOf(object))
        if (one) declared.slos.push(one)
      }
    }
    return declared
  },
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
    at: placesOf({ name: slo.get('name'), description: slo.get('description') }),
    slug: slugAt(slo.get('name'), name),
    name,
    description: (slo.get('description').word() ?? '').trim(),
    service,
    source: null,
    indicator: understood?.indicator ?? null,
    ...(understood?.metricsql && { metricsql: true }),
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
    ...UNSAID,
  }
}

function indicatorOf(sli: Cursor, spell: Spell): (Understood & Pick<DeclaredSlo, 'metricsql'>) | null {
  if (sli.get('plugin').present) {
    sli.get('plugin').warn('validate', 'What a plugin measures cannot be read: the SLO is left without an indicator.')
    return null
  }
  const [first, second] = readQueries(sli, spell).map(({ read }) => read)
  if (first?.ok && sli.get('raw').present) return shareOf(first.query, 'bad')
  if (first?.ok && second?.ok) return pairOf(first.query, second.query, 'bad')
  // MetricsQL; anything else was refused before.
  const [bad, total] = queriesOf(sli, spell).map((query) => withRange(query.word() ?? ''))
  return { ...asExpression(total === undefined ? `1 - (${bad})` : `1 - ((${bad}) / (${total}))`), metricsql: true }
}

function linksOf(alerting: Cursor): DeclaredSlo['links'] {
  const link = (...keys: string[]) =>
    keys.map((key) => linkAt(alerting.in('annotations', key))).find((text) => text !== null) ?? null
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
