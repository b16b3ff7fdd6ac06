import type { Notice } from '../notify/notice'
import type { UnixSeconds } from '../time-series/units'
import { SEVERITY_WORDS, type Severity } from './severity'
import { incidentName } from './words'

/** An incident that no alert of Headroom's tells people about: opened by hand, or by another program. */
export type ToldIncident = {
  id: number
  title: string
  summary: string
  severity: Severity
  /** changes with every change of state, so that reopening is told again */
  version: number
  startedAt: UnixSeconds
  /** who opened or resolved it */
  by: string
  /** the most important one first */
  services: NonNullable<Notice['services']>
}

export type IncidentEvent = Extract<Notice['event'], `incident.${string}`>

/** The key of a beginning names its incident, those of what may come again the version as well. */
const EVENTS: Record<IncidentEvent, { word: string; before: string; key: (version: number) => string }> = {
  'incident.opened': { word: 'Opened', before: '', key: () => 'opened' },
  'incident.reopened': { word: 'Reopened', before: 'Reopened: ', key: (version) => `reopened:${version}` },
  'incident.resolved': { word: 'Resolved', before: 'Resolved: ', key: (version) => `resolved:${version}` },
}

/** What there is to tell when such an incident is opened, reopened or resolved at `at`. */
export function incidentNotice(incident: ToldIncident, event: IncidentEvent, at: UnixSeconds): Notice {
  const { id, title, summary, severity, version, startedAt, by, services } = incident
  const { word, before, key } = EVENTS[event]
  const ended = event === 'incident.resolved'
  const about = services.length === 0 ? 'No service is named yet.' : `About ${services.map(({ name }) => name).join(', ')}.`
  return {
    key: `incident:${id}:${key(version)}`,
    event,
    severity: severity === 'sev1' || severity === 'sev2' ? 'page' : 'ticket',
    at,
    subject: `${before}${SEVERITY_WORDS[severity].name} ${incidentName(id)}: ${title}`,
    body: [`${word} by ${by}. ${about}`, ...(!ended && summary !== '' ? [summary] : [])],
    path: `/incidents/${id}`,
    ...{ service: services[0] ?? null, services, slo: null, incidentId: id, startsAt: startedAt, endsAt: ended ? at : null },
    facts: { severity, status: ended ? 'resolved' : 'open' },
  }
}
