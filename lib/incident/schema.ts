import { z } from 'zod'
import { rowNumber } from '../row-number'
import { plainText, slugSchema } from '../slo/definition-input'
import { sloIdSchema } from '../slo/schema'
import { toUnix, type UnixSeconds } from '../time-series/units'
import { INCIDENT_VERBS } from './lifecycle'
import { SEVERITIES } from './severity'

/** What comes in about incidents. Instants are ISO 8601, and unix seconds once they are read. */

const instant = z.iso
  .datetime({ offset: true, error: 'Write the instant as a date and a time with a zone, for example 2026-07-15T12:00:00Z.' })
  .transform((text) => toUnix(new Date(text)))
const person = z.uuid({ error: 'Choose a person of the list.' }).nullable()

export const incidentIdSchema = rowNumber('an incident')
const title = plainText('a title', 200).min(1, { error: 'Say what happened, in a line.' })
const severity = z.enum(SEVERITIES, { error: 'Choose a severity: sev1, sev2, sev3 or sev4.' })
const text = (what: string) => plainText(what, 10_000)
const services = z.array(slugSchema).max(50, { error: 'Choose at most 50 services.' })
const slos = z.array(sloIdSchema).max(200, { error: 'Choose at most 200 SLOs.' })

export const newIncidentSchema = z
  .object({
    title,
    severity,
    summary: text('a summary').default(''),
    startedAt: instant,
    /** absent: now */
    detectedAt: instant.optional(),
    /** absent while the harm goes on */
    mitigatedAt: instant.optional(),
    services: services.default([]),
    slos: slos.default([]),
  })
  .refine((incident) => incident.services.length + incident.slos.length > 0, {
    path: ['services'],
    error: 'Choose at least one service or SLO.',
  })
export type NewIncident = z.output<typeof newIncidentSchema>

/** What is left out stays as it is. */
export const editBodySchema = z.object({
  version: z.number({ error: 'Say which version was changed.' }).int().positive(),
  title: title.optional(),
  severity: severity.optional(),
  summary: text('a summary').optional(),
  startedAt: instant.optional(),
  detectedAt: instant.optional(),
  acknowledgedAt: instant.nullable().optional(),
  mitigatedAt: instant.nullable().optional(),
  resolvedAt: instant.nullable().optional(),
  rootCause: text('the root cause').optional(),
  contributing: z
    .array(plainText('a factor', 500).min(1, { error: 'Write the factor, or remove it.' }))
    .max(20)
    .optional(),
  wentWell: text('what went well').optional(),
  wentBadly: text('what went badly').optional(),
  retrospectiveAt: instant.nullable().optional(),
  commander: person.optional(),
  suspectedRelease: rowNumber('a release').nullable().optional(),
  services: services.optional(),
  slos: slos.optional(),
})
export const editSchema = editBodySchema.extend({ id: incidentIdSchema })
export type IncidentEdit = z.output<typeof editSchema>

export const statusBodySchema = z.object({
  verb: z.enum(INCIDENT_VERBS, { error: `The verb is one of ${INCIDENT_VERBS.join(', ')}.` }),
  /** absent: now */
  at: instant.optional(),
  note: text('a note').default(''),
})
export const statusSchema = statusBodySchema.extend({ id: incidentIdSchema })

export const noteBodySchema = z.object({ text: text('a note').min(1, { error: 'Write the note.' }), at: instant.optional() })
export const noteSchema = noteBodySchema.extend({ id: incidentIdSchema })

const due = z.iso.date({ error: 'Write the date as year, month and day, for example 2026-07-15.' }).nullable()
const actionTitle = plainText('what is to be done', 300).min(1, { error: 'Write what is to be done.' })
export const newActionBodySchema = z.object({ title: actionTitle, owner: person.default(null), dueOn: due.default(null) })
export const newActionSchema = newActionBodySchema.extend({ id: incidentIdSchema })
export const actionChangeBodySchema = z.object({
  action: rowNumber('an action item'),
  version: z.number({ error: 'Say which version was changed.' }).int().positive(),
  title: actionTitle.optional(),
  owner: person.optional(),
  dueOn: due.optional(),
  done: z.boolean().optional(),
})
export const actionChangeSchema = actionChangeBodySchema.extend({ id: incidentIdSchema })

export const claimBodySchema = z.object({ slo: sloIdSchema, from: instant, to: instant })

export const takeBackSchema = z.object({ id: incidentIdSchema, impact: rowNumber('a stretch') })

export const falsePositiveBodySchema = z.object({
  reason: plainText('a reason', 900).min(1, { error: 'Say why it was none: whoever decides needs it.' }),
})
export const falsePositiveSchema = falsePositiveBodySchema.extend({ id: incidentIdSchema })

/** Lines of the timeline, by what they are about. */
export type EventKind =
  | 'opened'
  | 'status'
  | 'note'
  | 'alert'
  | 'impact'
  | 'severity'
  | 'commander'
  | 'cost'
  | 'release'
  | 'webhook'
  | 'action'
  | 'correction'
  | 'edited'

export type Event = { at: UnixSeconds; kind: EventKind; text: string; detail?: unknown }
