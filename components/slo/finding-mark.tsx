/** A small mark beside a name: something is suspicious about how this SLO is measured. */
export function FindingMark({ words }: { words: string[] }) {
  if (words.length === 0) return null
  const text = `Check the indicator: ${words.join(', ')}`
  return (
    <span className="finding-mark" title={text}>
      <FindingShape />
      <span className="sr-only">{text}</span>
    </span>
  )
}

/** A tag with a question mark: not a state, a doubt about the measuring. */
export const FindingShape = () => (
  <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" aria-hidden="true">
    <path strokeLinejoin="round" d="M2.5 2.5h11v11h-11Z" />
    <path d="M6.3 6.4c0-1 .8-1.6 1.8-1.6s1.7.6 1.7 1.5c0 1.2-1.8 1.3-1.8 2.6M8 11.2v.1" />
  </svg>
)
