import type { Cursor } from '../cursor'
import { shown } from '../fault'
import { asExpression, pairOf, type Query, readQuery, shareOf, type Understood } from '../queries'
import type { Objects } from './references'

/** SLIs as indicators. What is measured by anything but Prometheus keeps its SLO and loses its indicator, with a warning. */

const PROMQL = /prom|thanos|mimir|cortex|victoria/i
export const QUERY_FIELDS = ['query', 'promql', 'expression', 'expr']
const SIGNS: Record<string, string> = { lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** `metricsql`: nobody here has read the query */
export type Measured = { understood: Understood; source: string | null; metricsql?: true }

export function measuredBy(sli: Cursor, objective: Cursor, objects: Objects): Measured | null {
  const threshold = sli.get('thresholdMetric')
  if (threshold.present) {
    const metric = metricOf(threshold, objects, { whole: true })
    const understood = metric && compared(metric.query, objective)
    return understood ? { understood, source: metric.source } : null
  }
  const ratio = sli.get('ratioMetric')
  const bare = ratio.get('counter').flag() === true
  const read = (name: string, whole = false) =>
    ratio.get(name).present ? metricOf(ratio.get(name), objects, { bare, whole }) : null
  if (ratio.get('raw').present) {
    const raw = read('raw', true)
    const counted = ratio.get('rawType').text() === 'failure' ? 'bad' : 'good'
    return raw && { understood: shareOf(raw.query, counted), source: raw.source }
  }
  const counted = ratio.get('good').present ? 'good' : 'bad'
  const part = read(counted)
  // A number of a number is no series.
  const total = read('total', part?.query.number)
  if (!part || !total) return null
  if (part.source !== total.source) ratio.warn('validate', 'Both metrics are read from one source here: that of the total.')
  return { understood: pairOf(part.query, total.query, counted), source: total.source }
}

/** Says what queries in PromQL are refused for and nothing else: of whatever else is wrong there it was said. */
export function refuseQueries(sli: Cursor, objects: Objects): void {
  const refused = (metric: Cursor, how: How): Query | null => {
    const { query, type } = writtenIn(metric, objects)
    if (!query || type === undefined || !PROMQL.test(type)) return null
    const read = readQuery(query.text() as string, how)
    if (!read.ok) objects.refuse(query, 'validate', read.reason)
    return read.ok ? read.query : null
  }
  const ratio = sli.get('ratioMetric')
  const bare = ratio.get('counter').flag() === true
  refused(sli.get('thresholdMetric'), { whole: true })
  refused(ratio.get('raw'), { bare, whole: true })
  const parts = ['good', 'bad'].map((name) => refused(ratio.get(name), { bare }))
  refused(ratio.get('total'), { bare, whole: parts.some((part) => part?.number) })
}

type How = { bare?: boolean; whole?: boolean }

function writtenIn(metric: Cursor, objects: Objects) {
  const source = metric.get('metricSource')
  const ref = source.get('metricSourceRef').text()
  const named = objects.find('DataSource', ref)
  const type = source.get('type').text() ?? named?.in('spec', 'type').text()
  const query = QUERY_FIELDS.map((key) => source.in('spec', key)).find((one) => one.text() !== undefined)
  return { source, ref, type, query }
}

function metricOf(metric: Cursor, objects: Objects, how: How): { query: Query; source: string | null } | null {
  const { source, ref, type, query } = writtenIn(metric, objects)
  if (type !== undefined && !PROMQL.test(type)) {
    source.warn('validate', `The portal asks sources that speak PromQL: what is measured with ${shown(type)} is left out.`)
    return null
  }
  if (!query) {
    source.get('spec').warn('validate', 'There is no query that the portal could ask: what is measured is left out.')
    return null
  }
  const read = readQuery(query.text() as string, how)
  if (!read.ok) {
    if (type === undefined)
      query.warn('validate', `This is left out: it is no PromQL, and no type says what it is. ${read.reason}`)
    else objects.refuse(query, 'validate', read.reason)
    return null
  }
  return { query: read.query, source: ref ?? null }
}

/** One minute is good when the value passes the comparison. */
function compared(query: Query, objective: Cursor): Understood | null {
  const [sign, value] = [SIGNS[objective.get('op').text() ?? ''], objective.get('value').number()]
  if (!sign || value === undefined) {
    objective.warn('references', 'The indicator is a threshold: without op and value nothing is good or bad. It is left out.')
    return null
  }
  const understood = asExpression(`(${query.text.slice(query.node.from, query.node.to)}) ${sign} bool ${value}`)
  const [, ...others] = understood.notes
  return { ...understood, notes: ['The threshold is compared once a minute: each minute is good or bad.', ...others] }
}
