import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Matcher, Selector } from './indicator'
import { isWord, twiceRefusal, wordRefusal } from './promql-names'

/** PromQL as people type it, read into what the portal stores. Positions are offsets into the text. */

export type Fault = { message: string; at: number }
export type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault }

/** Longer texts are not written by people, and slow every minute down. */
export const MAX_PROMQL = 4_096

export const refuse = (message: string, at = 0): { ok: false; fault: Fault } => ({ ok: false, fault: { message, at } })

const tooLong = (text: string) =>
  refuse(`The query has ${text.length} characters. Use at most ${MAX_PROMQL}: shorten it, or record it as a series.`)

/** The selector `metric{label="value", …}`. Bare metrics are refused: they read every series there is. */
export function readSelector(text: string): Read<Selector> {
  const tree = readTree(text)
  if (!tree.ok) return tree
  const node = tree.value.firstChild
  if (node?.name !== 'VectorSelector' || node.nextSibling)
    return refuse('Write one series selector, for example http_requests_total{service="api"}; functions are added by the portal.')
  const name = node.getChild('Identifier')
  if (!name) return refuse('Begin with the name of a metric, for example http_requests_total{service="api"}.')
  const fault = nameFault(node, text)
  if (fault) return { ok: false, fault }
  const [matchers, written] = [matchersOf(node, text), matcherNodes(node)]
  if (written.length !== matchers.length) return refuse('Write the names of labels without quotes.', name.to)
  if (!narrowed(node, text)) return refuse(wideWords(node, text, `${textOf(name, text)} alone`), name.to)
  return { ok: true, value: { metric: textOf(name, text), matchers } }
}

/** Label matchers alone, `status=~"5.."`, with or without braces. */
export function readMatchers(text: string): Read<Matcher[]> {
  if (text.length > MAX_PROMQL) return tooLong(text)
  const inner = text.trim().replace(/^\{/, '').replace(/\}$/, '')
  const whole = `{${inner}}`
  const tree = readTree(whole)
  const shift = text.indexOf(inner) - 1
  const example = 'Write label conditions, for example status=~"5..".'
  if (!tree.ok) return refuse(example, Math.max(0, tree.fault.at + shift))
  const node = tree.value.firstChild
  const matchers = node ? matchersOf(node, whole) : []
  if (matchers.some(({ label }) => label === '__name__')) return refuse('Leave __name__ out: the metric is named beside it.')
  return matchers.length > 0 ? { ok: true, value: matchers } : refuse(example)
}

/** Any PromQL as its syntax tree. */
export function readTree(text: string): Read<SyntaxNode> {
  if (text.trim() === '') return refuse('Write a query.')
  if (text.length > MAX_PROMQL) return tooLong(text)
  const top = parser.parse(text).topNode
  const at = firstError(top)
  if (at === null) {
    const fault = text.includes('\\') ? escapeFault(top, text) : null
    return fault ? { ok: false, fault } : { ok: true, value: top }
  }
  const rest = text.slice(at).trim()
  return refuse(
    rest === '' ? 'The query ends too early: something is missing.' : `This is not PromQL from “${rest.slice(0, 20)}” on.`,
    at,
  )
}

function firstError(top: SyntaxNode): number | null {
  let found: number | null = null
  top.cursor().iterate((node) => {
    if (node.type.isError && found === null) found = node.from
    return found === null
  })
  return found
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

export const textOf = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to)

/** A query may begin with comments. */
export function queryIn(top: SyntaxNode): SyntaxNode | null {
  let query = top.firstChild
  while (query?.name === 'LineComment') query = query.nextSibling
  return query
}

export const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** Matchers of a `VectorSelector`; quoted label names are left out. */
export function matchersOf(selector: SyntaxNode, text: string): Matcher[] {
  const list = selector.getChild('LabelMatchers')
  return (list?.getChildren('UnquotedLabelMatcher') ?? []).flatMap((node) => {
    const [label, op, value] = [node.getChild('LabelName'), node.getChild('MatchOp'), node.getChild('StringLiteral')]
    if (!label || !op || !value) return []
    return [{ label: textOf(label, text), op: textOf(op, text) as Matcher['op'], value: unquoted(textOf(value, text)) }]
  })
}

