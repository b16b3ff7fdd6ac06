import { assignPolicyNow } from '@/app/(portal)/policies/actions'
import { Link } from '@/components/ui/link'
import type { PolicyDetail } from '@/lib/alert/schema'
import { instantText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { BackTestPanel } from './back-test'
import { PolicyPairs, settingsText } from './policy-pairs'
import { PolicyUses } from './policy-uses'

type Props = { policy: PolicyDetail; others: { slug: string; name: string }[]; may: boolean; now: UnixSeconds }
const SHOWN = 6

/** One policy: what it asks for, where it holds, and how it would have done. */
export function PolicyPage({ policy, others, may, now }: Props) {
  const { leftOut, versions } = policy
  return (
    <div className="a-page">
      <section className="panel a-policy" aria-labelledby="pairs-title">
        <header className="d-panel-head">
          <h2 id="pairs-title">Pairs</h2>
          <span>
            {policy.preset ? 'comes with Headroom' : `version ${policy.version}`}, holds for {policy.slos}{' '}
            {policy.slos === 1 ? 'SLO' : 'SLOs'}
          </span>
        </header>
        <p className="a-words">{policy.description}</p>
        <PolicyPairs settings={policy.settings} caption={`Pairs of ${policy.name}`} />
        <p className="a-words">
          {settingsText(policy.settings)} Where slices are counted instead of events, the least number of bad events is not asked
          for.
        </p>
        <PolicyUses policy={policy} may={may} assign={assignPolicyNow} />
        {leftOut.length > 0 ? (
          <ul className="e-findings a-left" aria-label="Pairs that can never fire">
            {leftOut.slice(0, SHOWN).map(({ sloId, sentence }) => (
              <li key={`${sloId} ${sentence}`} className="e-finding e-warning">
                <b>Left out</b> <Link href={`/slos/${sloId}`}>{sentence}</Link>
              </li>
            ))}
            {leftOut.length > SHOWN ? <li className="e-quiet">and {leftOut.length - SHOWN} more</li> : null}
          </ul>
        ) : null}
      </section>
      <BackTestPanel policy={policy} others={others} />
      <section className="panel d-panel" aria-labelledby="versions-title">
        <header className="d-panel-head">
          <h2 id="versions-title">Versions</h2>
        </header>
        <ol className="a-versions">
          {versions.map(({ version, at, author, changes }) => (
            <li key={version}>
              <b>{version}</b>
              <span>
                {author}, {instantText(at, now)}
              </span>
              <span>{changes.join('; ') || 'as it came'}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
