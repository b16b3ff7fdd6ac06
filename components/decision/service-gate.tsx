import { Link } from '@/components/ui/link'
import type { ServiceGate as Gate } from '@/lib/decision/reads-service'
import { waiverName } from '@/lib/decision/words'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { DecisionWord } from './decision-mark'
import { StrongText } from './strong-text'

type Props = { gate: Gate; service: string; may: boolean; now: UnixSeconds }

/** May a feature of this service go out now? One word per risk, and why not. */
export function ServiceGate({ gate: { answers, waivers }, service, may, now }: Props) {
  const worst = answers.at(-1)
  return (
    <section className="g-line" aria-labelledby="gate-title">
      <h3 id="gate-title">Release gate</h3>
      <dl>
        {answers.map(({ risk, decision }) => (
          <div key={risk}>
            <dt>{risk} risk</dt>
            <dd>
              <DecisionWord decision={decision} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {worst && worst.decision !== 'approve' ? <StrongText>{worst.why}</StrongText> : 'Any feature may go out now.'}{' '}
        {waivers.map(({ id, untilTs }) => (
          <Link key={id} href={`/waivers/${id}`}>
            {waiverName(id)} holds until {whenText(untilTs, now)}
          </Link>
        ))}
      </p>
      <span className="g-ways">
        {may ? (
          <Link className="btn btn-sm" href={`/releases/new?service=${service}`}>
            Ask for a release
          </Link>
        ) : null}
      </span>
    </section>
  )
}
