import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Matcher, Selector } from './indicator'

/** PromQL as people type it, read into what the portal stores. Positions are offsets into the text. */

export type Fault = { message: string; at: number }
export type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault }

/** Longer texts are not written by people, and slow every minute down. */
export const MAX_PROMQL = 4_096
/** The portal adds minutes up by itself; a range only has to bridge a few scrapes. Seconds. */
const MAX_RANGE = 86_400

const refuse = (message: string, at = 0): { ok: false; fault: Fault } => ({ ok: false, fault: { message, at } })

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
  const matchers = matchersOf(node, text)
  if (!matchers.some(narrows))
    return refuse(
      `${textOf(name, text)} alone reads every series of that name. Add a label, for example {service="api"}.`,
      name.to,
    )
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
  return matchers.length > 0 ? { ok: true, value: matchers } : refuse(example)
}

/** One expression that yields one number. Refuses what a source should not be asked every minute, with the reason. */
export function readExpression(written: string): Read<string> {
  // It becomes a part of longer queries, of one line or several: a comment would swallow what follows.
  const text = withoutComments(written.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n'))
  const tree = readTree(text)
  if (!tree.ok) return tree
  const { firstChild } = tree.value
  if (firstChild && isScalar(firstChild, text))
    return refuse('The expression is a plain number, not a series. Leave scalar(…) out, and measure something.')
  const fault = costOf(tree.value, text)
  return fault ? { ok: false, fault } : { ok: true, value: text.trim() }
}

function withoutComments(text: string): string {
  let [result, from] = ['', 0]
  parser.parse(text).iterate({
    enter: ({ name, from: start, to }) => {
      if (name !== 'LineComment') return
      result += text.slice(from, start)
      from = to
    },
  })
  return result + text.slice(from)
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

/** Matchers of a `VectorSelector`; quoted label names are left out. */
export function matchersOf(selector: SyntaxNode, text: string): Matcher[] {
  const list = selector.getChild('LabelMatchers')
  return (list?.getChildren('UnquotedLabelMatcher') ?? []).flatMap((node) => {
    const [label, op, value] = [node.getChild('LabelName'), node.getChild('MatchOp'), node.getChild('StringLiteral')]
    if (!label || !op || !value) return []
    return [{ label: textOf(label, text), op: textOf(op, text) as Matcher['op'], value: unquoted(textOf(value, text)) }]
  })
}

/** A matcher that leaves some series out: `x=~".*"` does not. */
const narrows = ({ op, value }: Matcher): boolean => (op === '=' && value !== '') || (op === '=~' && !/^(\.[*+])?$/.test(value))

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

/** Numbers, `scalar(…)`, and what is calculated from them alone: they have no series to tell whether data is missing. */
function isScalar(node: SyntaxNode, text: string): boolean {
  const { name, firstChild, lastChild } = node
  if (name === 'NumberDurationLiteral' || name === 'StringLiteral') return true
  if (name === 'FunctionCall') return /^(scalar|time|pi)\s*\(/.test(textOf(node, text))
  if (name === 'ParenExpr' || name === 'UnaryExpr') return Boolean(lastChild && isScalar(lastChild, text))
  return name === 'BinaryExpr' && Boolean(firstChild && lastChild && isScalar(firstChild, text) && isScalar(lastChild, text))
}

function costOf(top: SyntaxNode, text: string): Fault | null {
  let fault: Fault | null = null
  top.cursor().iterate((node) => {
    if (fault) return false
    if (node.name === 'VectorSelector' && !matchersOf(node.node, text).some(narrows))
      fault = {
        message: `${text.slice(node.from, node.to)} reads every series of that name. Add a label, for example {service="api"}.`,
        at: node.from,
      }
    if (node.name === 'NumberDurationLiteralInDurationContext' && secondsOf(text.slice(node.from, node.to)) > MAX_RANGE)
      fault = {
        message: `A range of ${text.slice(node.from, node.to)} would be read every minute. Use at most 1d: the portal adds minutes up by itself.`,
        at: node.from,
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
