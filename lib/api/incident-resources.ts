import { z } from 'zod'
import type { IncidentSummary, IncidentView, SloCost } from '../incident/incident'
import { INCIDENT_STATUSES } from '../incident/lifecycle'
import { SEVERITIES } from '../incident/severity'
import { sloIdSchema } from '../slo/schema'
import { toUnix, type UnixSeconds } from '../time-series/units'

/** Incidents in the public API. */

const instant = z.iso.datetime()
const reached = instant.nullable()
const person = z.object({ id: z.string(), name: z.string() }).nullable()

export const incidentSummarySchema = z
  .object({
    id: z.int(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(INCIDENT_STATUSES),
    origin: z.enum(['alert', 'person', 'webhook']),
    startedAt: instant,
    detectedAt: instant,
    acknowledgedAt: reached,
    mitigatedAt: reached.meta({ description: 'when the harm ended' }),
    resolvedAt: reached,
    reviewedAt: reached,
    services: z.array(z.string()).meta({ description: 'slugs' }),
    commander: person,
    worst: z.object({ slo: z.int(), share: z.number() }).nullable().meta({ description: 'the budget that was hit hardest' }),
    needsRetrospective: z.boolean(),
    falsePositive: z.boolean(),
  })
  .meta({ id: 'IncidentSummary' })

const costSchema = z.object({
  slo: z.int(),
  name: z.string(),
  share: z.number().nullable().meta({ description: 'of the whole budget of the SLO, as it stands now' }),
  bad: z.number().nullable(),
  minutes: z.number().nullable().meta({ description: 'bad minutes; of events an equivalent' }),
  unit: z.enum(['events', 'slices']).nullable(),
  final: z.boolean().meta({ description: 'the incident was resolved: only a correction changes it' }),
  whenResolved: z
    .object({ share: z.number(), corrections: z.array(z.int()) })
    .nullable()
    .meta({ description: 'where a correction changed it since' }),
})

export const incidentSchema = incidentSummarySchema
  .extend({
    version: z.int(),
    summary: z.string(),
    openedBy: z.string(),
    costs: z.array(costSchema),
    impacts: z.array(z.object({ id: z.int(), slo: z.int(), from: instant, to: reached, claimedBy: z.string().nullable() })),
    alerts: z.array(
      z.object({ id: z.int(), slo: z.int(), severity: z.string(), state: z.string(), firedAt: instant, resolvedAt: reached }),
    ),
    incoming: z.array(z.object({ title: z.string(), status: z.string(), startsAt: instant, endsAt: reached, note: z.string() })),
    suspectedRelease: z.object({ id: z.int(), service: z.string(), version: z.string(), releasedAt: instant }).nullable(),
    rootCause: z.string(),
    contributing: z.array(z.string()),
    wentWell: z.string(),
    wentBadly: z.string(),
    retrospectiveAt: reached,
    missing: z.array(z.string()).meta({ description: 'what the retrospective lacks' }),
    actions: z.array(
      z.object({
        id: z.int(),
        version: z.int(),
        title: z.string(),
        owner: person,
        dueOn: z.string().nullable(),
        doneAt: reached,
      }),
    ),
    correction: z.int().nullable().meta({ description: 'number of the exclusion that was asked for' }),
    timeline: z.array(z.object({ at: instant, kind: z.string(), text: z.string(), author: z.string() })),
  })
  .meta({ id: 'Incident' })

const bound = instant.transform((text) => toUnix(new Date(text))).optional()
export const incidentQuerySchema = z.object({
  status: z.enum(['open', ...INCIDENT_STATUSES], { error: `The status is open, ${INCIDENT_STATUSES.join(', ')}.` }).optional(),
  severity: z.enum(SEVERITIES, { error: `The severity is ${SEVERITIES.join(', ')}.` }).optional(),
  service: z.string().max(60).optional().meta({ description: 'slug' }),
  slo: sloIdSchema.optional(),
  from: bound.meta({ description: 'incidents whose harm lasted beyond this instant' }),
  to: bound.meta({ description: 'incidents that began before this instant' }),
})

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

export const incidentSummaryOf = (incident: IncidentSummary): z.infer<typeof incidentSummarySchema> => ({
  ...{ id: incident.id, title: incident.title, severity: incident.severity, status: incident.status, origin: incident.origin },
  startedAt: iso(incident.startedAt),
  detectedAt: iso(incident.detectedAt),
  acknowledgedAt: isoOrNull(incident.acknowledgedAt),
  mitigatedAt: isoOrNull(incident.mitigatedAt),
  resolvedAt: isoOrNull(incident.resolvedAt),
  reviewedAt: isoOrNull(incident.reviewedAt),
  services: incident.services.map(({ slug }) => slug),
  commander: incident.commander,
  worst: incident.worst && { slo: incident.worst.sloId, share: incident.worst.share },
  ...{ needsRetrospective: incident.needsRetrospective, falsePositive: incident.falsePositive },
})

const costOf = ({ sloId, name, figures, unit, final, resolved }: SloCost): z.infer<typeof costSchema> => ({
  ...{ slo: sloId, name, unit, final },
  ...{ share: figures?.share ?? null, bad: figures?.bad ?? null, minutes: figures?.minutes ?? null },
  whenResolved: resolved && { share: resolved.share, corrections: resolved.because },
})

export const incidentOf = (view: IncidentView): z.infer<typeof incidentSchema> => ({
  ...incidentSummaryOf(view),
  ...{ version: view.version, summary: view.summary, openedBy: view.openedBy },
  costs: view.costs.map(costOf),
  impacts: view.impacts.map(({ id, sloId, from, to, claimedBy }) => ({
    id,
    slo: sloId,
    from: iso(from),
    to: isoOrNull(to),
    claimedBy,
  })),
  alerts: view.alerts.map(({ id, sloId, severity, state, firedAt, resolvedAt }) => ({
    ...{ id, slo: sloId, severity, state, firedAt: iso(firedAt), resolvedAt: isoOrNull(resolvedAt) },
  })),
  incoming: view.incoming.map(({ title, status, startsAt, endsAt, note }) => ({
    ...{ title, status, startsAt: iso(startsAt), endsAt: isoOrNull(endsAt), note },
  })),
  suspectedRelease: view.suspected && {
    ...{ id: view.suspected.id, service: view.suspected.service, version: view.suspected.version },
    releasedAt: iso(view.suspected.releasedAt),
  },
  ...{ rootCause: view.rootCause, contributing: view.contributing, wentWell: view.wentWell, wentBadly: view.wentBadly },
  retrospectiveAt: isoOrNull(view.retrospectiveAt),
  missing: view.missing,
  actions: view.actions.map((action) => ({ ...action, doneAt: isoOrNull(action.doneAt) })),
  correction: view.correction?.id ?? null,
  timeline: view.events.map(({ at, kind, text, author }) => ({ at: iso(at), kind, text, author })),
})
