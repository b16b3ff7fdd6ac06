import { Link } from '@/components/ui/link'
import type { SloDrift } from '@/lib/drift/report'
import { problemsText } from '@/lib/drift/words'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { DriftMark } from './drift-mark'

/** One line of an SLO whose loaded rules or whose files say something else; nothing at all when all is in step. */
export function DriftLine({ drift: { rules, files }, now }: { drift: SloDrift; now: UnixSeconds }) {
  const off = rules !== null && rules.state !== 'in-step'
  if (!off && files.length === 0) return null
  return (
    <section className="findings" aria-label="Drift">
      <ul>
        {off ? (
          <li className="finding dr-line">
            <DriftMark state={rules.state} />
            <span>
              {problemsText(rules.problems)} <Link href="/drift">All drift</Link>
            </span>
            <span className="finding-since">rules, since {whenText(rules.since, now)}</span>
          </li>
        ) : null}
        {files.length > 0 ? (
          <li className="finding dr-line">
            <DriftMark state="different" />
            <span>
              No longer what its files said: {files.join('; ')}. <Link href="/drift">All drift</Link>
            </span>
            <span className="finding-since">files</span>
          </li>
        ) : null}
      </ul>
    </section>
  )
}
