'use client'
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { PromQLExtension } from '@prometheus-io/codemirror-promql'
import { useEffect, useRef } from 'react'

const colours = HighlightStyle.define([
  { tag: tags.labelName, color: 'var(--text-2)' },
  { tag: tags.string, color: 'var(--accent)' },
  { tag: [tags.number, tags.bool], color: 'var(--accent)' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], fontWeight: '600' },
  { tag: tags.comment, color: 'var(--text-3)' },
])

// Declared here and not in a style sheet: the editor brings styles of its own, which only its themes override.
const theme = EditorView.theme({
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { padding: '4px 2px', font: '400 12px / 18px var(--mono)', caretColor: 'var(--text)' },
  '.cm-scroller': { fontFamily: 'var(--mono)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-2)',
    borderRadius: '8px',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow)',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '220px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-tint)', color: 'var(--accent)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--accent-tint)' },
})

export type PromqlEditorProps = {
  value: string
  onChange: (text: string) => void
  onBlur: () => void
  /** accessible name, and the elements that explain the field */
  label: string
  describedBy: string
  invalid: boolean
  sourceId: number | undefined
  lines: 'one' | 'many'
  example: string
}

/** A field that completes metrics, labels and values from the live source. Tab leaves it, as it leaves any field. */
export default function PromqlEditor(props: PromqlEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  latest.current = props
  const { value, label, invalid, sourceId, lines } = props

  useEffect(() => {
    if (!host.current) return
    const start = latest.current
    const promql = new PromQLExtension().activateLinter(false)
    if (sourceId !== undefined)
      promql.setComplete({ remote: { url: `/api/sources/${sourceId}`, httpMethod: 'GET' }, maxMetricsMetadata: 5000 })
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.value,
        extensions: [
          history(),
          closeBrackets(),
          autocompletion({ icons: false }),
          promql.asExtension(),
          syntaxHighlighting(colours),
          theme,
          keymap.of([
            ...(lines === 'one' ? [{ key: 'Enter', run: () => true }] : []),
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...completionKeymap,
          ]),
          placeholder(start.example),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': start.describedBy,
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          EditorView.domEventHandlers({ blur: () => latest.current.onBlur() }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [sourceId, lines, label])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    view.current?.contentDOM.setAttribute('aria-invalid', String(invalid))
  }, [invalid])

  return <div ref={host} className={`input promql${invalid ? ' promql-invalid' : ''}`} data-lines={lines} />
}
