import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import type { Queue, QueueGroup, QueueRow } from '@/lib/decision/reads-queue'
import { standingOf } from '@/lib/decision/standing'
import { APPROVER_WORDS, joined, requestName } from '@/lib/decision/words'
import { MINUS, spentText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import { CHANGE_TYPE_WORDS } from '@/lib/release/vocabulary'
import { DAY, type UnixSeconds } from '@/lib/time-series/units'
import { StandingWord } from './decision-mark'
import { StrongText } from './strong-text'

const TITLES: Record<QueueGroup['key'], { title: string; rule: string }> = {
  yours: { title: 'Waiting for you', rule: 'a says yes on its page, r no' },
  others: { title: 'Waiting for others', rule: '' },
  deferred: { title: 'Deferred', rule: 'asked again by itself' },
  blocked: { title: 'Blocked', rule: 'only a waiver opens it' },
  approved: { title: 'Approved, not yet out', rule: '' },
  drafts: { title: 'Your drafts', rule: 'nobody else sees them here' },
  past: { title: 'Past', rule: '' },
}

/** Requests in the order in which somebody has to act. */
export function RequestQueue({ queue: { groups, view, service, next, now }, may }: { queue: Queue; may: boolean }) {
  if (groups.length === 0) return <Empty filtered={view !== 'all' || service !== undefined} may={may} />
  return (
    <>
      <table className="s-table q-table">
        <caption className="sr-only">Release requests</caption>
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col">Decision</th>
            <th scope="col">Why</th>
            <th scope="col">Asked</th>
            <th scope="col">Planned</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        {groups.map(({ key, rows }) => (
          <tbody key={key}>
            <tr className="o-group">
              <th scope="rowgroup" colSpan={6}>
                {TITLES[key].title} <span>{key === 'past' ? '' : rows.length}</span> <span>{TITLES[key].rule}</span>
              </th>
            </tr>
            {rows.map((row) => (
              <Row key={row.id} row={row} now={now} />
            ))}
          </tbody>
        ))}
      </table>
      {next ? (
        <p className="n-next">
          <Link
            className="btn btn-sm"
            href={`/releases?${new URLSearchParams({ view: 'past', ...(service && { service }), ...(view === 'past' && { before: String(next) }) })}`}
          >
            {view === 'past' ? 'Older ones' : 'All past ones'}
          </Link>
        </p>
      ) : null}
    </>
  )
}

function Row({ row, now }: { row: QueueRow; now: UnixSeconds }) {
  const { id, service, version, changeType, risk, description, why, requestedBy, requestedAt, plannedAt } = row
  return (
    <tr>
      <th scope="row">
        <Link href={`/releases/${id}`} data-row>
          {service.name} {version}
        </Link>
        <span className="q-second">
          {requestName(id)}, {CHANGE_TYPE_WORDS[changeType]}, <b>{risk}</b> risk
        </span>
      </th>
      <td className="q-decision">
        <StandingWord standing={standingOf(row)} />
      </td>
      <td className="q-why">
        <p>
          <StrongText>{reasonOf(row, why || description || 'Not decided yet.')}</StrongText>
        </p>
      </td>
      <td className="q-asked">
        {requestedBy}
        <span className="q-second">{whenText(requestedAt, now)}</span>
      </td>
      <td className="q-planned">{plannedAt === null ? 'when it may' : whenText(plannedAt, now)}</td>
      <td className="q-next">{nextOf(row, now)}</td>
    </tr>
  )
}

/** Of what is over, why it ended says more than why it was decided. */
const reasonOf = ({ status, endReason }: QueueRow, why: string): string =>
  (status === 'refused' || status === 'withdrawn' || status === 'expired') && endReason !== '' ? endReason : why

function nextOf(row: QueueRow, now: UnixSeconds) {
  const { status, decision, missing, yours, validUntil, endedAt, hour, day, unapproved } = row
  if (unapproved) return <b className="q-warns">went out although not approved</b>
  if (status === 'released' || status === 'observed')
    return <Cost hour={hour} day={day} soon={now - (endedAt ?? now) < 2 * DAY} />
  if (status === 'draft') return 'not asked yet'
  if (status === 'approved') return validUntil === null ? 'may go out' : `may go out until ${whenText(validUntil, now)}`
  if (status !== 'decided') return endedAt === null ? '' : whenText(endedAt, now)
  if (decision === 'defer') return 'asked again by itself'
  if (decision === 'block') return 'better days, or a waiver'
  return yours ? <b>your word</b> : `the word of the ${joined(missing.map((role) => APPROVER_WORDS[role]))}`
}

const costText = (share: number): string => `${share > 0 ? MINUS : ''}${spentText(share)} %`

const Cost = ({ hour, day, soon }: Pick<QueueRow, 'hour' | 'day'> & { soon: boolean }) =>
  day !== null ? (
    <>
      cost <b>{costText(day)}</b> in a day
    </>
  ) : hour !== null ? (
    <>
      cost <b>{costText(hour)}</b> in the first hour
    </>
  ) : soon ? (
    'its cost is measured after an hour'
  ) : (
    'its cost was not measured'
  )

const Empty = ({ filtered, may }: { filtered: boolean; may: boolean }) =>
  filtered ? (
    <EmptyState title="Nothing here">No release request is like that. Choose otherwise, or show all.</EmptyState>
  ) : (
    <EmptyState
      title="No release was asked for"
      action={
        may ? (
          <Link className="btn btn-primary" href="/releases/new">
            Ask for a release
          </Link>
        ) : undefined
      }
    >
      Whoever wants to ship asks here, or a pipeline does with <code>npx headroom gate</code>. The answer comes at once, from the
      budgets of the SLOs that gate releases.
    </EmptyState>
  )
