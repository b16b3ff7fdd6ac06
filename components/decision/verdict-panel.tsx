import { Link } from '@/components/ui/link'
import type { RequestDetail } from '@/lib/decision/reads-request'
import { afterwards, headlineOf, standingOf } from '@/lib/decision/standing'
import { clockText, whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { DecisionMark } from './decision-mark'
import { StrongText } from './strong-text'

/** The answer, why it is that, and how long it holds. */
export function VerdictPanel({ request, now }: { request: RequestDetail; now: UnixSeconds }) {
  const { evaluation, status, validUntil } = request
  const standing = standingOf(request)
  const after = afterwards(request, now)
  const holds = status === 'decided' || status === 'approved'
  const rationale = evaluation?.rationale ?? ['Nothing is decided before it is asked for.']
  return (
    <section className={`panel v-verdict is-${standing.sign}`} aria-labelledby="verdict">
      <h3 id="verdict" className="v-headline">
        <DecisionMark sign={standing.sign} />
        {headlineOf(request, now)}
      </h3>
      {after.length > 0 ? (
        <p className="v-why">
          {after.map((sentence) => (
            <span key={sentence}>
              <StrongText>{sentence}</StrongText>{' '}
            </span>
          ))}
        </p>
      ) : null}
      <p className={holds || status === 'draft' ? 'v-why' : 'v-then'}>
        {holds || status === 'draft' ? null : 'When it was decided: '}
        {rationale.map((sentence) => (
          <span key={sentence}>
            <StrongText>{sentence}</StrongText>{' '}
          </span>
        ))}
      </p>
      {evaluation ? (
        <p className="v-meta">
          <span>
            Policy{' '}
            <Link href={`/policies/error-budget/${evaluation.policy.slug}`}>
              {evaluation.policy.name} v{evaluation.policy.version}
            </Link>
          </span>
          <span>
            Computed <b>{onDay(evaluation.computedAt, now)}</b>
            {evaluation.dataAt === null ? (
              ' without data'
            ) : (
              <>
                {' '}
                on data to <b>{onDay(evaluation.dataAt, now)}</b>
              </>
            )}
          </span>
          {holds && validUntil !== null ? (
            <span>
              Valid until <b>{whenText(validUntil, now)}</b>, or until a status changes
            </span>
          ) : null}
        </p>
      ) : null}
    </section>
  )
}

/** To the second today, to the minute before. */
const onDay = (at: UnixSeconds, now: UnixSeconds): string => {
  const text = whenText(at, now)
  return text.startsWith('today') ? clockText(at) : text
}
