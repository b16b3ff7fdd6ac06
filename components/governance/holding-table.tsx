import { EmptyState } from '@/components/ui/empty-state'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { countText } from '@/lib/format'
import type { Holder, ServiceHolding } from '@/lib/governance/holding'
import type { Governance, GovernanceQuery } from '@/lib/governance/schema'
import { plural } from '@/lib/policy/words'
import { tierText } from '@/lib/service/tier'
import { addressOf } from './address'

type Props = { found: Governance; query: GovernanceQuery }

/** Each service with whoever answers for it; what is missing stands beside it, with the way to mend it. */
export function HoldingTable({ found: { services, matched, total }, query }: Props) {
  if (services.length === 0)
    return (
      <EmptyState title={total === 0 ? 'No service yet' : 'Nothing matches'}>
        {total === 0 ? 'Responsibilities begin with a service.' : 'Search for less, or look at another team.'}
      </EmptyState>
    )
  const pages = Math.ceil(matched / query.limit)
  return (
    <>
      <div className="gv-scroll">
        <table className="d-table gv-table">
          <caption className="sr-only">Who holds which responsibility for which service</caption>
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">Engineering team</th>
              <th scope="col">SLO owner</th>
              <th scope="col">Product owner</th>
              <th scope="col">Error-budget policy</th>
              <th scope="col" className="num">
                SLOs
              </th>
              <th scope="col">Gaps</th>
            </tr>
          </thead>
          <tbody>
            {services.map((service) => (
              <Row key={service.slug} service={service} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <nav className="gv-pages" aria-label="Pages of services">
          {query.page > 1 ? <Link href={addressOf({ ...query, page: query.page - 1 })}>Before</Link> : null}
          <span>
            Page {query.page} of {pages}, {countText(matched)} services
          </span>
          {query.page < pages ? <Link href={addressOf({ ...query, page: query.page + 1 })}>Next</Link> : null}
        </nav>
      ) : null}
    </>
  )
}

function Row({
  service: { slug, name, tier, team, sloOwner, productOwner, policy, sloPolicies, slos, gaps },
}: {
  service: ServiceHolding
}) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/services/${slug}`}>{name}</Link>
        <span className="n-second">{tierText(tier)}</span>
      </th>
      <td data-label="Team">
        {team.name}
        <span className="n-second">{plural(team.people, 'person', 'people')}</span>
      </td>
      <td data-label="SLO owner">
        <Person holder={sloOwner} />
      </td>
      <td data-label="Product owner">
        <Person holder={productOwner} />
      </td>
      <td data-label="Policy">
        <Link href={`/policies/error-budget/${policy.slug}`}>{policy.name}</Link>
        <span className="n-second">
          v{policy.version}, {policy.open.length === 0 ? 'agreed' : 'not agreed'}
        </span>
        {sloPolicies.map((one) => (
          <span key={one.slug} className="n-second">
            of single SLOs: {one.name}, version {one.version}
          </span>
        ))}
      </td>
      <td className="num" data-label="SLOs">
        {slos}
      </td>
      <td data-label="Gaps">
        {gaps.length === 0 ? (
          <span className="gv-none">
            <Icon name="check" />
            none
          </span>
        ) : (
          <ul className="gv-gaps">
            {gaps.map(({ kind, sentence, link }) => (
              <li key={`${kind} ${link}`}>
                <Link href={link}>{sentence}</Link>
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  )
}

function Person({ holder }: { holder: Holder | null }) {
  if (holder === null) return <span className="gv-nobody">nobody</span>
  return (
    <>
      {holder.name}
      {holder.disabled ? <span className="n-second gv-nobody">has left</span> : null}
    </>
  )
}