/** All that stands in the braces of a `VectorSelector`. */
export function matcherNodes(selector: SyntaxNode): SyntaxNode[] {
  const list = selector.getChild('LabelMatchers')
  return list ? childrenOf(list).filter(({ name }) => name !== 'LineComment') : []
}

/** How a matcher compares, and with what; `null`: it is a name in quotes. */
export function comparisonOf(matcher: SyntaxNode, text: string): { op: string; value: string } | null {
  const [op, value] = [matcher.getChild('MatchOp'), matcher.getChild('StringLiteral')]
  return op && value ? { op: textOf(op, text), value: unquoted(textOf(value, text)) } : null
}

/** Whether a matcher says which series are read: `x=~".*"` does not. */
function narrows(matcher: SyntaxNode, text: string): boolean {
  const { op, value } = comparisonOf(matcher, text) ?? { op: '', value: '' }
  return (op === '=' && value !== '') || (op === '=~' && !/^(\.[*+])?$/.test(value))
}

export const narrowed = (selector: SyntaxNode, text: string): boolean =>
  matcherNodes(selector).some((matcher) => narrows(matcher, text))

/** About a selector that is not narrowed. */
export function wideWords(selector: SyntaxNode, text: string, subject: string): string {
  const excludes = matcherNodes(selector).some((matcher) => comparisonOf(matcher, text)?.op.startsWith('!'))
  return `${subject} reads every series of that name${excludes ? ' but some' : ''}. Add a label, for example {service="api"}.`
}

/** A name that PromQL does not read as one, or a second one. */
export function nameFault(selector: SyntaxNode, text: string): Fault | null {
  const name = selector.getChild('Identifier')
  if (!name) return null
  const metric = textOf(name, text)
  if (isWord(metric)) return { message: wordRefusal(metric), at: name.from }
  const second = text.includes('__name__') ? matcherNodes(selector).find((matcher) => isNamed(matcher, text)) : undefined
  return second ? { message: twiceRefusal(metric), at: second.from } : null
}

const isNamed = ({ firstChild }: SyntaxNode, text: string): boolean =>
  firstChild !== null && /^["'`]?__name__["'`]?$/.test(textOf(firstChild, text))

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' }

/** What a literal of PromQL says; its escapes are those of Go. */
export function unquoted(literal: string): string {
  const inner = literal.slice(1, -1)
  if (literal.startsWith('`')) return inner
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00[\da-fA-F]{6})|([0-3][0-7]{2})|([\s\S]))/g,
    (_, x, u, long, octal, char) =>
      char === undefined
        ? String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(x ?? u ?? long ?? octal, octal ? 8 : 16)))
        : (ESCAPES[char] ?? char),
  )
}

const ESCAPE = /\\([\s\S]?)/g
const KNOWN_ESCAPE =
  /\\(?:[abfnrtv\\]|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}|U00(?:0[1-9a-fA-F]|10|00(?![dD][89a-fA-F]))[\da-fA-F]{4}|[0-3][0-7]{2})/y

/** Where a text has an escape that PromQL does not know: `"\d"`, which people write for `"\\d"`. */
function escapeFault(top: SyntaxNode, text: string): Fault | null {
  let fault: Fault | null = null
  top.cursor().iterate(({ name, from, to }) => {
    if (name !== 'StringLiteral' || text[from] === '`' || fault) return fault === null
    const literal = text.slice(from, to)
    let known = 0
    for (const { 0: written, 1: char, index } of literal.matchAll(ESCAPE)) {
      if (index < known) continue
      KNOWN_ESCAPE.lastIndex = index
      if (char !== literal[0] && !KNOWN_ESCAPE.test(literal)) {
        fault = { message: `PromQL knows no “${written}” in a text: write “\\${written}” for a backslash.`, at: from + index }
        break
      }
      known = Math.max(index + 2, KNOWN_ESCAPE.lastIndex)
    }
    return true
  })
  return fault
}

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 }
export function secondsOf(duration: string): number {
  if (Number.isFinite(Number(duration))) return Number(duration)
  let seconds = 0
  for (const [, count, unit] of duration.matchAll(/(\d+)(ms|[smhdwy])/g))
    seconds += Number(count) * (UNITS[unit as string] as number)
  return seconds
}
