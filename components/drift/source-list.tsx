import { Link } from '@/components/ui/link'
import { drifting, type FileSet, type SourceDrift, setDrifts, setText, sourceText } from '@/lib/drift/report'
import { goneText } from '@/lib/drift/words'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { addressOf } from './address'
import { CopyCommand } from './copy-command'
import { DriftMark } from './drift-mark'
import { ProblemList } from './problem-list'

/** What each source has loaded, in a sentence, with its age. */
export function SourceList({ sources, now }: { sources: SourceDrift[]; now: UnixSeconds }) {
  return (
    <ul className="dr-list">
      {sources.map((source) => (
        <li key={source.name}>
          <b>
            {drifting(source) > 0 ? <Link href={addressOf({ source: source.name, page: 1 })}>{source.name}</Link> : source.name}
          </b>
          <div>
            {sourceText(source)}
            {source.problem !== null && source.checkedAt !== null ? (
              <p className="dr-silent">
                Asked {whenText(source.askedAt ?? now, now)} without an answer: {source.message}
              </p>
            ) : null}
            <More source={source} />
          </div>
          <span className="dr-age">
            {source.checkedAt === null ? 'no answer yet' : `as of ${whenText(source.checkedAt, now)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** More are in the API. */
const SHOWN = 50
/** So few stand open. */
const FEW = 3

function More({ source: { services, gone } }: { source: SourceDrift }) {
  const all = services.length + gone.length
  if (all === 0) return null
  return (
    <details className="dr-more" open={all <= FEW}>
      <summary>Groups of services and what is left over: {all}</summary>
      <ul className="dr-others">
        {services.slice(0, SHOWN).map(({ key, state, problems }) => (
          <li key={key}>
            <DriftMark state={state} /> Rules of the service {key}: <ProblemList problems={problems} />
          </li>
        ))}
        {gone.slice(0, SHOWN).map(({ key, file, movedTo }) => (
          <li key={`${key} ${file}`}>
            Take the group <code>headroom/{key}</code> out of <code>{file || 'its file'}</code>: {goneText(movedTo)}
          </li>
        ))}
        {all > 2 * SHOWN ? <li>And more; the API lists them all.</li> : null}
      </ul>
    </details>
  )
}

/** Each set of files beside what became of it. */
export function SetList({ sets, now }: { sets: FileSet[]; now: UnixSeconds }) {
  return (
    <ul className="dr-list">
      {sets.map((set) => (
        <li key={set.owner}>
          <b>
            {set.slos === 0 ? (
              set.owner
            ) : (
              <Link href={`/?label=${encodeURIComponent(`managed-by=${set.owner}`)}`}>{set.owner}</Link>
            )}
          </b>
          <div>
            {setText(set)}
            {setDrifts(set) ? <CopyCommand command={`npx headroom plan slos/ --owner ${set.owner}`} /> : null}
          </div>
          <span className="dr-age">
            applied {whenText(set.appliedAt, now)} by {set.appliedBy}
            {set.revision ? `, ${set.revision.slice(0, 10)}` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
