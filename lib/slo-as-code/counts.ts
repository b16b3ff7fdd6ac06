import type { SyntaxNode } from '@lezer/common'
import { MOST_LETTERS, MOST_MATCHERS, type Selector } from '../slo/indicator'
import { canonicalMatchers } from '../slo/promql'
import { isMetricName } from '../slo/promql-names'
import { matcherNodes, matchersOf, textOf } from '../slo/promql-read'

/** A query as a sum of counters, where it is one: the portal adds increments up itself, without rates and ranges. */
export type Counts = {
  added: Selector[]
  taken: Selector[]
  /** labels of `sum by (…)` */
  grouping: string[]
}

/** How a query names its counters: by a rate over a range, or bare where the format says that they count. */
export type Reading = { text: string; bare: boolean }

const GROWTH = new Set(['rate', 'increase'])
/** More are written by programs. */
const MOST_SELECTORS = 8

export function countsOf(node: SyntaxNode | null, reading: Reading): Counts | null {
  const counts = node && sumOf(node, reading)
  return counts && counts.added.length <= MOST_SELECTORS && counts.taken.length <= MOST_SELECTORS ? counts : null
}

function sumOf(node: SyntaxNode, reading: Reading): Counts | null {
  if (node.name === 'ParenExpr') return inner(node, reading)
  if (node.name === 'BinaryExpr') return twoOf(node, reading)
  if (node.name === 'AggregateExpr') return aggregated(node, reading)
  if (node.name === 'FunctionCall') return grown(node, reading)
  if (node.name === 'VectorSelector' && reading.bare) return one(node, reading)
  return null
}

const inner = (node: SyntaxNode, reading: Reading): Counts | null => {
  const child = node.firstChild
  return child ? sumOf(child, reading) : null
}

function one(node: SyntaxNode, { text }: Reading): Counts | null {
  const selector = selectorOf(node, text)
  return selector && { added: [selector], taken: [], grouping: [] }
}

/** Every matcher has to be understood: one that is left out would count other events. What is beyond the portal's limits is an expression. */
export function selectorOf(node: SyntaxNode, text: string): Selector | null {
  const matchers = matchersOf(node, text)
  if (matcherNodes(node).length !== matchers.length || matchers.length > MOST_MATCHERS) return null
  if (matchers.some(({ value }) => value.length > MOST_LETTERS)) return null
  const name = node.getChild('Identifier')
  if (name) return { metric: textOf(name, text), matchers }
  const [named, ...more] = matchers.filter(({ label }) => label === '__name__')
  if (named?.op !== '=' || !isMetricName(named.value) || more.length > 0) return null
  return { metric: named.value, matchers: matchers.filter((matcher) => matcher !== named) }
}

function grown(node: SyntaxNode, reading: Reading): Counts | null {
  const name = node.getChild('FunctionIdentifier')
  if (!name || !GROWTH.has(textOf(name, reading.text))) return null
  const matrix = node.getChild('FunctionCallBody')?.firstChild
  if (matrix?.name !== 'MatrixSelector' || matrix.nextSibling) return null
  const series = matrix.getChild('VectorSelector')
  return series && one(series, reading)
}

function aggregated(node: SyntaxNode, reading: Reading): Counts | null {
  const operator = node.getChild('AggregateOp')
  if (!operator || textOf(operator, reading.text).toLowerCase() !== 'sum') return null
  const modifier = node.getChild('AggregateModifier')
  const labels = modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? []
  if (modifier && !modifier.getChild('By')) return null
  const body = node.getChild('FunctionCallBody')?.firstChild
  if (!body || body.nextSibling) return null
  const counts = sumOf(body, reading)
  return counts && { ...counts, grouping: labels.map((label) => textOf(label, reading.text)) }
}

/** `a + b`, `a - b`, and `a or vector(0)`, which the portal assumes anyway. */
function twoOf(node: SyntaxNode, reading: Reading): Counts | null {
  const { firstChild: left, lastChild: right } = node
  if (!left || !right) return null
  if (node.getChild('Or')) return isZero(right, reading.text) ? sumOf(left, reading) : null
  if (node.getChild('MatchingModifierClause') || !(node.getChild('Add') || node.getChild('Sub'))) return null
  const [a, b] = [sumOf(left, reading), sumOf(right, reading)]
  if (!a || !b || a.grouping.join() !== b.grouping.join()) return null
  const minus = node.getChild('Sub') !== null
  return {
    added: [...a.added, ...(minus ? b.taken : b.added)],
    taken: [...a.taken, ...(minus ? b.added : b.taken)],
    grouping: a.grouping,
  }
}

const isZero = (node: SyntaxNode, text: string): boolean => /^vector\s*\(\s*0(\.0*)?\s*\)$/.test(textOf(node, text))

const key = ({ metric, matchers }: Selector): string => `${metric}{${canonicalMatchers(matchers)}}`
export const sameSelectors = (a: Selector[], b: Selector[]): boolean => a.map(key).sort().join() === b.map(key).sort().join()
