import { StateBadge } from '@/components/slo/state-badge'
import { TakeOutMenu } from '@/components/slo-as-code/take-out-menu'
import { Link } from '@/components/ui/link'
import { dayText } from '@/lib/format-time'
import type { PolicyLink } from '@/lib/policy/schema'
import { LINK_WORDS, LINKS } from '@/lib/service/definition-input'
import { setText } from '@/lib/service/managed'
import type { Service } from '@/lib/service/service'
import type { UnixSeconds } from '@/lib/time-series/units'
import { ServiceMenu } from './service-menu'
import { StateCounts } from './state-counts'

type Props = { service: Service; policy: PolicyLink; now: UnixSeconds; mayDefine: boolean }

/** Which service this is, how it stands, who answers for it and where to go on. */
export function ServiceHead({ service, policy, now, mayDefine }: Props) {
  const { owners, definition } = service
  return (
    <header className="d-head">
      <div className="d-name">
        {service.worst ? <StateBadge state={service.worst} large /> : null}
        <h2>{service.name}</h2>
        <span className="tag">{service.tier} tier</span>
        <span className="tag">{service.kind}</span>
        <span className="tag">{service.team}</span>
        {service.managed ? (
          <span className="tag" title={setText(service.managed)}>
            managed by Git
          </span>
        ) : null}
        {service.labels.map((label) => (
          <span key={label} className="tag tag-line">
            {label}
          </span>
        ))}
      </div>
      <div className="d-actions">
        {LINKS.map((link) =>
          definition.links[link] ? (
            <a key={link} className="btn btn-quiet" href={definition.links[link]} target="_blank" rel="noopener noreferrer">
              {LINK_WORDS[link]}
            </a>
          ) : null,
        )}
        <Link className="btn" href={`/services/${service.slug}/ledger`}>
          Ledger
        </Link>
        <Link className="btn" href={`/services/${service.slug}/specification`}>
          Specification
        </Link>
        <Link className="btn" href={`/reports?q=${service.slug}`}>
          Reports
        </Link>
        {service.worst ? <TakeOutMenu service={service.slug} /> : null}
        {mayDefine ? <ServiceMenu service={service} /> : null}
      </div>
      <p className="d-sentence">
        {service.description} Here since {dayText(service.createdAt, now)}.
      </p>
      <StateCounts states={service.states} />
      <p className="s-owners">
        SLO owner <b>{owners.sloOwner?.name ?? 'nobody'}</b> · Product owner <b>{owners.productOwner?.name ?? 'nobody'}</b> ·
        Engineering team <b>{owners.engineeringTeam.name}</b> · Policy{' '}
        <Link href={`/policies/error-budget/${policy.slug}`}>{policy.name}</Link>
      </p>
    </header>
  )
}
