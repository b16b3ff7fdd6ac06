import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { Notice } from '@/components/ui/notice'
import type { WaiverInfo } from '@/lib/decision/reads-waivers'
import { requestName, waiverName } from '@/lib/decision/words'
import { factorText, spentText } from '@/lib/format'
import { instantText, whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { WaiverActions } from './waiver-actions'
import { WaiverBar } from './waiver-bar'
import { WaiverStatusMark } from './waiver-mark'

/** One waiver: whether it holds, who wanted it and who signed, and what it has cost. */
export function WaiverPage({ waiver, now }: { waiver: WaiverInfo; now: UnixSeconds }) {
  const { id, service, request, reason, status, askedBy, askedAt, signatures, missing, repeats } = waiver
  return (
    <>
      <LiveRefresh />
      {repeats > 0 ? (
        <Notice>
          It is number {repeats + 1} of {service.name} within 90 days. The next review asks why.
        </Notice>
      ) : null}
      <header className="d-head v-head">
        <div className="d-name">
          <h2>
            <span>{waiverName(id)}</span> <Link href={`/services/${service.slug}`}>{service.name}</Link>
          </h2>
          <WaiverStatusMark status={status} />
        </div>
        <WaiverActions waiver={waiver} />
        <p className="v-say">
          {request === null ? (
            'For every release of the service'
          ) : (
            <>
              Only for{' '}
              <Link className="v-link" href={`/releases/${request}`}>
                {requestName(request)}
              </Link>
            </>
          )}
          . Asked by {askedBy} {whenText(askedAt, now)}.
        </p>
      </header>
      <div className="v-columns">
        <div className="v-main">
          <section className="panel v-verdict" aria-labelledby="holds">
            <h3 id="holds" className="v-headline">
              {headlineOf(waiver, now)}
            </h3>
            <p className="v-why">{reason}</p>
            <p className="v-meta">{metaOf(waiver, now)}</p>
          </section>
          <section className="panel w-limit" aria-labelledby="limit">
            <header className="d-panel-head">
              <h3 id="limit">What it may spend</h3>
              <span>of the gating SLO of {service.name} that spends most while it holds</span>
            </header>
            <WaiverBar waiver={waiver} />
          </section>
        </div>
        <div className="v-side">
          <section className="panel v-people" aria-labelledby="signatures">
            <header className="d-panel-head">
              <h3 id="signatures">Signatures</h3>
              <span>{missing === 0 ? 'two people, neither of them who asked' : `${missing} of 2 missing`}</span>
            </header>
            <ul className="v-list">
              {signatures.map(({ by, role, grants, note, at }) => (
                <li key={by}>
                  <Icon name={grants ? 'check' : 'cross'} />
                  <p>
                    <b>{by}</b> {grants ? 'signed' : 'refused'} as {ROLES[role] ?? role}
                    {note ? <span className="v-quote">“{note}”</span> : null}
                  </p>
                  <time>{whenText(at, now)}</time>
                </li>
              ))}
              {['one', 'another'].slice(0, missing).map((which) => (
                <li key={which}>
                  <Icon name="clock" />
                  <p>A signature is missing: of a product owner, an SLO owner or an administrator</p>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </>
  )
}

const ROLES: Record<string, string> = {
  product_owner: 'product owner',
  slo_owner: 'SLO owner',
  administrator: 'administrator',
}

function headlineOf({ status, untilTs, missing }: WaiverInfo, now: UnixSeconds): string {
  switch (status) {
    case 'asked':
      return missing === 1 ? 'Waits for one more signature' : 'Waits for two signatures'
    case 'active':
      return `In force until ${whenText(untilTs, now)}`
    case 'refused':
      return 'Refused'
    case 'withdrawn':
      return 'Withdrawn'
    case 'revoked':
      return 'Revoked'
    case 'ended':
      return 'Ended by itself'
  }
}

function metaOf(
  { status, untilTs, budgetLimit, spent, activeFrom, endedAt, endReason, reviewedAt }: WaiverInfo,
  now: UnixSeconds,
) {
  const until = `until ${instantText(untilTs, now)} UTC, or until ${factorText(budgetLimit * 100)} % of a budget has gone`
  const parts = [
    ...(activeFrom === null ? [`Wanted ${until}.`] : [`In force from ${instantText(activeFrom, now)} UTC ${until}.`]),
    ...(endedAt === null ? [] : [`Over ${instantText(endedAt, now)} UTC. ${endReason}`]),
    ...(activeFrom === null ? [] : [`${spentText(spent)} % went while it held.`]),
    ...(reviewedAt !== null
      ? [`Reviewed ${whenText(reviewedAt, now)}.`]
      : status !== 'asked' && activeFrom !== null
        ? ['The next review looks at it.']
        : []),
  ]
  return parts.map((part) => <span key={part}>{part}</span>)
}
