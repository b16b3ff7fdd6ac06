import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import type { Prisma } from '../lib/db/generated/client'
import { decide } from '../lib/decision/decide'
import type { ReleaseDecision } from '../lib/decision/decision'
import { plain } from '../lib/decision/words'
import { chance, keyOf } from '../lib/demo/chance'
import { riskOfRelease } from '../lib/demo/decisions'
import { UNASSIGNED_POLICY } from '../lib/policy/presets'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../lib/time-series/units'

const PIPELINE = 'deploy pipeline'
const asJson = (value: unknown) => value as Prisma.InputJsonValue

/** What was asked and decided before the releases of the demo. Made once; what they cost is measured, not made up. */
export async function seedDecisions(tx: Transaction, anchor: UnixSeconds): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'release_request', entityId: 'past' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  const releases = await tx.release.findMany({
    where: { releasedAt: { gte: anchor - 61 * DAY, lte: anchor }, request: null },
    select: {
      ...{ id: true, version: true, releasedAt: true, description: true },
      service: { select: { id: true, slug: true, slos: { where: { gating: true }, select: { id: true, name: true } } } },
    },
    orderBy: { releasedAt: 'asc' },
  })
  const told = releases.flatMap((release) => {
    const risk = riskOfRelease(release.service.slug, release.releasedAt)
    return risk ? [{ release, risk, decision: decisionBefore(release, risk) }] : []
  })
  const made = await tx.releaseRequest.createManyAndReturn({
    data: told.map(({ release: { id, version, releasedAt, description, service }, risk, decision }) => ({
      ...{ serviceId: service.id, version, changeType: 'feature' as const, risk, description, releaseId: id },
      ...{ status: 'released' as const, decision: decision.decision, evaluation: asJson(decision), revision: 3 },
      ...{ decidedAt: decision.computedAt, validUntil: decision.validUntil, endedAt: releasedAt },
      ...{ requestedByName: PIPELINE, requestedAt: decision.computedAt },
    })),
    select: { id: true, releaseId: true },
  })
  const pablo = await tx.user.findFirst({ where: { role: 'product_owner', demo: true } })
  const sofia = await tx.user.findFirst({ where: { role: 'slo_owner', demo: true } })
  const speakers = { product_owner: pablo, slo_owner: sofia }
  const numbered = told.map((one) => ({ ...one, requestId: made.find(({ releaseId }) => releaseId === one.release.id)?.id ?? 0 }))
  const approvals = numbered.flatMap(({ requestId, decision }) =>
    decision.decision !== 'review'
      ? []
      : decision.approvers.flatMap((role, i) => {
          const person = speakers[role]
          const at = decision.computedAt + (i + 1) * 20 * MINUTE
          return person ? [{ requestId, role, personId: person.id, personName: person.name, approves: true, at }] : []
        }),
  )
  await tx.releaseApproval.createMany({ data: approvals })
  await tx.releaseEvent.createMany({
    data: [
      ...numbered.flatMap(({ requestId, decision, release }) => [
        { requestId, at: decision.computedAt, kind: 'asked', text: 'Asked for', authorName: PIPELINE },
        { requestId, at: decision.computedAt, kind: 'decided', text: plain(decision.rationale[0] ?? ''), authorName: 'Headroom' },
        { requestId, at: release.releasedAt, kind: 'released', text: 'Went out.', authorName: PIPELINE },
      ]),
      ...approvals.map(({ requestId, at, personId, personName }) => ({
        ...{ requestId, at, kind: 'approved', text: 'Approved.', authorId: personId, authorName: personName },
      })),
    ],
  })
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made: made.length } })
}

type Before = { releasedAt: UnixSeconds; service: { slug: string; slos: { id: number; name: string }[] } }

/** A decision as it will have been an hour before: the budgets were healthy, now and then a little low. */
function decisionBefore({ releasedAt, service }: Before, risk: 'low' | 'medium' | 'high'): ReleaseDecision {
  const now = releasedAt - HOUR
  const slos = service.slos.map(({ id, name }) => {
    const luck = chance(keyOf(`${service.slug} ${name}`), releasedAt)
    const low = luck < 0.2
    return {
      ...{ id, name, state: low ? ('attention' as const) : ('healthy' as const), coverage: 1, coverageFloor: 0.9, easesAt: null },
      judged: low ? ('attention' as const) : ('healthy' as const),
      reason: low ? ({ rule: 'floor', remaining: 0.1 + luck / 2, floor: 0.25 } as const) : ({ rule: 'within-budget' } as const),
      ...{ remaining: low ? 0.1 + luck / 2 : 0.3 + luck * 0.6, pace: 0.3 + luck / 2, ts: now - 40 },
    }
  })
  // What the policy did not let through did not go out in the demo: a deferred one had waited until it might.
  const policy = UNASSIGNED_POLICY
  const decided = decide({
    now,
    policy,
    change: { type: 'feature', risk, plannedAt: null },
    slos,
    incidents: [],
    costs: { low: null, medium: null, high: null },
    waivers: [],
  })
  return decided.decision === 'defer' || decided.decision === 'block'
    ? decisionBefore({ releasedAt: releasedAt - 2 * HOUR, service }, risk)
    : decided
}
