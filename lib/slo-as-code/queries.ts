import type { SyntaxNode } from '@lezer/common'
import type { Indicator, Selector } from '../slo/indicator'
import { canonicalMatchers } from '../slo/promql'
import { refusedAt, selectorFault } from '../slo/promql-check'
import { isNumber, readExpression } from '../slo/promql-expression'
import { queryIn, type Read, readTree, textOf } from '../slo/promql-read'
import { type Counts, countsOf, sameSelectors, selectorOf } from './counts'

/** PromQL of other formats as an indicator: counters where it divides sums of counters, else one expression. */

/** `{{.window}}` of Sloth, `[window]` of slo-generator: the portal adds minutes up, five of them bridge a missed scrape. */
const RANGE = '5m'
export const withRange = (text: string): string =>
  text
    .replace(/\{\{-?\s*\.window\s*-?\}\}/g, RANGE)
    .replace(/\[\s*window\s*(?=[\]:])/g, `[${RANGE}`)
    .trim()

/** No query is; the parser would look for its meaning for seconds. */
const MOST_BRACKETS = 100

function treeOf(text: string): Read<SyntaxNode> {
  let [depth, at] = [0, 0]
  for (; at < text.length && depth <= MOST_BRACKETS; at++) depth += Number(text[at] === '(') - Number(text[at] === ')')
  if (depth > MOST_BRACKETS)
    return { ok: false, fault: { message: `The query is nested more than ${MOST_BRACKETS} brackets deep. No query is.`, at } }
  return readTree(text)
}

/** `number`: it gives one number, and no series. */
export type Query = { text: string; node: SyntaxNode; counts: Counts | null; number: boolean }
export type QueryRead = { ok: true; query: Query } | { ok: false; reason: string }

/**
 * `bare`: selectors without a rate are counters, because the format says so. `whole`: it has to give series, being all that is
 * measured or beside a number in a ratio.
 */
export function readQuery(written: string, { bare = false, whole = false } = {}): QueryRead {
  const text = withRange(written)
  const tree = treeOf(text)
  if (!tree.ok) return { ok: false, reason: tree.fault.message }
  const node = queryIn(tree.value)
  if (!node) return { ok: false, reason: 'Write a query.' }
  const counts = countsOf(node, { text, bare })
  // What is a sum of counters has the right types.
  const fault = counts && !whole ? selectorFault(tree.value, text) : refusedAt(tree.value, text, { whole })
  // A comment behind a query would swallow what is written around it.
  return fault
    ? { ok: false, reason: fault.message }
    : { ok: true, query: { text, node, counts, number: counts === null && isNumber(node) } }
}

export const queryText = ({ text, node }: Query): string => textOf(node, text)

export type Understood = {
  indicator: Indicator
  grouping: string[]
  /** sentences about what is different here */
  notes: string[]
}

/** Good or bad of total. */
export function pairOf(part: Query, total: Query, counted: 'good' | 'bad'): Understood {
  const [a, b] = [part.counts, total.counts]
  const indicator = a && b && a.grouping.join() === b.grouping.join() ? ratioOfCounts(a, b, counted) : null
  if (indicator) return { indicator: asLatency(indicator), grouping: a?.grouping ?? [], notes: notesOf(indicator) }
  const share = `(${queryText(part)}) / (${queryText(total)})`
  return asExpression(counted === 'good' ? share : `1 - (${share})`)
}

/** One query that is a share already, of good (success) or bad (failure) events. */
export function shareOf(share: Query, counted: 'good' | 'bad'): Understood {
  const { node, text } = share
  const core = unwrapped(node)
  if (core.name === 'BinaryExpr' && core.getChild('Div') && core.firstChild && core.lastChild) {
    const [part, total] = [core.firstChild, core.lastChild].map((side) => countsOf(side, { text, bare: false }))
    const indicator = part && total && part.grouping.join() === total.grouping.join() ? ratioOfCounts(part, total, counted) : null
    if (indicator) return { indicator: asLatency(indicator), grouping: part?.grouping ?? [], notes: notesOf(indicator) }
  }
  const gauge = counted === 'good' ? averaged(core, text) : null
  if (gauge) return { indicator: { kind: 'boolean', series: gauge }, grouping: [], notes: bareNotes([gauge]) }
  const rest = oneMinus(core, text)
  if (rest) return shareOf({ ...share, node: rest }, counted === 'good' ? 'bad' : 'good')
  return asExpression(counted === 'good' ? queryText(share) : `1 - (${queryText(share)})`)
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node
  while (inner.name === 'ParenExpr' && inner.firstChild) inner = inner.firstChild
  return inner
}

/** The gauge of `sum_over_time(gauge[…]) / count_over_time(gauge[…])`, which may be summed. */
function averaged(node: SyntaxNode, text: string): Selector | null {
  if (node.name !== 'BinaryExpr' || !node.getChild('Div') || !node.firstChild || !node.lastChild) return null
  const [sum, count] = [overTime(node.firstChild, text, 'sum_over_time'), overTime(node.lastChild, text, 'count_over_time')]
  return sum && count && sameSelectors([sum], [count]) ? sum : null
}

