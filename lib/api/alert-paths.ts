import { z } from 'zod'
import { EVENT_KINDS } from '../alert/alert'
import type { BackTests } from '../alert/reads-back-test'
import {
  ALERT_STATES,
  type AlertInfo,
  alertQuerySchema,
  assignmentSchema,
  backTestSchema,
  type PolicyDetail,
  type PolicyInfo,
  policyChangeSchema,
  policyInputSchema,
} from '../alert/schema'
import type { Mute } from '../alert/transition'
import { slugSchema } from '../slo/definition-input'
import type { UnixSeconds } from '../time-series/units'
import { get, write } from './operations'

const instant = z.iso.datetime()
const maybe = z.number().nullable()
const record = z.record(z.string(), z.unknown())
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

const policySchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    preset: z.boolean().meta({ description: 'comes with Headroom; copied, never changed' }),
    version: z.int(),
    settings: record,
    assignedTo: z.array(z.string()).meta({ description: 'default, tier:critical, service:checkout, slo:34' }),
    slos: z.int().meta({ description: 'how many SLOs it holds for now' }),
  })
  .meta({ id: 'AlertPolicy' })
const policyDetailSchema = policySchema
  .extend({
    leftOut: z.array(z.string()).meta({ description: 'pairs that can never fire for an SLO, in words' }),
    versions: z.array(z.object({ version: z.int(), at: instant, author: z.string(), changes: z.array(z.string()) })),
  })
  .meta({ id: 'AlertPolicyDetail' })
const policyListSchema = z.object({ items: z.array(policySchema) }).meta({ id: 'AlertPolicyList' })
const policySavedSchema = z.object({
  slug: z.string(),
  version: z.int(),
  warnings: z.array(z.string()).meta({ description: 'what was put right' }),
})

const muteSchema = z.object({
  because: z.enum(['dependency', 'page', 'maintenance']),
  alert: z.int().optional(),
  service: z.string().optional(),
  correction: z.int().optional(),
  until: instant.optional(),
})
const reading = z.object({ length: z.int(), good: z.number(), total: z.number(), burn: maybe })
const evidence = z
  .object({
    at: instant,
    target: z.number(),
    threshold: z.number(),
    budgetShare: z.number(),
    ...{ long: reading, short: reading },
    ...{ minFailures: z.number(), minEvents: z.number(), for: z.int(), keepFiring: z.int() },
    remaining: z.number(),
  })
  .meta({ description: 'everything the rule looked at' })
const alertSchema = z
  .object({
    id: z.int(),
    slo: z.int(),
    service: z.string(),
    severity: z.enum(['page', 'ticket']),
    long: z.int(),
    short: z.int(),
    state: z.enum(ALERT_STATES),
    pendingSince: instant,
    firedAt: instant.nullable(),
    heldAt: instant,
    resolvedAt: instant.nullable(),
    frozenSince: instant.nullable(),
    policy: z.string(),
    policyVersion: z.int(),
    muted: muteSchema.nullable(),
    peakBurn: maybe,
    incident: z.int().nullable(),
    evidence,
    endEvidence: evidence.nullable(),
    history: z.array(
      z.object({ at: instant, kind: z.enum(EVENT_KINDS), why: z.string().nullable(), muted: muteSchema.nullable() }),
    ),
  })
  .meta({ id: 'Alert' })
const alertListSchema = z.object({ items: z.array(alertSchema) }).meta({ id: 'AlertList' })

