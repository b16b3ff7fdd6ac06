import type { EditorState } from '@codemirror/state'
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import { Parser } from '@prometheus-io/codemirror-promql/dist/cjs/parser/index.js'
import { RE2JS } from 're2js'
import { childrenOf, type Fault, secondsOf, textOf, unquoted } from './promql-read'

/**
 * What Prometheus refuses although its grammar allows it. One such query in a file of rules, and Prometheus loads none of them.
 * Types and arguments are judged by the analysis of Prometheus' own editor, regular expressions by a port of its RE2. `whole`: the
 * query is all that is measured, and has to give series; a part of a ratio may be one number.
 */
export function refusedAt(top: SyntaxNode, text: string, { whole = false } = {}): Fault | null {
  return selectorFault(top, text) ?? typeFault(top, text, whole)
}

/** Selectors alone: enough where nothing but known functions stands around them. */
export function selectorFault(top: SyntaxNode, text: string): Fault | null {
  let fault: Fault | null = null
  top.cursor().iterate((node) => {
    if (fault) return false
    if (node.name === 'VectorSelector') fault = emptyFault(node.node, text)
    else if (node.name === 'UnquotedLabelMatcher' || node.name === 'QuotedLabelMatcher') fault = regexFault(node.node, text)
    else if (node.name === 'DurationExpr') fault = durationFault(node, text)
    else if (RANGES.has(node.name)) fault = rangeFault(node.node, text)
    else if (SHIFTS.has(node.name)) fault = shiftFault(node.node, text)
    return fault === null
  })
  return fault
}

/** What is wrong with patterns that were compiled, or nothing; files say the same ones over and over. */
const judged = new Map<string, string>()
const MOST_KEPT = 5_000
/** The portal's own matchers are no longer; counted repeats are written out when a pattern is compiled. */
const MOST_LETTERS = 1_000
const MOST_REPEATS = 2_000

function whyNot(pattern: string): string {
  const known = judged.get(pattern)
  if (known !== undefined) return known
  if (judged.size >= MOST_KEPT) judged.clear()
  const why = compiled(pattern).why
  judged.set(pattern, why)
  return why
}

/** By itself: Prometheus anchors what people write, and a bracket may not close what it has put around it. */
function compiled(pattern: string): { regex: RE2JS | null; why: string } {
  if (pattern.length > MOST_LETTERS) return { regex: null, why: `it has more than ${MOST_LETTERS} characters` }
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].reduce((sum, [, least, most]) => sum + Number(most || least), 0)
  if (repeats > MOST_REPEATS) return { regex: null, why: `its repeats come to more than ${MOST_REPEATS}` }
  try {
    return { regex: RE2JS.compile(pattern, RE2JS.DOTALL), why: '' }
  } catch (error) {
    return { regex: null, why: (error instanceof Error ? error.message : String(error)).replace(/^error parsing regexp: /, '') }
  }
}

/** Why this is no regular expression of Prometheus, or null. */
export function regexRefusal(pattern: string): string | null {
  const why = whyNot(pattern)
  const [what] = why.split(': `')
  return why === '' ? null : `“${shortened(pattern)}” is no regular expression of Prometheus (RE2): ${what}.`
}

function regexFault(matcher: SyntaxNode, text: string): Fault | null {
  const found = matcherOf(matcher, text)
  const message = found?.op.includes('~') ? regexRefusal(found.value) : null
  return message === null ? null : { message, at: matcher.from }
}

function matcherOf(matcher: SyntaxNode, text: string): { op: string; value: string } | null {
  const [op, value] = [matcher.getChild('MatchOp'), matcher.getChild('StringLiteral')]
  return op && value ? { op: textOf(op, text), value: unquoted(textOf(value, text)) } : null
}

/** A selector without a name whose every matcher takes series that lack the label. */
function emptyFault(selector: SyntaxNode, text: string): Fault | null {
  if (selector.getChild('Identifier')) return null
  const list = selector.getChild('LabelMatchers')
  if (list?.getChild('QuotedLabelName')) return null
  const matchers = [...(list?.getChildren('UnquotedLabelMatcher') ?? []), ...(list?.getChildren('QuotedLabelMatcher') ?? [])]
  return matchers.some((matcher) => !takesEmpty(matcherOf(matcher, text)))
    ? null
    : {
        message: `${shortened(textOf(selector, text))} selects every series there is, which Prometheus refuses: name the metric.`,
        at: selector.from,
      }
}

function takesEmpty(matcher: { op: string; value: string } | null): boolean {
  if (!matcher) return false
  const { op, value } = matcher
  const matches = op.includes('~') ? (compiled(value).regex?.matches('') ?? false) : value === ''
  return op.startsWith('!') ? !matches : matches
}

