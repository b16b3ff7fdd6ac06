import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { type Fault, narrowed, type Read, readTree, refuse, secondsOf, wideWords } from './promql-read'

/** The portal adds minutes up by itself; a range only has to bridge a few scrapes. Seconds. */
const MAX_RANGE = 86_400

/** One expression that yields one number. Refuses what a source should not be asked every minute, with the reason. */
export function readExpression(written: string): Read<string> {
  // It becomes a part of longer queries, of one line or several: a comment would swallow what follows.
  const text = withoutComments(written.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n'))
  const tree = readTree(text)
  if (!tree.ok) return tree
  const { firstChild } = tree.value
  if (firstChild && (firstChild.name === 'StringLiteral' || isNumber(firstChild)))
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

const NUMBERS = new Set(['Scalar', 'Time', 'Pi', 'StartFn', 'EndFn', 'Range', 'Step'])

/** Of the type scalar: numbers, `scalar(…)`, and what is calculated from them alone. No series tells whether data is missing. */
export function isNumber(node: SyntaxNode): boolean {
  if (node.name === 'NumberDurationLiteral') return true
  if (node.name === 'FunctionCall') return NUMBERS.has(node.firstChild?.firstChild?.name ?? '')
  const combined = node.name === 'ParenExpr' || node.name === 'UnaryExpr' || node.name === 'BinaryExpr'
  return combined && node.getChildren('Expr').every(isNumber)
}

function costOf(top: SyntaxNode, text: string): Fault | null {
  let fault: Fault | null = null
  top.cursor().iterate((node) => {
    if (fault) return false
    if (node.name === 'VectorSelector' && !narrowed(node.node, text))
      fault = { message: wideWords(node.node, text, text.slice(node.from, node.to)), at: node.from }
    if (node.name === 'NumberDurationLiteralInDurationContext' && secondsOf(text.slice(node.from, node.to)) > MAX_RANGE)
      fault = {
        message: `A range of ${text.slice(node.from, node.to)} would be read every minute. Use at most 1d: the portal adds minutes up by itself.`,
        at: node.from,
      }
    return true
  })
  return fault
}
