import { SeverityTag } from '@/components/incident/marks'
import { spentText } from '@/lib/format'
import { instantText, whenText } from '@/lib/format-time'
import { isOpen } from '@/lib/incident/lifecycle'
import { SEVERITY_WORDS } from '@/lib/incident/severity'
import { INCIDENT_STATUS_WORDS, incidentName, spanText } from '@/lib/incident/words'
import type { FrozenIncident, Snapshot } from '@/lib/review/snapshot'

type Props = { snapshot: Snapshot; incident: FrozenIncident }

/** One incident: what it was, what it cost, and why it happened. */
export function IncidentScreen({ snapshot: { asOf, timeZone }, incident }: Props) {
  const { id, title, severity, status, services, startedAt, mitigatedAt, worst, summary, rootCause, suspected } = incident
  const when = (at: number) => instantText(at, asOf, timeZone)
  return (
    <>
      <p className="rv-service">
        {incidentName(id)} <span>{services.map(({ name }) => name).join(', ')}</span>
      </p>
      <div className="rv-title">
        <h2 className="rv-name">{title}</h2>
        <span className="rv-badges rv-severity">
          <SeverityTag severity={severity} />
          {INCIDENT_STATUS_WORDS[status]}
        </span>
      </div>
      <p className="rv-say">{summary || meaningOf(severity)}</p>
      <dl className="rv-facts">
        <div>
          <dt>{worst ? `of the budget of ${worst.name}` : 'of a budget'}</dt>
          <dd className="rv-cost">{worst ? `${spentText(worst.share)} %` : 'not known'}</dd>
        </div>
        <div>
          <dt>{isOpen(status) ? 'goes on for' : 'lasted'}</dt>
          <dd className="rv-cost">{spanText((mitigatedAt ?? asOf) - startedAt)}</dd>
        </div>
        <div>
          <dt>began</dt>
          <dd>{when(startedAt)}</dd>
        </div>
        <div>
          <dt>harm ended</dt>
          <dd>{mitigatedAt === null ? 'not yet' : whenText(mitigatedAt, asOf, timeZone)}</dd>
        </div>
        <div className="rv-long">
          <dt>root cause</dt>
          <dd>{rootCause || (suspected ? `Not written yet. Suspected: ${suspected}.` : 'Not written yet.')}</dd>
        </div>
      </dl>
    </>
  )
}

/** "People cannot do what they came for." */
function meaningOf(severity: FrozenIncident['severity']): string {
  const meaning = SEVERITY_WORDS[severity].meaning.split(': ').at(-1) ?? ''
  return `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`
}

/** How far learning from it has come. */
export function IncidentAside({ snapshot: { asOf, timeZone }, incident }: Props) {
  const { commander, retrospectiveAt, needsRetrospective, actions } = incident
  const held =
    retrospectiveAt === null
      ? needsRetrospective
        ? 'needed, not held'
        : 'not held'
      : `held ${whenText(retrospectiveAt, asOf, timeZone)}`
  return (
    <section className="rv-since">
      <h2>What was learned</h2>
      <ul className="rv-plain">
        <li>
          <span>Retrospective</span>
          <b>{held}</b>
        </li>
        <li>
          <span>Action items</span>
          <b>{actions.all === 0 ? 'none' : `${actions.open} of ${actions.all} open`}</b>
        </li>
        <li>
          <span>Commander</span>
          <b>{commander ?? 'nobody'}</b>
        </li>
      </ul>
    </section>
  )
}