function durationFault({ node, from, to }: SyntaxNodeRef, text: string): Fault | null {
  const only = node.firstChild
  if (only?.name !== 'NumberDurationLiteralInDurationContext' || only.nextSibling)
    return {
      message: `“${shortened(text.slice(from, to))}” is no length of time: write one like 5m, without calculating.`,
      at: from,
    }
  return secondsOf(text.slice(from, to)) > 0 ? null : { message: 'A range is longer than nothing: write one like 5m.', at: from }
}

const RANGES = new Set(['MatrixSelector', 'SubqueryExpr'])

/** A sign in front belongs to the whole, whatever the tree says, and no range has one. */
function rangeFault({ name, firstChild, from, to }: SyntaxNode, text: string): Fault | null {
  return firstChild?.name === 'VectorSelector' || (name === 'SubqueryExpr' && firstChild?.name !== 'UnaryExpr')
    ? null
    : {
        message: `Prometheus refuses “${shortened(text.slice(from, to))}”: a range stands directly behind a series. For any other query write [5m:].`,
        at: from,
      }
}

const SHIFTS = new Set(['OffsetExpr', 'StepInvariantExpr'])
const SHIFTED = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr'])

/** `offset` and `@`, each once, behind a selector or a subquery. A sign in front belongs to the whole, whatever the tree says. */
function shiftFault(node: SyntaxNode, text: string): Fault | null {
  const seen = new Set<string>()
  let inner: SyntaxNode | null = node
  while (inner && SHIFTS.has(inner.name) && !seen.has(inner.name)) {
    seen.add(inner.name)
    inner = inner.firstChild
    while (inner?.name === 'UnaryExpr') inner = inner.lastChild
  }
  return inner && SHIFTED.has(inner.name)
    ? null
    : {
        message: `Prometheus refuses “${shortened(textOf(node, text))}”: offset and @ stand once, directly behind a series.`,
        at: node.from,
      }
}

const TWO_ARGUMENTS = /^(topk|bottomk|quantile|count_values|limitk|limit_ratio)$/i

function typeFault(top: SyntaxNode, text: string, whole: boolean): Fault | null {
  const refused = ({ words, at, to }: { words: string; at: number; to: number }): Fault => ({
    message: `Prometheus refuses “${shortened(text.slice(at, to))}”: ${words}.`,
    at,
  })
  const query = top.firstChild
  if (!query) return null
  const counted = argumentsFault(top, text)
  if (counted) return refused(counted)
  const analysis = new Parser(withoutEditor(text))
  const type = analysis.checkAST(query)
  if (whole && type === 'scalar')
    return { message: 'The query is one number, not a series: leave scalar(…) out, and measure something.', at: query.from }
  const words = ONE_VALUE[type]
  if (words) return refused({ words, at: query.from, to: query.to })
  // What it cannot tell the type of may be right.
  const [first] = analysis
    .getDiagnostics()
    .filter(({ severity, message }) => severity === 'error' && !message.includes('got none'))
  return first ? refused({ words: inItsWords(first.message), at: first.from, to: first.to }) : null
}

/** Of an editor the analysis takes nothing but its text. */
const withoutEditor = (text: string): EditorState =>
  ({ sliceDoc: (from: number, to: number) => text.slice(from, to), field: () => undefined }) as unknown as EditorState

/** A query gives one value for each series. */
const ONE_VALUE: Record<string, string> = {
  matrix: 'it is a range; put it into a function, for example rate(…)',
  string: 'it is a text, not a series',
}

const inItsWords = (message: string): string =>
  message.replaceAll(/(?<=type |got )(matrix|vector)\b/g, (word) => TYPES[word] as string)

/** In the words of Prometheus itself. */
const TYPES: Record<string, string> = { matrix: 'range vector', vector: 'instant vector' }

function argumentsFault(top: SyntaxNode, text: string): { words: string; at: number; to: number } | null {
  let fault: { words: string; at: number; to: number } | null = null
  top.cursor().iterate((node) => {
    if (node.name !== 'AggregateExpr' || fault) return fault === null
    const [operator, body] = [node.node.getChild('AggregateOp'), node.node.getChild('FunctionCallBody')]
    const name = operator ? textOf(operator, text) : ''
    const [wanted, given] = [TWO_ARGUMENTS.test(name) ? 2 : 1, body ? childrenOf(body).length : 0]
    if (given !== wanted)
      fault = {
        words: wanted === 2 ? `${name} takes two arguments, a parameter and a series` : `${name} takes one argument, a series`,
        at: node.from,
        to: node.to,
      }
    return true
  })
  return fault
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
