import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import type { ServiceSummary } from '@/lib/slo/detail'
import { type SloState, stateRank } from '@/lib/slo/state'
import { StateCounts } from './state-counts'

const TIERS = ['critical', 'essential', 'standard', 'best effort']
const rank = ({ worst }: ServiceSummary): number => (worst === null ? 99 : stateRank(worst as SloState))

/** Services by tier, those in trouble first. */
export function ServiceList({ services, mayDefine }: { services: ServiceSummary[]; mayDefine: boolean }) {
  if (services.length === 0)
    return (
      <EmptyState title="No services yet" action={mayDefine ? <Link href="/services/new">Define the first one</Link> : null}>
        Services appear here as soon as they are defined, with their SLOs.
      </EmptyState>
    )
  return (
    <table className="s-table">
      <caption className="sr-only">Services</caption>
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col">SLOs by state</th>
          <th scope="col">Kind</th>
          <th scope="col">Team</th>
          <th scope="col">Labels</th>
        </tr>
      </thead>
      {TIERS.map((tier) => ({ tier, members: services.filter((service) => service.tier === tier) }))
        .filter(({ members }) => members.length > 0)
        .map(({ tier, members }) => (
          <tbody key={tier}>
            <tr className="o-group">
              <th scope="rowgroup">
                {tier[0]?.toUpperCase()}
                {tier.slice(1)} tier <span>{members.length}</span>
              </th>
            </tr>
            {members
              .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
              .map((service) => (
                <tr key={service.slug}>
                  <th scope="row">
                    <Link href={`/services/${service.slug}`}>{service.name}</Link>
                    <span>{service.description}</span>
                  </th>
                  <td>
                    <StateCounts states={service.states} />
                  </td>
                  <td>{service.kind}</td>
                  <td>{service.team}</td>
                  <td className="s-labels">
                    {service.labels.map((label) => (
                      <Link key={label} href={`/?label=${encodeURIComponent(label)}`} className="tag">
                        {label}
                      </Link>
                    ))}
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
    </table>
  )
}
