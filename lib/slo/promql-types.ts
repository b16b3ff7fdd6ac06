import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import { Parser } from '@prometheus-io/codemirror-promql/dist/cjs/parser/index.js'
import { getFunction, ValueType } from '@prometheus-io/codemirror-promql/dist/cjs/types/index.js'
import { Pi } from '@prometheus-io/lezer-promql'
import { isNumber } from './promql-expression'
import { type Fault, queryIn, shortened, textOf } from './promql-read'

/** Types and arguments, judged by the analysis of Prometheus' own editor. */

// It takes pi() for a series.
getFunction(Pi).returnType = ValueType.scalar

const TWO_ARGUMENTS = /^(topk|bottomk|quantile|count_values|limitk|limit_ratio)$/i

export function typeFault(top: SyntaxNode, text: string, whole: boolean): Fault | null {
  const refused = ({ words, at, to }: { words: string; at: number; to: number }): Fault => ({
    message: `Prometheus refuses “${shortened(text.slice(at, to))}”: ${words}.`,
    at,
  })
  const query = queryIn(top)
  if (!query) return null
  const called = callFault(top, text)
  if (called) return refused(called)
  const analysis = new Parser(withoutEditor(text))
  const type = analysis.checkAST(query)
  const words = ONE_VALUE[type]
  if (words) return refused({ words, at: query.from, to: query.to })
  // What it cannot tell the type of may be right.
  const [first] = analysis
    .getDiagnostics()
    .filter(({ severity, message }) => severity === 'error' && !message.includes('got none'))
  if (first) return refused({ words: inItsWords(first.message), at: first.from, to: first.to })
  return whole && isNumber(query)
    ? { message: 'The query is one number, not a series: leave scalar(…) out, and measure something.', at: query.from }
    : null
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

type Called = { words: string; at: number; to: number }

function callFault(top: SyntaxNode, text: string): Called | null {
  let fault: Called | null = null
  top.cursor().iterate((node) => {
    if (fault) return false
    if (node.name === 'AggregateExpr') fault = argumentsFault(node.node, text)
    else if (node.name === 'StartFn' || node.name === 'EndFn')
      fault = { words: 'start() and end() stand behind @ alone', at: node.from, to: node.to }
    return true
  })
  return fault
}

function argumentsFault(node: SyntaxNode, text: string): Called | null {
  const [operator, body] = [node.getChild('AggregateOp'), node.getChild('FunctionCallBody')]
  const name = operator ? textOf(operator, text) : ''
  const [wanted, given] = [TWO_ARGUMENTS.test(name) ? 2 : 1, body?.getChildren('Expr').length ?? 0]
  if (given === wanted) return null
  const words = wanted === 2 ? `${name} takes two arguments, a parameter and a series` : `${name} takes one argument, a series`
  return { words, at: node.from, to: node.to }
}