const score = z.object({ precision: maybe, recall: maybe })
const backTestsSchema = z
  .object({
    slo: z.int(),
    from: instant,
    to: instant,
    inForce: z.string(),
    notes: z.array(z.string()),
    results: z.array(
      z.object({
        policy: z.string(),
        version: z.int(),
        pairs: z.array(z.string()),
        basis: z.enum(['incidents', 'significance']).meta({ description: 'what alerts were judged against' }),
        ...{ all: score, pages: score },
        detectionSeconds: maybe,
        resetSeconds: maybe,
        alerts: z.array(
          z.object({
            ...{ severity: z.enum(['page', 'ticket']), long: z.int(), from: instant, to: instant.nullable() },
            ...{ burned: z.number(), detectionSeconds: maybe, resetSeconds: maybe, significant: z.boolean() },
          }),
        ),
        events: z.array(
          z.object({
            ...{ from: instant, to: instant, share: z.number(), incident: z.int().nullable(), detectionSeconds: maybe },
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'BackTest' })

export const policyOf = ({ slug, name, description, preset, version, settings, uses, slos }: PolicyInfo) => ({
  ...{ slug, name, description, preset, version, settings },
  ...{ assignedTo: uses.map(({ scope }) => scope), slos },
})
export const policyDetailOf = (detail: PolicyDetail) => ({
  ...policyOf(detail),
  leftOut: detail.leftOut.map(({ sentence }) => sentence),
  versions: detail.versions.map(({ at, ...version }) => ({ ...version, at: iso(at) })),
})

function muteOf(mute: Mute | null): z.infer<typeof muteSchema> | null {
  if (mute === null) return null
  if (mute.because === 'maintenance') return { because: mute.because, correction: mute.correctionId, until: iso(mute.until) }
  return { because: mute.because, alert: mute.alertId, ...(mute.because === 'dependency' && { service: mute.service }) }
}

const evidenceOf = (seen: AlertInfo['evidence']): z.infer<typeof evidence> => ({ ...seen, at: iso(seen.at) })

export const alertOf = (alert: AlertInfo): z.infer<typeof alertSchema> => ({
  ...{ id: alert.id, slo: alert.slo.id, service: alert.service.slug, severity: alert.severity },
  ...{ long: alert.long, short: alert.short, state: alert.state, pendingSince: iso(alert.pendingSince) },
  ...{ firedAt: isoOrNull(alert.firedAt), heldAt: iso(alert.heldAt), resolvedAt: isoOrNull(alert.resolvedAt) },
  ...{ frozenSince: isoOrNull(alert.frozenSince), policy: alert.policy.name, policyVersion: alert.policy.version },
  ...{ muted: muteOf(alert.muted), peakBurn: alert.peakBurn, incident: alert.incident?.id ?? null },
  evidence: evidenceOf(alert.evidence),
  endEvidence: alert.endEvidence && evidenceOf(alert.endEvidence),
  history: alert.events.map(({ at, kind, why, mute }) => ({ at: iso(at), kind, why, muted: muteOf(mute) })),
})

export const backTestsOf = ({ slo, from, to, inForce, notes, results }: BackTests): z.infer<typeof backTestsSchema> => ({
  ...{ slo: slo.id, from: iso(from), to: iso(to), inForce, notes },
  results: results.map(({ policy, pairs, basis, all, pages, detection, reset, alerts, events }) => ({
    ...{ policy: policy.slug, version: policy.version, pairs, basis, all, pages },
    ...{ detectionSeconds: detection, resetSeconds: reset },
    alerts: alerts.map(({ from: start, to: end, detection: found, reset: cleared, ...alert }) => ({
      ...{ ...alert, from: iso(start), to: isoOrNull(end), detectionSeconds: found, resetSeconds: cleared },
    })),
    events: events.map(({ from: start, to: end, share, incidentId, detection: found }) => ({
      ...{ from: iso(start), to: iso(end), share, incident: incidentId, detectionSeconds: found },
    })),
  })),
})

export const previewQuerySchema = z.object({
  alertPolicy: slugSchema.optional().meta({ description: 'look at its alerts under this policy instead' }),
})
export const versionQuerySchema = z.object({
  version: z.coerce.number({ error: 'Say which version is meant: ?version=1.' }).int().positive(),
})

const path = z.object({ slug: z.string().meta({ description: 'slug of the policy' }) })

export const alertPaths = {
  '/api/v1/alert-policies': {
    ...get('listAlertPolicies', 'When to alert: presets and own policies, and where each holds', policyListSchema),
    post: write('createAlertPolicy', 'Write a policy; it holds nowhere until it is assigned', {
      ...{ body: policyInputSchema, answer: policySavedSchema, status: 201 },
    }),
  },
  '/api/v1/alert-policies/{slug}': {
    ...get('getAlertPolicy', 'One policy with its versions', policyDetailSchema, { path }),
    put: write('changeAlertPolicy', 'Save a new version', {
      ...{ body: policyChangeSchema, answer: policySavedSchema, params: { path } },
    }),
    delete: write('deleteAlertPolicy', 'Delete a policy that holds nowhere', {
      answer: z.object({ slug: z.string() }),
      params: { path, query: z.object({ version: z.int() }) },
    }),
  },
  '/api/v1/alert-policy-assignments': {
    put: write('assignAlertPolicy', 'Say which policy holds where; null takes it back', {
      ...{ body: assignmentSchema, answer: assignmentSchema },
    }),
  },
  '/api/v1/alerts': get(
    'listAlerts',
    'Alerts with why they fired and what became of them; firing first, then the newest',
    alertListSchema,
    {
      query: alertQuerySchema,
    },
  ),
  '/api/v1/slos/{id}/back-test': {
    post: write('backTestSlo', 'What alert policies would have told of an SLO’s past', {
      ...{ body: backTestSchema, answer: backTestsSchema },
      params: { path: z.object({ id: z.int().meta({ description: 'number of the SLO' }) }) },
    }),
  },
}
