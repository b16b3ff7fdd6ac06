import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { monthText, whenText } from '@/lib/format-time'
import type { IncidentSummary } from '@/lib/incident/incident'
import { isOpen } from '@/lib/incident/lifecycle'
import { incidentName, shareText, spanText } from '@/lib/incident/words'
import type { UnixSeconds } from '@/lib/time-series/units'
import { IncidentStatusMark, SeverityTag } from './marks'

type Props = { incidents: IncidentSummary[]; now: UnixSeconds; may: boolean; filtered: boolean }

/** What is going on first, then month by month. */
export function IncidentList({ incidents, now, may, filtered }: Props) {
  if (incidents.length === 0 && filtered)
    return <EmptyState title="No incident is like that">Choose otherwise, or show all.</EmptyState>
  if (incidents.length === 0)
    return (
      <EmptyState
        title="No incident so far"
        action={
          may ? (
            <Link className="btn btn-primary" href="/incidents/new">
              Open an incident
            </Link>
          ) : undefined
        }
      >
        A page that fires opens one by itself, and so does an Alertmanager that is pointed at /api/v1/alertmanager.
      </EmptyState>
    )
  return (
    <table className="s-table i-table">
      <caption className="sr-only">Incidents</caption>
      <thead>
        <tr>
          <th scope="col">Incident</th>
          <th scope="col">Severity</th>
          <th scope="col">Status</th>
          <th scope="col">Services</th>
          <th scope="col">Began</th>
          <th scope="col" className="num">
            Lasted
          </th>
          <th scope="col" className="num">
            Of the budget
          </th>
          <th scope="col">Commander</th>
        </tr>
      </thead>
      {groupsOf(incidents, now).map(({ title, members }) => (
        <tbody key={title}>
          <tr className="o-group">
            <th scope="rowgroup" colSpan={8}>
              {title} <span>{members.length}</span>
            </th>
          </tr>
          {members.map((incident) => (
            <Row key={incident.id} incident={incident} now={now} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({ incident, now }: { incident: IncidentSummary; now: UnixSeconds }) {
  const { id, title, severity, status, services, startedAt, mitigatedAt, worst, commander, needsRetrospective, falsePositive } =
    incident
  return (
    <tr>
      <th scope="row">
        <Link href={`/incidents/${id}`}>{title}</Link>
        <span>
          {incidentName(id)}
          {falsePositive ? ', false positive' : ''}
          {needsRetrospective && !isOpen(status) ? ', needs a retrospective' : ''}
        </span>
      </th>
      <td>
        <SeverityTag severity={severity} />
      </td>
      <td>
        <IncidentStatusMark status={status} />
      </td>
      <td className="i-services">{services.map(({ name }) => name).join(', ') || 'not named yet'}</td>
      <td className="i-began">{whenText(startedAt, now)}</td>
      <td className="num">
        <span className="i-word">lasted </span>
        {spanText((mitigatedAt ?? now) - startedAt)}
        {mitigatedAt === null ? ' so far' : ''}
      </td>
      <td className="num" title={worst ? worst.name : undefined}>
        {shareText(worst?.share ?? null)}
        <span className="i-word"> of a budget</span>
      </td>
      <td className="i-commander">{commander?.name ?? 'nobody'}</td>
    </tr>
  )
}

function groupsOf(incidents: IncidentSummary[], now: UnixSeconds): { title: string; members: IncidentSummary[] }[] {
  const groups = new Map<string, IncidentSummary[]>()
  for (const incident of incidents) {
    const title = isOpen(incident.status) ? 'Open' : monthText(incident.startedAt, now)
    groups.set(title, [...(groups.get(title) ?? []), incident])
  }
  return [...groups].map(([title, members]) => ({ title, members }))
}
