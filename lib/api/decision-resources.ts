import { z } from 'zod'
import { alternativeText } from '../decision/alternative'
import { conditionSchema } from '../decision/condition'
import type { ReleaseDecision } from '../decision/decision'
import { REQUEST_STATUSES } from '../decision/lifecycle'
import type { RequestRow } from '../decision/reads'
import type { RequestDetail } from '../decision/reads-request'
import type { WaiverInfo } from '../decision/reads-waivers'
import { WAIVER_STATUSES } from '../decision/waiver'
import { plain } from '../decision/words'
import { APPROVER_ROLES, CHANGE_TYPES, DECISIONS, RISKS } from '../release/vocabulary'
import { SLO_STATES } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'

const instant = z.iso.datetime()
const maybe = instant.nullable()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOr = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

const valueSchema = z.union([z.number(), z.string(), z.null()])
const ruleSchema = z.object({
  rule: z.string(),
  effect: z.enum(['passes', 'asks', 'lifts']),
  decision: z.enum(DECISIONS).nullable(),
  sentence: z.string(),
  inputs: z
    .array(z.object({ name: z.string(), value: valueSchema, than: z.tuple([z.string(), valueSchema]).optional() }))
    .meta({ description: 'what was compared, unrounded' }),
})
export const decisionSchema = z
  .object({
    decision: z.enum(DECISIONS),
    rationale: z.array(z.string()),
    rules: z.array(ruleSchema),
    conditions: z.array(conditionSchema).meta({ description: 'proposed to whoever approves' }),
    alternatives: z.array(z.string()),
    approvers: z.array(z.enum(APPROVER_ROLES)).meta({ description: 'whose word a review needs' }),
    policy: z.object({
      ...{ slug: z.string(), name: z.string(), version: z.int() },
      unreachable: z.object({ portal: z.enum(['open', 'closed']), data: z.enum(['review', 'block']) }),
    }),
    slos: z.array(z.object({ id: z.int(), name: z.string(), state: z.enum(SLO_STATES), remaining: z.number() })),
    computedAt: instant,
    dataAt: maybe,
    validUntil: instant,
  })
  .meta({ id: 'ReleaseDecision' })

export const decisionOf = ({
  alternatives,
  slos,
  rationale,
  policy,
  ...decision
}: ReleaseDecision): z.infer<typeof decisionSchema> => ({
  decision: decision.decision,
  rationale: rationale.map(plain),
  rules: decision.rules,
  conditions: decision.conditions,
  alternatives: alternatives.map((one) => alternativeText(one, decision.computedAt)),
  approvers: decision.approvers,
  policy,
  slos: slos.map(({ id, name, state, remaining }) => ({ id, name, state, remaining })),
  ...{ computedAt: iso(decision.computedAt), dataAt: isoOr(decision.dataAt), validUntil: iso(decision.validUntil) },
})

const row = {
  id: z.int(),
  revision: z.int(),
  service: z.string(),
  version: z.string(),
  changeType: z.enum(CHANGE_TYPES),
  risk: z.enum(RISKS),
  description: z.string(),
  status: z.enum(REQUEST_STATUSES),
  decision: z.enum(DECISIONS).nullable(),
  requestedBy: z.string(),
  requestedAt: instant,
  plannedAt: maybe,
  validUntil: maybe,
  endReason: z.string(),
  missing: z.array(z.enum(APPROVER_ROLES)),
}
const rowSchema = z.object(row).meta({ id: 'ReleaseRequestRow' })
export const requestListSchema = z
  .object({ items: z.array(rowSchema), next: z.int().nullable().meta({ description: 'before of the next page' }) })
  .meta({ id: 'ReleaseRequestList' })
export const requestSchema = z
  .object({
    ...row,
    links: z.array(z.string()),
    rollbackPlan: z.string(),
    evaluation: decisionSchema.nullable(),
    approvals: z.array(
      z.object({
        role: z.enum(APPROVER_ROLES),
        by: z.string(),
        approves: z.boolean(),
        note: z.string(),
        at: instant,
        void: z.boolean(),
      }),
    ),
    conditions: z.array(
      z.object({ id: z.int(), condition: conditionSchema, setBy: z.string(), doneAt: maybe, doneBy: z.string().nullable() }),
    ),
    costs: z
      .array(z.object({ slo: z.int(), gating: z.boolean(), hour: z.number().nullable(), day: z.number().nullable() }))
      .meta({ description: 'share of the budget beyond what went before the release' }),
    release: z.object({ id: z.int(), at: instant }).nullable(),
  })
  .meta({ id: 'ReleaseRequest' })

export const requestRowOf = (found: RequestRow): z.infer<typeof rowSchema> => {
  const { id, revision, service, version, changeType, risk, description, status, decision, requestedBy, endReason, missing } =
    found
  return {
    ...{
      id,
      revision,
      service: service.slug,
      version,
      changeType,
      risk,
      description,
      status,
      decision,
      requestedBy,
      endReason,
      missing,
    },
    ...{ requestedAt: iso(found.requestedAt), plannedAt: isoOr(found.plannedAt), validUntil: isoOr(found.validUntil) },
  }
}

export const requestOf = (found: RequestDetail): z.infer<typeof requestSchema> => ({
  ...requestRowOf(found),
  ...{ links: found.links, rollbackPlan: found.rollbackPlan },
  evaluation: found.evaluation && decisionOf(found.evaluation),
  approvals: found.approvals.map(({ role, by, approves, note, at, void: over }) => ({
    role,
    by,
    approves,
    note,
    at: iso(at),
    void: over,
  })),
  conditions: found.conditions.map(({ doneAt, ...one }) => ({ ...one, doneAt: isoOr(doneAt) })),
  costs: found.costs.map(({ slo, gating, hour, day }) => ({ slo: slo.id, gating, hour, day })),
  release: found.release && { id: found.release.id, at: iso(found.release.at) },
})

export const waiverSchema = z
  .object({
    id: z.int(),
    revision: z.int(),
    service: z.string(),
    request: z.int().nullable(),
    reason: z.string(),
    status: z.enum(WAIVER_STATUSES),
    until: instant,
    budgetLimit: z.number(),
    spent: z.number(),
    askedBy: z.string(),
    askedAt: instant,
    activeFrom: maybe,
    endedAt: maybe,
    endReason: z.string(),
    reviewedAt: maybe,
    signatures: z.array(z.object({ by: z.string(), role: z.string(), grants: z.boolean(), note: z.string(), at: instant })),
    missing: z.int().meta({ description: 'signatures that it still takes' }),
    repeats: z.int().meta({ description: 'others that were in force for the service in the 90 days before' }),
  })
  .meta({ id: 'Waiver' })

export const waiverOf = ({
  service,
  untilTs,
  askedAt,
  activeFrom,
  endedAt,
  reviewedAt,
  signatures,
  may: _,
  spentSlo: __,
  ...rest
}: WaiverInfo): z.infer<typeof waiverSchema> => ({
  ...rest,
  service: service.slug,
  ...{
    until: iso(untilTs),
    askedAt: iso(askedAt),
    activeFrom: isoOr(activeFrom),
    endedAt: isoOr(endedAt),
    reviewedAt: isoOr(reviewedAt),
  },
  signatures: signatures.map(({ at, ...signature }) => ({ ...signature, at: iso(at) })),
})
