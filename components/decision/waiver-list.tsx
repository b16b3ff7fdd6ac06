import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import type { WaiverInfo } from '@/lib/decision/reads-waivers'
import type { WaiverGroup } from '@/lib/decision/reads-waivers-page'
import { requestName, waiverName } from '@/lib/decision/words'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { WaiverBar } from './waiver-bar'
import { WaiverStatusMark } from './waiver-mark'

/** What waits for signatures, what holds, what the next review has to look at, and what was. */
export function WaiverList({ groups, now }: { groups: WaiverGroup[]; now: UnixSeconds }) {
  if (groups.length === 0)
    return (
      <EmptyState title="No waiver so far">
        When a budget is gone and something has to go out anyway, two people open the way for a while, up to a share of the
        budget. It ends by itself and stands here for the next review.
      </EmptyState>
    )
  return (
    <table className="s-table q-table w-table">
      <caption className="sr-only">Waivers</caption>
      <thead>
        <tr>
          <th scope="col">Waiver</th>
          <th scope="col">Status</th>
          <th scope="col">Why</th>
          <th scope="col">Asked</th>
          <th scope="col">Until</th>
          <th scope="col">Spent of its limit</th>
        </tr>
      </thead>
      {groups.map(({ title, rule, waivers }) => (
        <tbody key={title}>
          <tr className="o-group">
            <th scope="rowgroup" colSpan={6}>
              {title} <span>{waivers.length}</span> <span>{rule}</span>
            </th>
          </tr>
          {waivers.map((waiver) => (
            <Row key={waiver.id} waiver={waiver} now={now} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({ waiver, now }: { waiver: WaiverInfo; now: UnixSeconds }) {
  const { id, service, request, reason, status, askedBy, askedAt, untilTs, missing, repeats, reviewedAt, endedAt } = waiver
  return (
    <tr>
      <th scope="row">
        <Link href={`/waivers/${id}`} data-row>
          {service.name}
        </Link>
        <span className="q-second">
          {waiverName(id)}, {request === null ? 'every release' : `only ${requestName(request)}`}
        </span>
      </th>
      <td className="q-decision">
        <WaiverStatusMark status={status} />
        <span className="q-second">
          {missing > 0 ? `${missing} of 2 missing` : ''}
          {reviewedAt === null ? '' : `reviewed ${whenText(reviewedAt, now)}`}
        </span>
      </td>
      <td className="q-why">
        <p>{reason}</p>
        {repeats > 0 ? <b className="w-repeat">number {repeats + 1} of this service within 90 days</b> : null}
      </td>
      <td className="q-asked">
        {askedBy}
        <span className="q-second">{whenText(askedAt, now)}</span>
      </td>
      <td className="q-planned">
        {whenText(untilTs, now)}
        {endedAt === null ? null : <span className="q-second">over {whenText(endedAt, now)}</span>}
      </td>
      <td>
        <WaiverBar waiver={waiver} />
      </td>
    </tr>
  )
}
