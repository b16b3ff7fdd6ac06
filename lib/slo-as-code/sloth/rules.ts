import type { Cursor } from '../cursor'
import { shown } from '../fault'
import { type QueryRead, readQuery, uncheckedWords } from '../queries'
import { exactlyOne, inPercent, plainWords, required, within } from '../rules'
import type { Spell } from './spelling'

/** What Sloth asks of a specification, beyond fields and types. */

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export function rules(spec: Cursor, spell: Spell): void {
  nameRules(spec.get('service'))
  labelRules(spec.get('labels'))
  const plugins = spec.get(spell('slo_plugins'))
  if (plugins.present) plugins.warn('validate', 'Plugins that rewrite rules are left out.')
  const slos = spec.get('slos')
  if (slos.each().length === 0 && (!slos.present || slos.item?.kind === 'list'))
    slos.error('validate', 'At least one SLO is required.')
  const names = new Set<string>()
  for (const slo of slos.each()) {
    sloRules(slo, spell, isMetricsql(spec, slo, spell))
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

function sloRules(slo: Cursor, spell: Spell, metricsql: boolean): void {
  nameRules(slo.get('name'))
  labelRules(slo.get('labels'))
  const objective = slo.get('objective')
  if (required(objective)) within(objective, (value) => value > 0 && value <= 100, 'a percentage: it is above 0 and at most 100')
  inPercent(objective, 'objective')
  for (const name of ['plugins', 'interval'])
    if (slo.get(name).present) slo.get(name).warn('validate', `${name} of rules are left out.`)
  const sli = slo.get('sli')
  if (exactlyOne(sli, ['raw', 'events', 'plugin'])) {
    for (const { query, read } of readQueries(sli, spell)) queryRules(query, read, metricsql)
    const [bad, total] = [sli.in('events', spell('error_query')), sli.in('events', spell('total_query'))]
    if (bad.text() !== undefined && bad.text()?.trim() === total.text()?.trim())
      bad.error('validate', 'The queries of errors and of all events are the same: every event would be an error.')
  }
  const alerting = slo.get('alerting')
  labelRules(alerting.get('labels'))
  for (const name of ['page_alert', 'ticket_alert']) labelRules(alerting.in(spell(name), 'labels'))
  if (!off(alerting, spell, 'page_alert') || !off(alerting, spell, 'ticket_alert')) required(alerting.get('name'))
}

/** The plugin that checks queries of VictoriaMetrics says that they are no PromQL. */
function isMetricsql(spec: Cursor, slo: Cursor, spell: Spell): boolean {
  const chains = [spec.in(spell('slo_plugins'), 'chain'), slo.in('plugins', 'chain')]
  return chains.some((chain) => chain.each().some((plugin) => /victoria/i.test(plugin.get('id').text() ?? '')))
}

export const off = (alerting: Cursor, spell: Spell, name: string): boolean => alerting.in(spell(name), 'disable').flag() === true

export function queriesOf(sli: Cursor, spell: Spell): Cursor[] {
  if (sli.get('raw').present) return [sli.in('raw', spell('error_ratio_query'))]
  if (sli.get('events').present) return ['error_query', 'total_query'].map((name) => sli.in('events', spell(name)))
  return []
}

/** One of them has to give series: a number of a number is a number. */
export function readQueries(sli: Cursor, spell: Spell): { query: Cursor; read: QueryRead }[] {
  let whole = sli.get('raw').present
  return queriesOf(sli, spell).map((query) => {
    const read = readQuery(query.word() ?? '', { whole })
    whole = read.ok && read.query.number
    return { query, read }
  })
}

function queryRules(query: Cursor, read: QueryRead, metricsql: boolean): void {
  const text = query.word()
  if (!required(query) || text === undefined) return
  if (!/\{\{-?\s*\.window\s*-?\}\}/.test(text))
    query.error(
      'validate',
      'The query does not use {{.window}}: it would be the same for every window.',
      'Write [{{.window}}] as its range.',
    )
  if (read.ok) return
  if (metricsql) query.warn('validate', uncheckedWords(read.reason))
  else query.error('validate', read.reason)
}
