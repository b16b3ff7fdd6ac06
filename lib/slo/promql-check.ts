import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import { RE2JS } from 're2js'
import { MOST_LETTERS, type Selector } from './indicator'
import { isWord, twiceRefusal, wordRefusal } from './promql-names'
import { comparisonOf, type Fault, matcherNodes, nameFault, secondsOf, shortened, textOf } from './promql-read'
import { typeFault } from './promql-types'

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
    if (node.name === 'VectorSelector') fault = nameFault(node.node, text) ?? emptyFault(node.node, text)
    else if (node.name === 'UnquotedLabelMatcher' || node.name === 'QuotedLabelMatcher') fault = regexFault(node.node, text)
    else if (node.name === 'DurationExpr') fault = durationFault(node, text)
    else if (RANGES.has(node.name)) fault = rangeFault(node.node, text)
    else if (SHIFTS.has(node.name)) fault = shiftFault(node.node, text) ?? instantFault(node.node, text)
    else if (node.name === 'NumberDurationLiteralInDurationContext') fault = lengthFault(node, text)
    return fault === null
  })
  return fault
}

/** What is wrong with patterns that were compiled, or nothing; files say the same ones over and over. */
const judged = new Map<string, string>()
const MOST_KEPT = 5_000
/** Counted repeats are written out when a pattern is compiled. */
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

/** Why Prometheus refuses a selector that was not read out of a query, or null. */
export function selectorRefusal({ metric, matchers }: Selector): string | null {
  if (isWord(metric)) return wordRefusal(metric)
  if (matchers.some(({ label }) => label === '__name__')) return twiceRefusal(metric)
  return matchers.map(({ op, value }) => (op.includes('~') ? regexRefusal(value) : null)).find((why) => why !== null) ?? null
}

function regexFault(matcher: SyntaxNode, text: string): Fault | null {
  const found = comparisonOf(matcher, text)
  const message = found?.op.includes('~') ? regexRefusal(found.value) : null
  return message === null ? null : { message, at: matcher.from }
}

/** A selector without a name whose every matcher takes series that lack the label. */
function emptyFault(selector: SyntaxNode, text: string): Fault | null {
  if (selector.getChild('Identifier')) return null
  return matcherNodes(selector).some((matcher) => !takesEmpty(comparisonOf(matcher, text)))
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

/** Seconds behind an @, as far as Prometheus reads them. */
const LAST_INSTANT = 2 ** 63

function instantFault(node: SyntaxNode, text: string): Fault | null {
  const instant = node.name === 'StepInvariantExpr' ? node.getChild('NumberDurationLiteral') : null
  const written = instant ? textOf(instant, text) : ''
  return instant && (/inf|nan/i.test(written) || Math.abs(Number(written)) >= LAST_INSTANT)
    ? { message: `“@ ${written}” is no time that Prometheus knows: write seconds since 1970.`, at: instant.from }
    : null
}

/** Nanoseconds of a duration are 63 bits. */
const LONGEST = 2 ** 63 / 1e9

function lengthFault({ from, to }: SyntaxNodeRef, text: string): Fault | null {
  const written = text.slice(from, to)
  return secondsOf(written) > LONGEST
    ? { message: `“${shortened(written)}” is longer than Prometheus reads: write at most 292y.`, at: from }
    : null
}
