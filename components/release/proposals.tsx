'use client'
import { useState } from 'react'
import { Link } from '@/components/ui/link'
import { instantText, whenText } from '@/lib/format-time'
import type { AttributionInfo } from '@/lib/release/schema'
import { proposalText } from '@/lib/release/words'
import type { UnixSeconds } from '@/lib/time-series/units'
import { type Verdict, VerdictDialog } from './verdict-dialog'

/** What burned after a release, until somebody says whether the release did it. */
export function Proposals({ proposals, now, may }: { proposals: AttributionInfo[]; now: UnixSeconds; may: boolean }) {
  const [deciding, setDeciding] = useState<{ proposal: AttributionInfo; verdict: Verdict } | null>(null)
  if (proposals.length === 0) return null
  return (
    <section className="r-waiting" aria-labelledby="proposals-title">
      <h2 id="proposals-title">Did these releases do it?</h2>
      {proposals.map((proposal) => {
        const { id, slo, release, growsUntil } = proposal
        const name = `${release.service.name} ${release.version}`
        return (
          <article key={id} className="panel r-proposal">
            <h3>
              {name}, <Link href={`/slos/${slo.id}`}>{slo.name}</Link>
            </h3>
            <div>
              <p>Out {instantText(release.at, now)} UTC.</p>
              {proposalText(proposal, now).map((text) => (
                <p key={text}>{text}</p>
              ))}
              {growsUntil ? (
                <p>It is looked at until {whenText(growsUntil, now)}; a decision now keeps the stretch as it is.</p>
              ) : null}
            </div>
            {may ? (
              <div className="r-do">
                <button type="button" className="btn btn-sm" onClick={() => setDeciding({ proposal, verdict: 'confirm' })}>
                  Confirm<span className="sr-only"> {`${name}, ${slo.name}`}</span>
                </button>
                <button
                  type="button"
                  className="btn btn-quiet btn-sm"
                  onClick={() => setDeciding({ proposal, verdict: 'refuse' })}
                >
                  Refuse<span className="sr-only"> {`${name}, ${slo.name}`}</span>
                </button>
              </div>
            ) : null}
          </article>
        )
      })}
      {deciding ? <VerdictDialog {...deciding} onClose={() => setDeciding(null)} /> : null}
    </section>
  )
}
