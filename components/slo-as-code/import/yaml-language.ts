import { StreamLanguage } from '@codemirror/language'
import { tokensOf } from '../highlight'

const NAMES = { comment: 'comment', key: 'propertyName', text: 'string', number: 'number', plain: null } as const

type State = { line: string; left: { until: number; name: (typeof NAMES)[keyof typeof NAMES] }[] }

/** The colours of files that are shown, for files that are edited. Lines stand for themselves, so edits cost nothing. */
export const yamlLanguage = StreamLanguage.define<State>({
  startState: () => ({ line: '', left: [] }),
  token(stream, state) {
    if (stream.sol() || state.line !== stream.string) {
      let until = 0
      state.line = stream.string
      state.left = tokensOf(stream.string).map(({ kind, text }) => {
        until += text.length
        return { until, name: NAMES[kind] }
      })
    }
    while (state.left[0] && state.left[0].until <= stream.pos) state.left.shift()
    const next = state.left[0]
    if (next) stream.pos = Math.min(next.until, stream.string.length)
    else stream.skipToEnd()
    return next?.name ?? null
  },
})
