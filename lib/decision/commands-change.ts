import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { db, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { ApproverRole } from '../release/vocabulary'
import type { UnixSeconds } from '../time-series/units'
import type { ReleaseDecision } from './decision'
import { moved, type Progress, type RequestStatus, type RequestVerb } from './lifecycle'
import { STATUS_WORDS } from './words'

/** What every command on a stored request begins and ends with. */

export const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
export const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

const WITH = {
  service: { select: { id: true, slug: true, name: true, tier: true, team: { select: { slug: true } } } },
  approvals: { where: { voidSince: null }, orderBy: { id: 'asc' } },
} as const
const stored = (tx: Pick<Transaction, 'releaseRequest'>, id: number) =>
  tx.releaseRequest.findUnique({ where: { id }, include: WITH })
export type StoredRequest = NonNullable<Awaited<ReturnType<typeof stored>>>

/** What was decided; `null` when nothing was, or it cannot be read. */
export function evaluationOf({ evaluation }: Pick<StoredRequest, 'evaluation'>): ReleaseDecision | null {
  const stored = evaluation as Partial<ReleaseDecision> | null
  return Array.isArray(stored?.slos) && Array.isArray(stored.approvers) ? (stored as ReleaseDecision) : null
}

export const progressOf = (request: StoredRequest): Progress => ({
  status: request.status,
  decision: request.decision,
  approvers: evaluationOf(request)?.approvers ?? [],
  approvals: request.approvals.map(({ role, personId, approves }) => ({ role: role as ApproverRole, personId, approves })),
})

/** Changes a request while nobody else does. Everything inside is written together, or not at all. */
export const changing = <T>(id: number, work: (tx: Transaction, request: StoredRequest) => Promise<T>): Promise<T> =>
  transaction(async (tx) => work(tx, await locked(tx, id)))

/**
 * The request as it is now, held by nobody. Decisions are computed on it before a transaction begins: one that waits for a row
 * must not need a second connection.
 */
export async function readRequest(id: number, on: Pick<Transaction, 'releaseRequest'> = db()): Promise<StoredRequest> {
  const found = await stored(on, id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no release request with the number ${id}.`)
  return found
}

export async function locked(tx: Transaction, id: number): Promise<StoredRequest> {
  await tx.$queryRaw`SELECT 1 FROM release_request WHERE id = ${id} FOR UPDATE`
  return readRequest(id, tx)
}

/** Whoever acts has seen the request as it is. */
export function mustBe(request: StoredRequest, revision: number): void {
  if (request.revision === revision) return
  throw new HeadroomError(
    'CONFLICT',
    `Somebody changed this request meanwhile: it is ${STATUS_WORDS[request.status]} now. Read it again.`,
  )
}

/** The status after a verb; refused with a sentence when it is not possible from here. */
export function next(request: StoredRequest, verb: RequestVerb, how: Parameters<typeof moved>[2] = {}): RequestStatus {
  const status = moved(progressOf(request), verb, how)
  if (status !== null) return status
  throw new HeadroomError('CONFLICT', impossible(request, verb))
}

function impossible({ status, decision }: StoredRequest, verb: RequestVerb): string {
  if (verb === 'approve' && status === 'decided' && decision === 'defer')
    return 'It waits for better days by itself. Ask for a waiver if it cannot wait.'
  if (verb === 'approve' && status === 'decided' && decision === 'block')
    return 'Only a waiver opens what is blocked. Ask for one.'
  if (verb === 'release' && status === 'decided') return 'It is not approved yet.'
  return `This request is ${STATUS_WORDS[status]}. Read it again.`
}

/** Saves what changed, with its audit row and its line of history. Returns the new revision. */
export async function saved(
  tx: Transaction,
  actor: Actor,
  { id, revision, status }: Pick<StoredRequest, 'id' | 'revision' | 'status'>,
  {
    data,
    verb,
    at,
    text,
    detail,
  }: {
    data: Prisma.ReleaseRequestUncheckedUpdateManyInput
    verb: string
    at: UnixSeconds
    text: string
    detail?: unknown
  },
): Promise<number> {
  const { count } = await tx.releaseRequest.updateMany({ where: { id, revision }, data: { ...data, revision: revision + 1 } })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this request meanwhile. Read it again.')
  await tx.releaseEvent.create({
    data: {
      ...{ requestId: id, at, kind: verb, text, authorId: actorId(actor), authorName: actorName(actor) },
      ...(detail !== undefined && { detail: asJson(detail) }),
    },
  })
  await recordAudit(tx, actor, {
    action: `release_request.${verb}`,
    entityType: 'release_request',
    entityId: id,
    before: { status, revision },
    after: asJson({ status: data.status ?? status, revision: revision + 1, text, ...(detail !== undefined && { detail }) }),
  })
  return revision + 1
}
