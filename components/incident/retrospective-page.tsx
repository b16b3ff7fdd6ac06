import type { ReactNode } from 'react'
import { PrintButton } from '@/components/service/print-button'
import { Link } from '@/components/ui/link'
import { instantText } from '@/lib/format-time'
import type { IncidentChart } from '@/lib/incident/chart'
import type { IncidentView } from '@/lib/incident/incident'
import { SEVERITY_WORDS } from '@/lib/incident/severity'
import { INCIDENT_STATUS_WORDS, incidentName } from '@/lib/incident/words'
import type { UnixSeconds } from '@/lib/time-series/units'
import { CostPanel } from './cost-panel'
import { IncidentStats } from './incident-stats'
import { Timeline } from './timeline'
import { TimelineChart } from './timeline-chart'

type Props = { incident: IncidentView; chart: IncidentChart | null; now: UnixSeconds }

/** A document to read from top to bottom, on a screen and on paper. */
export function RetrospectivePage({ incident, chart, now }: Props) {
  const { id, title, summary, severity, status, services, commander, suspected, retrospectiveAt, actions } = incident
  return (
    <article className="spec i-retro">
      <header>
        <h2>
          {incidentName(id)}: {title}
        </h2>
        <p className="spec-asof">
          {SEVERITY_WORDS[severity].name}, {INCIDENT_STATUS_WORDS[status].toLowerCase()}. About{' '}
          {services.map(({ name }) => name).join(', ') || 'no service that was named'}. Commander: {commander?.name ?? 'nobody'}.{' '}
          {retrospectiveAt === null
            ? 'The retrospective is not held yet.'
            : `Retrospective held ${instantText(retrospectiveAt, now)} UTC.`}
        </p>
        <div className="spec-do">
          <a className="btn btn-sm" href={`/api/v1/incidents/${id}/retrospective.md`}>
            Markdown
          </a>
          <PrintButton />
        </div>
      </header>
      {summary ? <Text>{summary}</Text> : null}
      <Section title="How it went">
        {chart ? <TimelineChart incident={incident} chart={chart} now={now} /> : <p>No SLO is named, so there is no chart.</p>}
        <IncidentStats incident={incident} now={now} />
        {suspected ? (
          <p>
            Suspected release: {suspected.service} {suspected.version}, {instantText(suspected.releasedAt, now)} UTC.
          </p>
        ) : null}
      </Section>
      <CostPanel incident={incident} />
      <Section title="Root cause">
        <Text>{incident.rootCause || 'Not written yet.'}</Text>
      </Section>
      {incident.contributing.length > 0 ? (
        <Section title="Contributing factors">
          <ul className="i-list">
            {incident.contributing.map((factor) => (
              <li key={factor}>{factor}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="What went well">
        <Text>{incident.wentWell || 'Not written yet.'}</Text>
      </Section>
      <Section title="What went badly">
        <Text>{incident.wentBadly || 'Not written yet.'}</Text>
      </Section>
      <Section title="Action items">
        {actions.length === 0 ? <p>None yet.</p> : null}
        <ul className="i-list">
          {actions.map(({ id: action, title: what, owner, dueOn, doneAt }) => (
            <li key={action}>
              {doneAt === null ? 'Open' : 'Done'}: {what} ({owner?.name ?? 'nobody'}
              {dueOn ? `, due ${dueOn}` : ''})
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Timeline">
        <Timeline events={incident.events} now={now} />
      </Section>
      <p className="spec-back">
        <Link href={`/incidents/${id}`}>To the incident</Link>
      </p>
    </article>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3>{title}</h3>
    {children}
  </section>
)

const Text = ({ children }: { children: string }) => <p className="i-text">{children}</p>
