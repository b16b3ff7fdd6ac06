import { changedParts, type Part } from '@/lib/drift/changed-parts'
import type { DriftProblem } from '@/lib/drift/drift'
import { problemText } from '@/lib/drift/words'

const SHOWN = 12

/** Everything that is wrong, the worst at once, the rest and both sides of what differs on demand. */
export function ProblemList({ problems }: { problems: DriftProblem[] }) {
  const [first, ...rest] = problems
  if (!first) return null
  const more = first.kind === 'changed' ? problems : rest
  return (
    <>
      {problemText(first)}
      {more.length === 0 ? null : (
        <details className="dr-more">
          <summary>{rest.length === 0 ? 'Compare' : `Compare, ${rest.length} more`}</summary>
          <ul>
            {more.slice(0, SHOWN).map((problem) => (
              <li key={problemText(problem)}>
                {problem === first ? null : problemText(problem)}
                {problem.kind === 'changed' ? <BothSides ours={problem.ours} theirs={problem.theirs} /> : null}
              </li>
            ))}
            {more.length > SHOWN ? <li>And {more.length - SHOWN} more.</li> : null}
          </ul>
        </details>
      )}
    </>
  )
}

function BothSides({ ours, theirs }: { ours: string; theirs: string }) {
  const parts = changedParts(ours, theirs)
  return (
    <dl>
      <dt>Portal</dt>
      <dd>
        <Marked parts={parts.ours} />
      </dd>
      <dt>Loaded</dt>
      <dd>
        <Marked parts={parts.theirs} />
      </dd>
    </dl>
  )
}

const Marked = ({ parts }: { parts: Part[] }) => (
  <code>{parts.map(({ at, text, changed }) => (changed ? <mark key={at}>{text}</mark> : text))}</code>
)
