import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { db, pool, type Transaction, transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { unknownService } from '../release/commands'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import { asJson, changing, clock, mustBe, next, readRequest, saved } from './commands-change'
import { decisionNow, putDecision } from './commands-decide'
import { decide } from './decide'
import type { ReleaseDecision } from './decision'
import type { RequestStatus } from './lifecycle'
import { canAskForRelease, WHO_ASKS } from './policy'
import { type AskedService, inputFor } from './reads-input'
import type { NewRequest } from './schema'

export type AskedRequest = { id: number; status: RequestStatus; revision: number; decision: ReleaseDecision | null }

/** A request that is decided at once, unless it is only a draft. */
export async function askForRelease(actor: Actor, input: NewRequest, now = clock()): Promise<AskedRequest> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  refusePlan(input.plannedAt, now)
  const service = await askedService(input.service)
  const decision = input.draft ? null : await decisionFor(service, input, now)
  return transaction(async (tx) => askIn(tx, actor, { service, input, decision }, now))
}

type Asking = { service: AskedService; input: Omit<NewRequest, 'draft'>; decision: ReleaseDecision | null }

/** The same, in the caller's transaction. */
export async function askIn(
  tx: Transaction,
  actor: Actor,
  { service, input, decision }: Asking,
  now: UnixSeconds,
): Promise<AskedRequest> {
  const { id } = await tx.releaseRequest.create({
    data: {
      ...columnsOf(input),
      ...{ serviceId: service.id, requestedBy: personBehind(actor), requestedByName: actorName(actor), requestedAt: now },
      events: { create: { at: now, kind: 'asked', text: decision ? 'Asked for' : 'Written as a draft', ...authorOf(actor) } },
    },
  })
  const after = asJson({ ...input, service: service.slug })
  await recordAudit(tx, actor, { action: 'release_request.create', entityType: 'release_request', entityId: id, after })
  if (!decision) return { id, status: 'draft', revision: 1, decision: null }
  const put = await putDecision(tx, actor, await readRequest(id, tx), decision, '')
  return { id, ...put, decision }
}

const authorOf = (actor: Actor) => ({ authorId: actorId(actor), authorName: actorName(actor) })
const columnsOf = ({
  version,
  changeType,
  risk,
  answers,
  description,
  links,
  rollbackPlan,
  plannedAt,
}: Omit<NewRequest, 'draft' | 'service'>) => ({
  ...{ version, changeType, risk, description, links, rollbackPlan, plannedAt },
  answers: answers ?? Prisma.DbNull,
})

const FARTHEST = 90 * DAY

function refusePlan(plannedAt: UnixSeconds | null, now: UnixSeconds): void {
  if (plannedAt === null) return
  const refuse = (message: string) => new HeadroomError('INVALID_INPUT', message, [{ path: 'plannedAt', message }])
  if (plannedAt < now - HOUR) throw refuse('The planned time is past. Write a later one, or leave it out.')
  if (plannedAt > now + FARTHEST) throw refuse('Nobody can decide about that yet. Plan at most 90 days ahead.')
}

/** Throws INVALID_INPUT at the field, with what was perhaps meant. */
export async function askedService(slug: string): Promise<AskedService> {
  const found = await db().service.findUnique({ where: { slug }, select: { id: true, slug: true, name: true, tier: true } })
  if (found) return found
  throw unknownService(slug, await db().service.findMany({ select: { slug: true } }))
}

export async function decisionFor(
  service: AskedService,
  { changeType, risk, plannedAt }: Pick<NewRequest, 'changeType' | 'risk' | 'plannedAt'>,
  now: UnixSeconds,
): Promise<ReleaseDecision> {
  refusePlan(plannedAt, now)
  return decide(await inputFor(pool(), { service, change: { type: changeType, risk, plannedAt }, request: null }, now))
}

/** What would be decided, for whoever still writes. Nothing is kept. */
export async function tryDecision(
  actor: Actor,
  input: Pick<NewRequest, 'service' | 'changeType' | 'risk' | 'plannedAt'>,
  now = clock(),
): Promise<ReleaseDecision> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  return decisionFor(await askedService(input.service), input, now)
}

/** Has a draft decided, or a request decided anew: with fresh numbers, and without what was said about the old ones. */
export async function askAgain(
  actor: Actor,
  { id, revision }: { id: number; revision: number },
  now = clock(),
): Promise<AskedRequest> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  const read = await readRequest(id)
  mustBe(read, revision)
  const decision = await decisionNow(read, now)
  return changing(id, async (tx, request) => {
    mustBe(request, revision)
    next(request, 'ask', { decision: decision.decision })
    const why = request.status === 'draft' ? '' : 'Decided anew. '
    return { id, ...(await putDecision(tx, actor, request, decision, why)), decision }
  })
}

/** Changes a draft: whoever wrote it, so that nobody speaks through somebody else's and then approves it. */
export async function editRequest(
  actor: Actor,
  { id, revision, ...input }: Omit<NewRequest, 'draft'> & { id: number; revision: number },
  now = clock(),
): Promise<{ id: number; revision: number }> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  refusePlan(input.plannedAt, now)
  const service = await askedService(input.service)
  return changing(id, async (tx, request) => {
    mustBe(request, revision)
    const status = next(request, 'edit')
    const person = personBehind(actor)
    if (request.requestedBy !== null && request.requestedBy !== person)
      throw new HeadroomError('FORBIDDEN', `${request.requestedByName} wrote this draft. Write one of your own.`)
    const data = { ...columnsOf(input), serviceId: service.id, status, requestedBy: person }
    return { id, revision: await saved(tx, actor, request, { data, verb: 'edited', at: now, text: 'Edited' }) }
  })
}