function overTime(node: SyntaxNode, text: string, name: string): Selector | null {
  const core = unwrapped(node)
  const body = core.getChild('FunctionCallBody')?.firstChild
  if (!body || body.nextSibling) return null
  if (core.name === 'AggregateExpr' && !core.getChild('AggregateModifier') && /^sum\s*\(/i.test(textOf(core, text)))
    return overTime(body, text, name)
  const called = core.getChild('FunctionIdentifier')
  const series = body.name === 'MatrixSelector' ? body.getChild('VectorSelector') : null
  return called && series && textOf(called, text) === name ? selectorOf(series, text) : null
}

/** What stands behind `1 - `. */
function oneMinus(node: SyntaxNode, text: string): SyntaxNode | null {
  const { firstChild: left, lastChild: right } = node
  const minus = node.name === 'BinaryExpr' && node.getChild('Sub') && !node.getChild('MatchingModifierClause')
  return minus && left && right && textOf(left, text) === '1' ? right : null
}

function ratioOfCounts(part: Counts, total: Counts, counted: 'good' | 'bad'): Indicator | null {
  if (total.taken.length > 0) return null
  if (part.taken.length === 0)
    return counted === 'good'
      ? { kind: 'good-total', good: part.added, total: total.added }
      : { kind: 'bad-total', bad: part.added, total: total.added }
  // total - bad is good, and total - good is bad.
  if (!sameSelectors(part.added, total.added)) return null
  return counted === 'good'
    ? { kind: 'bad-total', bad: part.taken, total: total.added }
    : { kind: 'good-total', good: part.taken, total: total.added }
}

/** Bucket of count, of one histogram in seconds, is what the portal calls latency. */
export function asLatency(indicator: Indicator): Indicator {
  if (indicator.kind !== 'good-total' || indicator.good.length !== 1 || indicator.total.length !== 1) return indicator
  const [bucket, count] = [indicator.good[0] as Selector, indicator.total[0] as Selector]
  const metric = bucket.metric.replace(/_bucket$/, '')
  const bounds = bucket.matchers.filter(({ label }) => label === 'le')
  const others = bucket.matchers.filter(({ label }) => label !== 'le')
  const bound =
    bounds.length === 1 && /^=~?$/.test(bounds[0]?.op ?? '') ? Number(bounds[0]?.value.replace('(\\.0)?', '')) : Number.NaN
  const same = canonicalMatchers(others) === canonicalMatchers(count.matchers)
  if (!metric.endsWith('_seconds') || bucket.metric === metric || count.metric !== `${metric}_count` || !same || !(bound > 0))
    return indicator
  return { kind: 'latency', histogram: { metric, matchers: others }, thresholdSeconds: bound }
}

/** MetricsQL, which nobody here reads. */
export const uncheckedWords = (reason: string): string =>
  `This is checked by nobody: it is no PromQL, and MetricsQL is not read. ${reason}`

/** A share that the source works out. Its minutes weigh the same, however much happened in them. */
export function asExpression(expression: string): Understood {
  const fault = readExpression(expression)
  return {
    indicator: { kind: 'ratio', expression },
    grouping: [],
    notes: [
      'The query does not divide sums of counters: it is judged minute by minute, and quiet minutes weigh as much as busy ones.',
      ...(fault.ok ? [] : [fault.fault.message]),
    ],
  }
}

/** Selectors that read all there is are allowed in these formats; the portal's own form refuses them. */
function notesOf(indicator: Indicator): string[] {
  const all =
    indicator.kind === 'good-total'
      ? [...indicator.good, ...indicator.total]
      : indicator.kind === 'bad-total'
        ? [...indicator.bad, ...indicator.total]
        : []
  return bareNotes(all)
}

export function bareNotes(selectors: Selector[]): string[] {
  const bare = selectors.filter(({ matchers }) => matchers.length === 0)
  return [...new Set(bare.map(({ metric }) => metric))].map(
    (metric) => `${metric} is read without a narrowing label: every series of that name counts.`,
  )
}

/** One selector and nothing around it; an offset behind it is left out, and a range where the format has one. */
export function readOneSelector(
  text: string,
  { ranged = false } = {},
): { ok: true; selector: Selector; offset: boolean } | { ok: false; reason: string } {
  const tree = treeOf(withRange(text))
  if (!tree.ok) return { ok: false, reason: tree.fault.message }
  const whole = queryIn(tree.value)
  const offset = whole?.name === 'OffsetExpr'
  const node = offset ? whole.firstChild : whole
  const series = ranged && node?.name === 'MatrixSelector' ? node.getChild('VectorSelector') : node
  const fault = selectorFault(tree.value, withRange(text))
  if (fault) return { ok: false, reason: fault.message }
  const selector = series?.name === 'VectorSelector' ? selectorOf(series, withRange(text)) : null
  return selector
    ? { ok: true, selector, offset }
    : {
        ok: false,
        reason: `Write one series selector, for example http_requests_total{job="api"}, without functions${ranged ? '' : ' and ranges'}.`,
      }
}
