import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { pool, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { factorText, spentText } from '../format'
import { instantText } from '../format-time'
import { log } from '../log'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { ofService } from '../policy/in-force'
import { DAY, type UnixSeconds } from '../time-series/units'
import { askedService } from './commands'
import { asJson, clock } from './commands-change'
import { followReleases } from './commands-follow'
import { tellOfWaiver } from './commands-tell'
import { canAskForRelease, canDecideReleases, ownProblem, WHO_ASKS, WHO_DECIDES } from './policy'
import type { NewWaiver } from './schema'
import { movedWaiver, type WaiverStatus, type WaiverVerb } from './waiver'
import { requestName } from './words'

const WITH = {
  service: { select: { id: true, slug: true, name: true, tier: true, team: { select: { slug: true } } } },
  signatures: true,
} as const
const stored = (tx: Transaction, id: number) => tx.waiver.findUnique({ where: { id }, include: WITH })
export type StoredWaiver = NonNullable<Awaited<ReturnType<typeof stored>>>
type Done = { id: number; status: WaiverStatus; revision: number }

/** Asks two people to open what is blocked, for a while, up to a share of the budget. */
export async function askForWaiver(actor: Actor, input: NewWaiver, now = clock()): Promise<Done> {
  authorize(canAskForRelease(actor) && actor.type !== 'system', WHO_ASKS)
  const person = personBehind(actor)
  if (person === null) throw new HeadroomError('FORBIDDEN', 'A waiver is asked for by a person. Use a token that belongs to one.')
  const service = await askedService(input.service)
  const { settings } = (await loadBudgetPolicies(pool()))(ofService(service.id, service.tier))
  refuseTooMuch(input, settings.waivers, now)
  return transaction(async (tx) => {
    await mustBeOfService(tx, input.request, service.id)
    const { reason, until, budgetLimit, request } = input
    const who = { askedBy: person, askedByName: actorName(actor), askedAt: now }
    const { id } = await tx.waiver.create({
      data: { serviceId: service.id, requestId: request, reason, untilTs: until, budgetLimit, ...who },
    })
    const after = asJson({ ...input, service: service.slug })
    await recordAudit(tx, actor, { action: 'waiver.ask', entityType: 'waiver', entityId: id, after })
    const waiver = await mustFind(tx, id)
    const words = [
      `${actorName(actor)} asks for it until ${instantText(until, now)} UTC, up to ${spentText(budgetLimit)} % of the budget.`,
      reason,
    ]
    await tellOfWaiver(tx, { waiver, event: 'waiver.asked', at: now, words })
    await lineOn(tx, actor, waiver, now, `Waiver W-${id} was asked for.`)
    return { id, status: 'asked', revision: 1 }
  })
}

function refuseTooMuch(
  { until, budgetLimit }: NewWaiver,
  most: { longestDays: number; largestLimit: number },
  now: UnixSeconds,
): void {
  const refuse = (path: string, message: string) => new HeadroomError('INVALID_INPUT', message, [{ path, message }])
  if (until <= now) throw refuse('until', 'This instant is past. Write a later one.')
  if (until > now + most.longestDays * DAY)
    throw refuse('until', `The policy allows ${factorText(most.longestDays)} days at most. Write an earlier end.`)
  if (budgetLimit > most.largestLimit)
    throw refuse('budgetLimit', `The policy allows ${factorText(most.largestLimit * 100)} % of the budget at most.`)
}

async function mustBeOfService(tx: Transaction, request: number | null, serviceId: number): Promise<void> {
  if (request === null) return
  const found = await tx.releaseRequest.findUnique({ where: { id: request }, select: { serviceId: true } })
  if (found?.serviceId === serviceId) return
  const message = found
    ? `${requestName(request)} is about another service.`
    : `There is no release request ${requestName(request)}.`
  throw new HeadroomError('INVALID_INPUT', message, [{ path: 'request', message }])
}

async function mustFind(tx: Transaction, id: number): Promise<StoredWaiver> {
  const found = await stored(tx, id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no waiver with the number ${id}.`)
  return found
}

type Signature = { id: number; revision: number; verdict: 'grant' | 'refuse'; note: string }

/** Signs, or refuses for everyone. The second signature puts it in force, and what waits for it is decided anew. */
export async function signWaiver(actor: Actor, { id, revision, verdict, note }: Signature, now = clock()): Promise<Done> {
  authorize(canDecideReleases(actor), WHO_DECIDES)
  const signed = await sign(actor, { id, revision, verdict, note }, now)
  if (signed.status === 'active')
    // It is signed already: what waits for it is looked at within the minute anyway.
    await followReleases(pool(), now, signed.serviceId).catch((error: unknown) =>
      log.error({ err: error }, 'requests could not be followed'),
    )
  return { id, status: signed.status, revision: signed.revision }
}

const sign = (
  actor: Actor,
  { id, revision, verdict, note }: Signature,
  now: UnixSeconds,
): Promise<Done & { serviceId: number }> =>
  changing(id, revision, async (tx, waiver) => {
    const problem = ownProblem(actor, waiver.askedBy, 'waiver')
    const person = personBehind(actor)
    if (problem !== null || person === null || actor.type === 'system')
      throw new HeadroomError('FORBIDDEN', problem ?? WHO_DECIDES)
    if (waiver.signatures.some(({ personId }) => personId === person))
      throw new HeadroomError('CONFLICT', 'You have signed this waiver already. It takes two people.')
    if (verdict === 'grant' && waiver.untilTs <= now)
      throw new HeadroomError('CONFLICT', 'Its time is over before it began. Ask for another one.')
    const status = next(waiver, verdict)
    const signature = {
      waiverId: id,
      personId: person,
      personName: actorName(actor),
      role: actor.role,
      grants: verdict === 'grant',
      note,
      at: now,
    }
    await tx.waiverSignature.create({ data: signature })
    const data = {
      status,
      ...(status === 'active' && { activeFrom: now }),
      ...(status === 'refused' && { endedAt: now, endReason: `Refused by ${actorName(actor)}. ${note}`.trim() }),
    }
    const done = await saved(tx, actor, waiver, verdict, data)
    const said = `${actorName(actor)} ${verdict === 'grant' ? 'signed' : 'refused'}.${note === '' ? '' : ` ${note}`}`
    if (status !== 'asked')
      await tellOfWaiver(tx, {
        waiver: { ...waiver, revision: done.revision },
        event: status === 'active' ? 'waiver.granted' : 'waiver.refused',
        at: now,
        words: [said, waiver.reason],
      })
    await lineOn(tx, actor, waiver, now, `Waiver W-${id}: ${said}${status === 'active' ? ' It is in force.' : ''}`)
    return { ...done, serviceId: waiver.serviceId }
  })

/** Whoever asked does not want it any more. */
export async function withdrawWaiver(
  actor: Actor,
  { id, revision, note }: { id: number; revision: number; note: string },
  now = clock(),
): Promise<Done> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  return changing(id, revision, async (tx, waiver) => {
    const admin = actor.type !== 'system' && actor.role === 'administrator'
    if (!admin && personBehind(actor) !== waiver.askedBy)
      throw new HeadroomError('FORBIDDEN', `${waiver.askedByName} asked for it. Only they, or an administrator, withdraw it.`)
    return saved(tx, actor, waiver, 'withdraw', {
      status: next(waiver, 'withdraw'),
      endedAt: now,
      endReason: note || 'Withdrawn',
    })
  })
}

/** Ends a waiver that holds, before its time. */
export async function revokeWaiver(
  actor: Actor,
  { id, revision, note }: { id: number; revision: number; note: string },
  now = clock(),
): Promise<Done> {
  authorize(canDecideReleases(actor), WHO_DECIDES)
  return changing(id, revision, async (tx, waiver) => {
    const endReason = `Revoked by ${actorName(actor)}. ${note}`.trim()
    const done = await saved(tx, actor, waiver, 'revoke', { status: next(waiver, 'revoke'), endedAt: now, endReason })
    await tellOfWaiver(tx, { waiver: { ...waiver, revision: done.revision }, event: 'waiver.ended', at: now, words: [endReason] })
    await lineOn(tx, actor, waiver, now, `Waiver W-${id}: ${endReason}`)
    return done
  })
}

/** A review has looked at it. */
export async function reviewWaiver(
  actor: Actor,
  { id, revision }: { id: number; revision: number },
  now = clock(),
): Promise<Done> {
  authorize(canDecideReleases(actor), WHO_DECIDES)
  return changing(id, revision, async (tx, waiver) => saved(tx, actor, waiver, 'review', { reviewedAt: now }))
}

const changing = <T>(id: number, revision: number, work: (tx: Transaction, waiver: StoredWaiver) => Promise<T>): Promise<T> =>
  transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM waiver WHERE id = ${id} FOR UPDATE`
    const waiver = await mustFind(tx, id)
    if (waiver.revision !== revision)
      throw new HeadroomError('CONFLICT', `Somebody changed this waiver meanwhile: it is ${waiver.status} now. Read it again.`)
    return work(tx, waiver)
  })

function next(waiver: StoredWaiver, verb: WaiverVerb): WaiverStatus {
  const status = movedWaiver(waiver.status, verb, waiver.signatures.filter(({ grants }) => grants).length)
  if (status === null) throw new HeadroomError('CONFLICT', `This waiver is ${waiver.status}. Read it again.`)
  return status
}

export async function saved(
  tx: Transaction,
  actor: Actor,
  { id, revision, status }: StoredWaiver,
  verb: string,
  data: Prisma.WaiverUncheckedUpdateManyInput,
): Promise<Done> {
  const { count } = await tx.waiver.updateMany({ where: { id, revision }, data: { ...data, revision: revision + 1 } })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this waiver meanwhile. Read it again.')
  const after = asJson({ ...data, revision: revision + 1 })
  await recordAudit(tx, actor, {
    action: `waiver.${verb}`,
    entityType: 'waiver',
    entityId: id,
    before: { status, revision },
    after,
  })
  return { id, status: (data.status as WaiverStatus | undefined) ?? status, revision: revision + 1 }
}

/** What becomes of a waiver stands in the history of the request that it was asked for. */
async function lineOn(tx: Transaction, actor: Actor, { requestId }: StoredWaiver, at: UnixSeconds, text: string): Promise<void> {
  if (requestId === null) return
  await tx.releaseEvent.create({
    data: { requestId, at, kind: 'waiver', text, authorId: personBehind(actor), authorName: actorName(actor) },
  })
}
