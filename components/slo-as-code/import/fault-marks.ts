import { type EditorState, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutterLineClass, WidgetType } from '@codemirror/view'
import type { Fault } from '@/lib/slo-as-code/fault'
import { FAULT_SHAPES } from './fault-mark'

/** Faults where they are: the line, the word, and the sentence under it. They move with the text until it is read again. */

export const setFaults = StateEffect.define<Fault[]>()

/** Beyond it the list beside the text is enough. */
const MOST_MARKS = 400

type Marks = { inText: DecorationSet; inGutter: RangeSet<GutterMarker> }

export const faultMarks = StateField.define<Marks>({
  create: () => ({ inText: Decoration.none, inGutter: RangeSet.empty }),
  update(marks, { effects, changes, state }) {
    for (const effect of effects) if (effect.is(setFaults)) return marksOf(effect.value, state)
    return { inText: marks.inText.map(changes), inGutter: marks.inGutter.map(changes) }
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ inText }) => inText),
    gutterLineClass.from(field, ({ inGutter }) => inGutter),
  ],
})

/** The offset that a fault points at: the text may have become shorter since. */
export function offsetOf({ line, column }: Pick<Fault, 'line' | 'column'>, { doc }: EditorState): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines))
  return Math.min(from + Math.max(0, column - 1), to)
}

function marksOf(faults: Fault[], state: EditorState): Marks {
  const inText: Range<Decoration>[] = []
  const inGutter: Range<GutterMarker>[] = []
  const byLine = new Map<number, Fault[]>()
  for (const fault of faults.slice(0, MOST_MARKS)) {
    const { from, text } = state.doc.lineAt(offsetOf(fault, state))
    byLine.set(from, [...(byLine.get(from) ?? []), fault])
    const start = offsetOf(fault, state)
    const length = /^(?:"[^"]*"|'[^']*'|[^\s:,#]+)/.exec(text.slice(start - from))?.[0].length ?? 0
    if (length > 0) inText.push(Decoration.mark({ class: `cm-fault cm-${fault.severity}` }).range(start, start + length))
  }
  for (const [from, some] of byLine) {
    const severity = some.some((one) => one.severity === 'error') ? 'error' : 'warning'
    inText.push(Decoration.line({ class: `cm-fault-line cm-${severity}-line` }).range(from))
    inText.push(Decoration.widget({ widget: new Words(some), block: true, side: 1 }).range(state.doc.lineAt(from).to))
    inGutter.push(new Numbered(severity).range(from))
  }
  return { inText: Decoration.set(inText, true), inGutter: RangeSet.of(inGutter, true) }
}

class Numbered extends GutterMarker {
  override readonly elementClass: string
  constructor(severity: Fault['severity']) {
    super()
    this.elementClass = `cm-${severity}-number`
  }
}

const SVG = 'http://www.w3.org/2000/svg'

/** The sentences of one line. Whatever a file says gets in as text, never as markup. */
class Words extends WidgetType {
  constructor(readonly faults: Fault[]) {
    super()
  }
  override eq({ faults }: Words): boolean {
    return faults.length === this.faults.length && faults.every((fault, i) => same(fault, this.faults[i]))
  }
  override toDOM(): HTMLElement {
    const box = Object.assign(document.createElement('div'), { className: 'cm-faults' })
    for (const { severity, column, reason, suggestion } of this.faults) {
      const line = Object.assign(document.createElement('p'), { className: `fault-${severity}` })
      line.style.setProperty('--at', String(Math.min(column - 1, 24)))
      const words = Object.assign(document.createElement('span'), { textContent: reason })
      if (suggestion) words.append(' ', Object.assign(document.createElement('b'), { textContent: suggestion }))
      line.append(shape(severity), words)
      box.append(line)
    }
    return box
  }
  override get estimatedHeight(): number {
    return this.faults.length * 22
  }
}

const same = (a: Fault, b: Fault | undefined): boolean =>
  a.reason === b?.reason && a.severity === b.severity && a.column === b.column && a.suggestion === b.suggestion

function shape(severity: Fault['severity']): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('class', `fault-mark fault-${severity}`)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', severity === 'error' ? 'Error:' : 'Warning:')
  for (const part of ['body', 'sign'] as const) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('class', `fault-${part}`)
    path.setAttribute('d', FAULT_SHAPES[severity][part])
    svg.append(path)
  }
  return svg
}
