import { Link } from '@/components/ui/link'
import type { RequestDetail } from '@/lib/decision/reads-request'
import { requestName } from '@/lib/decision/words'
import { whenText } from '@/lib/format-time'
import { CHANGE_TYPE_WORDS } from '@/lib/release/vocabulary'
import { tierText } from '@/lib/service/tier'
import type { UnixSeconds } from '@/lib/time-series/units'
import { RequestMenu } from './request-menu'

/** Which release this is, who wants it and when. */
export function RequestHead({ request, now }: { request: RequestDetail; now: UnixSeconds }) {
  const { id, service, version, changeType, risk, description, requestedBy, requestedAt, plannedAt } = request
  const first = description.split('\n')[0] ?? ''
  return (
    <header className="d-head v-head">
      <div className="d-name">
        <h2>
          <span>{requestName(id)}</span> <Link href={`/services/${service.slug}`}>{service.name}</Link> {version}
        </h2>
        <span className="tag">{CHANGE_TYPE_WORDS[changeType]}</span>
        <span className="tag">{risk} risk</span>
        <span className="tag">{tierText(service.tier as Parameters<typeof tierText>[0])} tier</span>
      </div>
      <RequestMenu request={request} now={now} />
      <p className="v-say">
        {first ? `${first.replace(/[.\s]+$/, '')}. ` : ''}
        Asked by {requestedBy} {whenText(requestedAt, now)},{' '}
        {plannedAt === null ? 'wants to start as soon as it may.' : `wants to start ${whenText(plannedAt, now)}.`}
      </p>
    </header>
  )
}
