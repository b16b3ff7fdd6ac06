import { FindingShape } from '@/components/slo/finding-mark'
import { CHECK_WORDS, type SloFinding } from '@/lib/finding/finding'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What is suspicious about how this SLO is measured; nothing at all when nothing is. */
export function Findings({ findings, now }: { findings: SloFinding[]; now: UnixSeconds }) {
  if (findings.length === 0) return null
  return (
    <section className="findings" aria-label="Checks of the indicator">
      <ul>
        {findings.map(({ check, severity, message, since }) => (
          <li key={check} className={`finding finding-${severity}`}>
            <FindingShape />
            <b>
              {severity === 'broken' ? 'Broken' : 'Doubtful'}: {CHECK_WORDS[check]}
            </b>
            <span>{message}</span>
            <span className="finding-since">since {whenText(since, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
