import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { db, pool } from '../db/client'
import type { ApproverRole, Decision, Risk } from '../release/vocabulary'
import type { Ratio, UnixSeconds } from '../time-series/units'
import type { Condition } from './condition'
import type { ReleaseDecision } from './decision'
import { canAskForRelease, canDecideReleases, canReadDecisions, WHO_READS } from './policy'
import { type RequestRow, rowOf, storedRow } from './reads'
import { type WaiverInfo, waiversOf } from './reads-waivers'
import type { Answers } from './risk'

export type ApprovalInfo = {
  role: ApproverRole
  by: string
  approves: boolean
  note: string
  at: UnixSeconds
  void: boolean
  yours: boolean
}
export type ConditionInfo = { id: number; condition: Condition; setBy: string; doneAt: UnixSeconds | null; doneBy: string | null }
export type RequestEventInfo = { at: UnixSeconds; kind: string; text: string; by: string }
/** What a release cost one budget, within an hour and within a day; null: not measured (yet). Shares. */
export type CostInfo = {
  slo: { id: number; name: string }
  gating: boolean
  hour: Ratio | null
  day: Ratio | null
  spentDay: Ratio | null
}
export type EarlierRelease = {
  id: number
  request: number | null
  version: string
  at: UnixSeconds
  risk: Risk | null
  decision: Decision | null
  excess: Ratio | null
}

export type RequestDetail = RequestRow & {
  answers: Answers | null
  links: string[]
  rollbackPlan: string
  evaluation: ReleaseDecision | null
  approvals: ApprovalInfo[]
  conditions: ConditionInfo[]
  events: RequestEventInfo[]
  waivers: WaiverInfo[]
  costs: CostInfo[]
  earlier: EarlierRelease[]
  release: { id: number; at: UnixSeconds } | null
  /** numbers of the open requests around it, for going on with the next */
  previous: number | null
  next: number | null
  /** what the reader may do now */
  may: {
    decide: boolean
    takeBack: boolean
    withdraw: boolean
    ask: boolean
    edit: boolean
    release: boolean
    tick: boolean
    waive: boolean
  }
  asOf: UnixSeconds
}

/** Everything about one request. Throws NOT_FOUND. */
export async function releaseRequest(actor: Actor, id: number, now = Math.floor(Date.now() / 1000)): Promise<RequestDetail> {
  authorize(canReadDecisions(actor), WHO_READS)
  const stored = await storedRow(id)
  const row = rowOf(actor, stored)
  const person = personBehind(actor)
  const [approvals, conditions, events, waivers, costs, earlier, release, around] = await Promise.all([
    db().releaseApproval.findMany({ where: { requestId: id }, orderBy: { id: 'asc' } }),
    db().releaseCondition.findMany({ where: { requestId: id }, orderBy: { id: 'asc' } }),
    db().releaseEvent.findMany({ where: { requestId: id }, orderBy: { id: 'desc' }, take: 200 }),
    waiversOf(actor, { requestId: id, serviceId: stored.serviceId }),
    stored.releaseId === null ? [] : costsOf(stored.releaseId),
    earlierReleases(stored.serviceId, stored.releaseId),
    stored.releaseId === null
      ? null
      : db().release.findUnique({ where: { id: stored.releaseId }, select: { id: true, releasedAt: true } }),
    openAround(id),
  ])
  const asks = canAskForRelease(actor)
  const theirs =
    stored.requestedBy === null || person === stored.requestedBy || (actor.type !== 'system' && actor.role === 'administrator')
  const mine = approvals.some((one) => one.voidSince === null && one.personId === person)
  const { status, decision } = row
  return {
    ...row,
    ...{ answers: stored.answers as Answers | null, links: stored.links, rollbackPlan: stored.rollbackPlan },
    evaluation: stored.evaluation as ReleaseDecision | null,
    approvals: approvals.map(({ role, personName, personId, approves, note, at, voidSince }) => ({
      ...{ role: role as ApproverRole, by: personName, approves, note, at, void: voidSince !== null, yours: personId === person },
    })),
    conditions: conditions.map(({ id: number, condition, setBy, doneAt, doneBy }) => ({
      ...{ id: number, condition: condition as Condition, setBy, doneAt, doneBy },
    })),
    events: events.map(({ at, kind, text, authorName }) => ({ at, kind, text, by: authorName })),
    ...{ waivers, costs, earlier, ...around, asOf: now },
    release: release && { id: release.id, at: release.releasedAt },
    may: {
      decide:
        row.yours ||
        (status === 'decided' && canDecideReleases(actor) && person !== stored.requestedBy && !mine && decision !== 'review'),
      takeBack: mine && (status === 'decided' || status === 'approved'),
      withdraw: asks && theirs && ['draft', 'decided', 'approved', 'refused', 'expired'].includes(status),
      ask: asks && ['draft', 'decided', 'refused', 'expired'].includes(status),
      edit: asks && status === 'draft',
      release: asks && status === 'approved',
      tick: asks && actor.type !== 'system' && ['decided', 'approved', 'released'].includes(status),
      waive: asks && person !== null && status === 'decided' && (decision === 'block' || decision === 'defer'),
    },
  }
}

async function costsOf(releaseId: number): Promise<CostInfo[]> {
  const { rows } = await pool().query<CostInfo>(
    `SELECT json_build_object('id', s.id, 'name', s.name) AS slo, s.gating,
       max(c.excess) FILTER (WHERE c.horizon = 3600) AS hour, max(c.excess) FILTER (WHERE c.horizon = 86400) AS day,
       max(c.spent) FILTER (WHERE c.horizon = 86400) AS "spentDay"
     FROM release_cost c JOIN slo s ON s.id = c.slo_id WHERE c.release_id = $1 GROUP BY s.id, s.name, s.gating
     ORDER BY s.gating DESC, max(c.excess) DESC`,
    [releaseId],
  )
  return rows
}

async function earlierReleases(serviceId: number, except: number | null): Promise<EarlierRelease[]> {
  const { rows } = await pool().query<EarlierRelease>(
    `SELECT r.id, q.id AS request, r.version, r.released_at AS at, q.risk::text AS risk, q.decision::text AS decision,
       (SELECT max(c.excess) FROM release_cost c JOIN slo s ON s.id = c.slo_id AND s.gating WHERE c.release_id = r.id AND c.horizon = 86400) AS excess
     FROM release r LEFT JOIN release_request q ON q.release_id = r.id
     WHERE r.service_id = $1 AND r.id IS DISTINCT FROM $2 ORDER BY r.released_at DESC LIMIT 8`,
    [serviceId, except],
  )
  return rows
}

async function openAround(id: number): Promise<{ previous: number | null; next: number | null }> {
  const { rows } = await pool().query<{ previous: number | null; next: number | null }>(
    `SELECT max(id) FILTER (WHERE id < $1) AS previous, min(id) FILTER (WHERE id > $1) AS next FROM release_request WHERE status = 'decided'`,
    [id],
  )
  return rows[0] ?? { previous: null, next: null }
}
