import { z } from 'zod'
import { INCIDENT_STATUSES } from '../incident/lifecycle'
import { SEVERITIES } from '../incident/severity'
import type { Outlook } from '../slo/outlook'
import { SLO_STATES } from '../slo/state'
import { PARTS } from './part'

/** Everything a meeting shows, as it stood when it began. Instants are unix seconds, ratios 0..1, burn is ×. */

const instant = z.number().int()
const maybe = z.number().nullable()
const named = z.object({ slug: z.string(), name: z.string() })

const frozenSloSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  service: named,
  target: z.number(),
  /** "30 d", "month" */
  window: z.string(),
  state: z.enum(SLO_STATES),
  since: instant,
  /** at the last review; null: none looked at it */
  before: z.enum(SLO_STATES).nullable(),
  sli: maybe,
  remaining: maybe,
  remainingThen: maybe,
  burn: z.object({ h1: maybe, h6: maybe, h24: maybe }),
  pace: maybe,
  alert: z.enum(['page', 'ticket']).nullable(),
  outlook: z.custom<Outlook>(),
})
export type FrozenSlo = z.output<typeof frozenSloSchema>

const spentLineSchema = z.object({ label: z.string(), detail: z.string(), tenths: z.number().int() })
export type SpentLine = z.output<typeof spentLineSchema>

const evidenceSchema = z.object({
  /** budget left at `from`, `from + step` …; null: not known */
  line: z.object({ from: instant, step: z.number().int().positive(), points: z.array(maybe) }),
  marks: z.array(
    z.object({ kind: z.enum(['incident', 'release', 'dependency']), label: z.string(), from: instant, to: instant }),
  ),
  /** tenths of a percent of the budget; they add up to the difference of what is shown */
  spent: z.object({ lines: z.array(spentLineSchema), total: z.number().int(), was: maybe }),
  explain: z.object({ good: z.number(), total: z.number(), credit: z.number() }).nullable(),
})
export type Evidence = z.output<typeof evidenceSchema>

const frozenIncidentSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  status: z.enum(INCIDENT_STATUSES),
  startedAt: instant,
  mitigatedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  services: z.array(named),
  commander: z.string().nullable(),
  worst: z.object({ name: z.string(), share: z.number() }).nullable(),
  summary: z.string(),
  rootCause: z.string(),
  suspected: z.string().nullable(),
  needsRetrospective: z.boolean(),
  retrospectiveAt: instant.nullable(),
  actions: z.object({ open: z.number().int(), all: z.number().int() }),
})
export type FrozenIncident = z.output<typeof frozenIncidentSchema>

const frozenActionSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  owner: z.string().nullable(),
  /** 2026-07-15 */
  dueOn: z.string().nullable(),
  late: z.boolean(),
  /** "INC-3" or "review of 8 Jul" */
  from: z.string(),
  service: named.nullable(),
})
export type FrozenAction = z.output<typeof frozenActionSchema>

const frozenRequestSchema = z.object({
  id: z.number().int(),
  service: named,
  version: z.string(),
  /** refused, blocked, deferred, waits */
  outcome: z.enum(['refused', 'blocked', 'deferred', 'waits']),
  at: instant,
  by: z.string(),
  because: z.string(),
})
export type FrozenRequest = z.output<typeof frozenRequestSchema>

const frozenWaiverSchema = z.object({
  id: z.number().int(),
  service: named,
  status: z.string(),
  reason: z.string(),
  askedBy: z.string(),
  until: instant,
  spent: z.number(),
  limit: z.number(),
  repeats: z.number().int(),
})
export type FrozenWaiver = z.output<typeof frozenWaiverSchema>

const AGENDA_KINDS = ['actions', 'slo', 'rest', 'incident', 'quiet', 'releases', 'waivers', 'close'] as const
const agendaItemSchema = z.object({
  /** slo:12, incident:4, actions … */
  key: z.string(),
  part: z.enum(PARTS),
  kind: z.enum(AGENDA_KINDS),
  /** of the SLO or the incident */
  id: z.number().int().nullable(),
  title: z.string(),
  /** why it is on the agenda, in a few words */
  reason: z.string(),
})
export type AgendaItem = z.output<typeof agendaItemSchema>

export const snapshotSchema = z.object({
  format: z.literal(1),
  /** newest evaluation of what is shown */
  asOf: instant,
  takenAt: instant,
  /** the last review, or one round back */
  since: instant,
  /** number of the last review; null: this is the first */
  last: z.number().int().nullable(),
  cycle: z.object({ name: z.string(), scope: z.enum(['team', 'service']), of: named }),
  occurrence: instant,
  /** when open actions are to be done unless somebody says otherwise */
  next: instant.nullable(),
  timeZone: z.string(),
  checklist: z.array(z.string()),
  services: z.array(named.extend({ id: z.number().int(), owner: z.object({ id: z.string(), name: z.string() }).nullable() })),
  slos: z.array(frozenSloSchema),
  evidence: z.record(z.string(), evidenceSchema),
  incidents: z.array(frozenIncidentSchema),
  actions: z.array(frozenActionSchema),
  requests: z.array(frozenRequestSchema),
  waivers: z.array(frozenWaiverSchema),
  items: z.array(agendaItemSchema),
})
export type Snapshot = z.output<typeof snapshotSchema>
