import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { IncidentView } from '@/lib/incident/incident'
import { isOpen } from '@/lib/incident/lifecycle'
import { RETROSPECTIVE_ABOVE } from '@/lib/incident/retrospective-rule'

type Props = { incident: IncidentView; message: string; onEdit: () => void }

/** What stands in the way, and what can be done about it. */
export function IncidentNotices({ incident, message, onEdit }: Props) {
  const { services, unknown, may, needsRetrospective, missing, status, id, correction, worst, falsePositive } = incident
  return (
    <>
      {message ? <Notice tone="critical">{message}</Notice> : null}
      {services.length === 0 ? (
        <Notice
          action={
            may.run ? (
              <button type="button" onClick={onEdit}>
                Name the service
              </button>
            ) : null
          }
        >
          {unknown.length > 0
            ? `The alert is about ${unknown.join(', ')}, which Headroom does not know. No budget is charged until a service is named.`
            : 'Nobody said which service this is about. No budget is charged until one is named.'}
        </Notice>
      ) : null}
      {needsRetrospective && !isOpen(status) && missing.length > 0 ? (
        <Notice action={<Link href={`/incidents/${id}/retrospective`}>Read it</Link>}>
          {(worst?.share ?? 0) > RETROSPECTIVE_ABOVE
            ? `It spent more than ${RETROSPECTIVE_ABOVE * 100} % of a budget`
            : 'What it cost is not known'}
          : before it is reviewed it needs {missing.join(', ')}.
        </Notice>
      ) : null}
      {correction ? (
        <Notice tone="info" action={<Link href={`/corrections?shown=${correction.id}`}>Show it</Link>}>
          {falsePositive ? 'False positive' : 'No false positive'}: exclusion #{correction.id} is {correction.status}.
        </Notice>
      ) : null}
    </>
  )
}
