'use client'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import type { Fault } from '@/lib/slo-as-code/fault'
import { faultMarks, offsetOf, setFaults } from './fault-marks'
import { yamlLanguage } from './yaml-language'

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--text-3)' },
  { tag: tags.propertyName, fontWeight: '600' },
  { tag: [tags.string, tags.number], color: 'var(--accent)' },
])

// Declared here and not in a style sheet: the editor brings styles of its own, which only its themes override.
const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '400 12px / 18px var(--mono)', overflow: 'auto' },
  '.cm-content': { padding: '8px 0 40px', caretColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', borderRight: '1px solid var(--line)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 10px 0 14px', minWidth: '44px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLine.cm-error-line': { backgroundColor: 'var(--critical-tint)' },
  '.cm-activeLine.cm-warning-line:not(.cm-error-line)': { backgroundColor: 'var(--warning-tint)' },
  '&.cm-focused .cm-activeLine': { boxShadow: 'inset 2px 0 0 var(--accent)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--accent-tint)',
  },
})

/** A place to go to; a new object goes there again. */
export type Jump = { file: string; line: number; column: number; focus: boolean }

type Props = {
  /** of the file; another one is another text with a past of its own */
  name: string
  text: string
  faults: Fault[]
  jump: Jump | null
  onChange: (text: string) => void
  /** F8 and Shift F8, from where the cursor is */
  onStep: (by: 1 | -1, line: number) => void
}

/** The text of one file with its faults in it. Tab leaves it, as it leaves any field. */
export default function SourceEditor(props: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  latest.current = props
  const { name, text, faults, jump } = props

  useEffect(() => {
    if (!host.current) return
    const step = (by: 1 | -1) => (editor: EditorView) => {
      latest.current.onStep(by, editor.state.doc.lineAt(editor.state.selection.main.head).number)
      return true
    }
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          ...[lineNumbers(), history(), drawSelection(), highlightActiveLine(), yamlLanguage, syntaxHighlighting(colours)],
          ...[faultMarks, theme],
          keymap.of([{ key: 'F8', run: step(1), shift: step(-1) }, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({
            tabindex: '0',
            'aria-label': `Source of ${name}`,
            'aria-describedby': 'source-keys',
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    editor.dispatch({ effects: setFaults.of(latest.current.faults) })
    view.current = editor
    return () => editor.destroy()
  }, [name])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
  }, [text])

  useEffect(() => {
    view.current?.dispatch({ effects: setFaults.of(faults) })
  }, [faults])

  useEffect(() => {
    const editor = view.current
    if (!editor || jump?.file !== name) return
    const at = offsetOf(jump, editor.state)
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    if (jump.focus) editor.focus()
  }, [jump, name])

  return <div ref={host} className="source-host" />
}
