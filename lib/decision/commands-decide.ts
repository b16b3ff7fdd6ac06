import 'server-only'
import type { Actor } from '../auth/actor'
import { pool, type Transaction } from '../db/client'
import type { UnixSeconds } from '../time-series/units'
import { asJson, type StoredRequest, saved } from './commands-change'
import { tellIn } from './commands-tell'
import { decide } from './decide'
import type { ReleaseDecision } from './decision'
import { decidedStatus } from './lifecycle'
import { inputFor } from './reads-input'
import { plain } from './words'

/** What would be decided about a stored request now. `ease`: also when that may be better. */
export async function decisionNow(
  request: StoredRequest,
  now: UnixSeconds,
  { ease = true }: { ease?: boolean } = {},
): Promise<ReleaseDecision> {
  const { service, changeType, risk, plannedAt } = request
  const change = { type: changeType, risk, plannedAt }
  return decide(await inputFor(pool(), { service, change, request: request.id }, now, { ease }))
}

/** Puts a decision on a request: what was said about the one before does not hold any more. Returns the new revision. */
export async function putDecision(
  tx: Transaction,
  actor: Actor,
  request: StoredRequest,
  decision: ReleaseDecision,
  why: string,
): Promise<{ status: StoredRequest['status']; revision: number }> {
  const at = decision.computedAt
  const status = decidedStatus(decision.decision)
  const asks = actor.type !== 'system' || actor.job !== 'poller'
  if (request.decision !== null) {
    await tx.releaseApproval.updateMany({ where: { requestId: request.id, voidSince: null }, data: { voidSince: at } })
    await tx.releaseCondition.deleteMany({ where: { requestId: request.id } })
  }
  const revision = await saved(tx, actor, request, {
    data: {
      ...{ status, decision: decision.decision, evaluation: asJson(decision), decidedAt: at, validUntil: decision.validUntil },
      ...{ endReason: '', endedAt: null, ...(asks && { requestedAt: at }) },
    },
    verb: 'decided',
    at,
    text: `${why}${plain(decision.rationale[0] ?? '')}`,
    detail: { decision: decision.decision, policy: decision.policy },
  })
  // Whoever asks reads the answer where they ask; others hear of it when they have to act, and of what changes by itself.
  if (!asks || decision.decision === 'review')
    await tellIn(tx, { request, decision, event: 'release.decided', at, revision, by: why })
  return { status, revision }
}
