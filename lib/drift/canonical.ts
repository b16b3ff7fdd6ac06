import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { childrenOf, unquoted } from '../slo/promql-read'

/**
 * Whether two texts of PromQL ask the same. Prometheus answers with its own spelling: matchers by name, 3600s as 1h, by (…) in front,
 * other quotes and white space. What only means the same by arithmetic counts as different.
 */
export const samePromql = (ours: string, theirs: string): boolean =>
  ours === theirs || spelled(ours) === spelled(theirs) || meant(ours) === meant(theirs)

const TOKEN =
  /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|`[^`]*`|#[^\n]*|[A-Za-z_:][\w:]*|0[xX][\da-fA-F]+|(?:\d+(?:ms|[smhdwy]))+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|=~|!~|[!=<>]=|\S/g

/** Token by token, without white space and comments. Much faster than a tree, and enough for whatever the portal writes by itself. */
const spelled = (text: string): string =>
  unitsOf(text)
    .map((unit) => unit.text)
    .join(' ')

/** Tokens in one spelling, and where each begins; the matchers of a selector are one. */
function unitsOf(text: string): { text: string; at: number }[] {
  const out: { text: string; at: number }[] = []
  let braces: { at: number; matchers: string[][] } | null = null
  for (const { 0: token, index: at } of text.matchAll(TOKEN)) {
    if (token.startsWith('#')) continue
    if (token === '{') braces = { at, matchers: [[]] }
    else if (token === '}' && braces) {
      const said = matchersText(braces.matchers.map((matcher) => matcher.join('')))
      if (said !== '') out.push({ text: said, at: braces.at })
      braces = null
    } else if (braces && token === ',') braces.matchers.push([])
    else if (braces) braces.matchers.at(-1)?.push(tokenText(token))
    else out.push({ text: tokenText(token), at })
  }
  return out
}

/** Where two texts begin to differ, in each of them; their ends when one goes on after the other. */
export function firstDifference(ours: string, theirs: string): [number, number] {
  const [a, b] = [unitsOf(ours), unitsOf(theirs)]
  const i = a.findIndex((unit, n) => unit.text !== b[n]?.text)
  const at = i < 0 ? a.length : i
  return [a[at]?.at ?? ours.length, b[at]?.at ?? theirs.length]
}

const matchersText = (matchers: string[]): string => {
  const said = matchers.filter((matcher) => matcher !== '').sort()
  return said.length > 0 ? `{${said.join()}}` : ''
}

function tokenText(token: string): string {
  if (/^["'`]/.test(token)) return JSON.stringify(unquoted(token))
  return /^[\d.]/.test(token) ? numberOf(token) : token
}

/** Milliseconds, which add up without rounding. */
const UNITS: Record<string, number> = Object.fromEntries(
  Object.entries({ s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 }).map(([unit, seconds]) => [unit, seconds * 1000]),
)

/** Durations are numbers of seconds. */
function numberOf(text: string): string {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)]
  if (parts.length === 0 || /^0x/i.test(text)) return String(Number(text))
  return String(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] ?? 1), 0) / 1000)
}

/** By its syntax tree, where parentheses, the place of by (…) and the order of labels make no difference. */
function meant(text: string): string {
  const { topNode } = parser.parse(text)
  let broken = false
  topNode.cursor().iterate((node) => {
    broken ||= node.type.isError
    return !broken
  })
  // A syntax that is newer than this parser is compared by its words.
  return broken ? spelled(text) : nodeText(topNode, text)
}

/** Names are told apart by case, words of the language are not. */
const NAMES = /^(Identifier|LabelName|FunctionIdentifier)$/

function nodeText(node: SyntaxNode, text: string): string {
  const said = text.slice(node.from, node.to)
  const children = childrenOf(node)
  const each = () => children.map((child) => nodeText(child, text))
  switch (node.name) {
    case 'LineComment':
      return ''
    case 'PromQL':
    case 'ParenExpr':
      return each().join('')
    case 'StringLiteral':
      return JSON.stringify(unquoted(said))
    case 'FunctionIdentifier':
      return said
    case 'NumberDurationLiteral':
    case 'NumberDurationLiteralInDurationContext':
      return said
        .replace(/[\w.]+(?:[eE][+-]?\d+)?/, tokenText)
        .toLowerCase()
        .replace(/^\+/, '')
    case 'VectorSelector':
      return selectorText(node, text)
    case 'GroupingLabels':
      return `(${each().sort().join()})`
    case 'AggregateExpr':
      // The modifier may stand before or behind what it belongs to.
      return `aggregate(${each().sort().join()})`
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return shiftedText(node, text)
  }
  if (children.length === 0) return NAMES.test(node.name) ? said : said.toLowerCase()
  return `${node.name}(${each().join()})`
}

/** The name of a metric is a matcher like others. */
function selectorText(node: SyntaxNode, text: string): string {
  const name = node.getChild('Identifier')
  const list = node.getChild('LabelMatchers')
  const matchers = (list ? childrenOf(list) : []).map((matcher) => {
    if (matcher.name === 'QuotedLabelName') return `__name__=${tokenText(text.slice(matcher.from, matcher.to))}`
    const [label = '', op = '', value = ''] = childrenOf(matcher).map(({ from, to }) => text.slice(from, to))
    return `${/^["'`]/.test(label) ? unquoted(label) : label}${op}${tokenText(value)}`
  })
  const all = name ? [...matchers, `__name__=${JSON.stringify(text.slice(name.from, name.to))}`] : matchers
  return `select{${[...new Set(all)].sort().join()}}`
}

/** `offset` and `@` in either order. */
function shiftedText(node: SyntaxNode, text: string): string {
  const shifts: string[] = []
  let inner = node
  while (inner.name === 'OffsetExpr' || inner.name === 'StepInvariantExpr') {
    const [base, ...shift] = childrenOf(inner)
    if (!base) break
    shifts.push(shift.map((child) => nodeText(child, text)).join(' '))
    inner = base
  }
  return `shifted(${nodeText(inner, text)},${shifts.sort().join()})`
}
