import type { Selector } from '../../slo/indicator'
import { selectorText } from '../../slo/promql'
import type { Cursor } from '../cursor'
import { pairOf, type Query, queryText, readOneSelector, readQuery, shareOf, type Understood } from '../queries'

/** The methods of the Prometheus backend: good_bad_ratio, query_sli and distribution_cut. */

/** The window behind a filter is put there anyway. */
export const filterText = (text: string): string => text.replace(/\[\s*window\s*\]\s*$/, '')

export function indicatorOf(method: string, sli: Cursor): Understood | null {
  const read = (name: string) => {
    const query = sli.get(name).present ? readQuery(filterText(sli.get(name).text() ?? ''), { bare: true }) : null
    return query?.ok ? query.query : null
  }
  if (method === 'query_sli') {
    const share = readQuery(sli.get('expression').text() ?? '', { whole: true })
    return share.ok ? shareOf(share.query, 'good') : null
  }
  if (method === 'distribution_cut') return cut(sli)
  const [good, bad, valid] = [read('filter_good'), read('filter_bad'), read('filter_valid')]
  if (!good) return null
  if (valid && !bad) return pairOf(good, valid, 'good')
  // Good and bad are all there is; the total is their sum.
  const sum = bad && madeOf(sli, `(${queryText(good)}) + (${queryText(bad)})`)
  return sum ? pairOf(good, sum, 'good') : null
}

/** What is written may be right, and the query that is made of it too long. */
function madeOf(sli: Cursor, text: string): Query | null {
  const read = readQuery(text, { bare: true })
  if (read.ok) return read.query
  sli.error('validate', read.reason)
  return null
}

/** One bucket of the count of the same histogram. */
function cut(sli: Cursor): Understood | null {
  const read = readOneSelector(sli.get('expression').text() ?? '', { ranged: true })
  if (!read.ok) return null
  const { metric, matchers } = read.selector
  const others = matchers.filter(({ label }) => label !== 'le')
  const bound = sli.get('threshold_bucket').word() as string
  const bucket: Selector = { metric, matchers: [...others, { label: 'le', op: '=', value: bound }] }
  const count: Selector = { metric: metric.replace(/_bucket$/, '_count'), matchers: others }
  const [good, total] = [bucket, count].map((selector) => madeOf(sli, selectorText(selector)))
  return good && total ? pairOf(good, total, 'good') : null
}
