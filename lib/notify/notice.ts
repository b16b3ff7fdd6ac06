import { z } from 'zod'

const serviceSchema = z.object({ slug: z.string(), name: z.string(), tier: z.string(), team: z.string() })
const sloSchema = z.object({ id: z.number().int(), slug: z.string(), name: z.string() })
const severitySchema = z.enum(['page', 'ticket'])

export const NOTICE_EVENTS = [
  ...(['alert.fired', 'alert.resolved'] as const),
  ...(['incident.opened', 'incident.reopened', 'incident.resolved'] as const),
  ...(['release.decided', 'release.approved', 'release.refused', 'release.ended'] as const),
  ...(['waiver.asked', 'waiver.granted', 'waiver.refused', 'waiver.ended'] as const),
  'report.ready',
  'test',
] as const

/** What there is to tell, whoever is told and however. Instants are unix seconds. */
export const noticeSchema = z.object({
  /** one change of state has one key; the same key again is the same notice */
  key: z.string().min(1),
  event: z.enum(NOTICE_EVENTS),
  severity: severitySchema,
  at: z.number().int(),
  /** one line: the subject of a mail, the headline of a message */
  subject: z.string().min(1),
  /** sentences, one per paragraph */
  body: z.array(z.string()),
  /** path of the page that shows it, for example /incidents/12 */
  path: z.string(),
  service: serviceSchema.nullable(),
  /** all that are hit, when there may be several: a route that takes one of them takes the notice */
  services: z.array(serviceSchema).optional(),
  slo: sloSchema.nullable(),
  incidentId: z.number().int().nullable(),
  /** of an alert: when it fired and when it ended */
  startsAt: z.number().int().nullable(),
  endsAt: z.number().int().nullable(),
  /** of an end: as whom else this channel heard of it before an edit; written by the outbox */
  alsoHeard: z
    .array(z.object({ severity: severitySchema, service: serviceSchema.nullable(), slo: sloSchema.nullable() }))
    .optional(),
  /** people whom it concerns by name: an e-mail channel that is told to writes to them as well */
  recipients: z.array(z.string()).optional(),
  /** what programs want to know: burn, remaining … */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type Notice = z.infer<typeof noticeSchema>
