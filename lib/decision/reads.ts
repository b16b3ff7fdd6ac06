import 'server-only'
import { type Actor, hasRole } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { ApproverRole, ChangeType, Decision, Risk } from '../release/vocabulary'
import type { UnixSeconds } from '../time-series/units'
import type { ReleaseDecision } from './decision'
import { missingApprovers, partOf, type RequestStatus } from './lifecycle'
import { canReadDecisions, WHO_READS } from './policy'
import type { RequestFilter } from './schema'

export type RequestService = { slug: string; name: string; tier: string }
export type RequestRow = {
  id: number
  revision: number
  service: RequestService
  version: string
  changeType: ChangeType
  risk: Risk
  description: string
  status: RequestStatus
  decision: Decision | null
  /** the first sentence of the rationale */
  why: string
  requestedBy: string
  /** unix seconds */
  requestedAt: UnixSeconds
  plannedAt: UnixSeconds | null
  decidedAt: UnixSeconds | null
  validUntil: UnixSeconds | null
  endedAt: UnixSeconds | null
  endReason: string
  /** whose word is missing */
  missing: ApproverRole[]
  /** the reader may say it */
  yours: boolean
}

const SERVICE = { select: { slug: true, name: true, tier: true } } as const
const WITH = { service: SERVICE, approvals: { where: { voidSince: null } } } as const
const one = (id: number) => db().releaseRequest.findUnique({ where: { id }, include: WITH })
type Row = NonNullable<Awaited<ReturnType<typeof one>>>

export function rowOf(actor: Actor, row: Row): RequestRow {
  const evaluation = row.evaluation as ReleaseDecision | null
  const approvals = row.approvals.map(({ role, personId, approves }) => ({ role: role as ApproverRole, personId, approves }))
  const waits = row.status === 'decided' && row.decision === 'review'
  const missing = waits ? missingApprovers({ approvers: evaluation?.approvers ?? [], approvals }) : []
  const person = personBehind(actor)
  const mine = person !== null && (person === row.requestedBy || approvals.some(({ personId }) => personId === person))
  const { id, revision, service, version, changeType, risk, description, status, decision } = row
  const { requestedByName, requestedAt, plannedAt, decidedAt, validUntil, endedAt, endReason } = row
  return {
    ...{ id, revision, service, version, changeType, risk, description, status, decision },
    why: evaluation?.rationale[0] ?? '',
    requestedBy: requestedByName,
    ...{ requestedAt, plannedAt, decidedAt, validUntil, endedAt, endReason, missing },
    yours: !mine && partOf(actor, missing) !== null,
  }
}

/** Requests, newest first; what waits for the reader first when only what waits is asked for. */
export async function listRequests(
  actor: Actor,
  { view, service, before, limit }: RequestFilter,
): Promise<{ items: RequestRow[]; next: number | null }> {
  authorize(canReadDecisions(actor), WHO_READS)
  const status = { waiting: ['decided'], approved: ['approved'], all: undefined }[view] as RequestStatus[] | undefined
  const rows = await db().releaseRequest.findMany({
    where: {
      ...(status && { status: { in: status } }),
      ...(service !== undefined && { service: { slug: service } }),
      ...(before !== undefined && { id: { lt: before } }),
    },
    include: WITH,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const items = rows.slice(0, limit).map((row) => rowOf(actor, row))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** How many requests wait for the reader's word. */
export async function waitingFor(actor: Actor): Promise<number> {
  authorize(canReadDecisions(actor), WHO_READS)
  if (!hasRole(actor, 'slo_owner', 'product_owner', 'administrator') || actor.type === 'system') return 0
  const rows = await db().releaseRequest.findMany({ where: { status: 'decided', decision: 'review' }, include: WITH })
  return rows.filter((row) => rowOf(actor, row).yours).length
}

/** One request as a row. Throws NOT_FOUND. */
export async function storedRow(id: number): Promise<Row> {
  const found = await one(id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no release request with the number ${id}.`)
  return found
}
