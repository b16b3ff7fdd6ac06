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

/** What there is to tell when such an incident is opened or resolved at `at`. */
export function incidentNotice(incident: ToldIncident, event: 'incident.opened' | 'incident.resolved', at: UnixSeconds): Notice {
  const { id, title, summary, severity, version, startedAt, by, services } = incident
  const opened = event === 'incident.opened'
  const about = services.length === 0 ? 'No service is named yet.' : `About ${services.map(({ name }) => name).join(', ')}.`
  return {
    key: `incident:${id}:${opened ? 'opened' : `resolved:${version}`}`,
    event,
    severity: severity === 'sev1' || severity === 'sev2' ? 'page' : 'ticket',
    at,
    subject: `${opened ? '' : 'Resolved: '}${SEVERITY_WORDS[severity].name} ${incidentName(id)}: ${title}`,
    body: [`${opened ? 'Opened' : 'Resolved'} by ${by}. ${about}`, ...(opened && summary !== '' ? [summary] : [])],
    path: `/incidents/${id}`,
    ...{ service: services[0] ?? null, services, slo: null, incidentId: id, startsAt: startedAt, endsAt: opened ? null : at },
    facts: { severity, status: opened ? 'open' : 'resolved' },
  }
}
