import { Fragment, memo } from 'react'
import { tokensOf } from './highlight'

/** Beyond it a file is for machines: it is shown without colours. */
const MOST_LINES = 4_000

/** A file to read: it scrolls by itself, has line numbers, and what is selected is the text alone. */
export const CodeBlock = memo(function CodeBlock({ text, label }: { text: string; label: string }) {
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section className="code" aria-label={label} tabIndex={0}>
      <pre data-digits={String(lines.length).length}>
        {lines.length > MOST_LINES
          ? text
          : lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
              <Fragment key={i}>
                <span className="code-line">
                  {tokensOf(line).map(({ kind, text: part }, j) =>
                    kind === 'plain' ? (
                      part
                    ) : (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
                      <span key={j} className={`code-${kind}`}>
                        {part}
                      </span>
                    ),
                  )}
                </span>
                {'\n'}
              </Fragment>
            ))}
      </pre>
    </section>
  )
})
