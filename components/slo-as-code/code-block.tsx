import { Fragment, memo } from 'react'
import { ScrollBox } from '@/components/ui/scroll-box'
import { linesOf } from './highlight'

/** Beyond it a file is for machines: it is shown without colours. */
const MOST_LINES = 4_000

/** A file to read: it scrolls by itself, has line numbers, and what is selected is the text alone. */
export const CodeBlock = memo(function CodeBlock({ text, label }: { text: string; label: string }) {
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <ScrollBox className="code" label={label}>
      <pre data-digits={String(lines.length).length}>
        {lines.length > MOST_LINES
          ? text
          : linesOf(lines).map(({ number, tokens }) => (
              <Fragment key={number}>
                <span className="code-line">
                  {tokens.map(({ at, kind, text: part }) =>
                    kind === 'plain' ? (
                      part
                    ) : (
                      <span key={at} className={`code-${kind}`}>
                        {part}
                      </span>
                    ),
                  )}
                </span>
                {'\n'}
              </Fragment>
            ))}
      </pre>
    </ScrollBox>
  )
})
