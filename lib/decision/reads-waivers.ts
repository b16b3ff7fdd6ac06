import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { db } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { Ratio, UnixSeconds } from '../time-series/units'
import { canDecideReleases, canReadDecisions, WHO_READS } from './policy'
import { REPEATED } from './schema'
import { SIGNATURES, type WaiverStatus } from './waiver'

export type SignatureInfo = { by: string; role: string; grants: boolean; note: string; at: UnixSeconds }
export type WaiverInfo = {
  id: number
  revision: number
  service: { slug: string; name: string }
  /** for this release request only */
  request: number | null
  reason: string
  status: WaiverStatus
  untilTs: UnixSeconds
  budgetLimit: Ratio
  spent: Ratio
  spentSlo: { id: number; name: string } | null
  askedBy: string
  askedAt: UnixSeconds
  activeFrom: UnixSeconds | null
  endedAt: UnixSeconds | null
  endReason: string
  reviewedAt: UnixSeconds | null
  signatures: SignatureInfo[]
  /** how many more it takes */
  missing: number
  /** waivers in force for the service in the 90 days before this one was asked for */
  repeats: number
  may: { sign: boolean; withdraw: boolean; revoke: boolean; review: boolean }
}

const WITH = { service: { select: { slug: true, name: true } }, signatures: { orderBy: { at: 'asc' } } } as const
const find = (where: Prisma.WaiverWhereInput) =>
  db().waiver.findMany({ where, include: WITH, orderBy: { id: 'desc' }, take: 200 })
type Row = Awaited<ReturnType<typeof find>>[number]

/** Waivers, newest first; of one service when it is named. */
export async function listWaivers(actor: Actor, { service }: { service?: string | undefined }): Promise<WaiverInfo[]> {
  authorize(canReadDecisions(actor), WHO_READS)
  return infosOf(actor, await find(service === undefined ? {} : { service: { slug: service } }))
}

/** Those that the next review has to look at: they were in force, and none has. */
export async function waiversForReview(actor: Actor): Promise<WaiverInfo[]> {
  authorize(canReadDecisions(actor), WHO_READS)
  return infosOf(actor, await find({ reviewedAt: null, activeFrom: { not: null } }))
}

/** Those that matter to a request: its own, and those of its service that are open. */
export async function waiversOf(
  actor: Actor,
  { requestId, serviceId }: { requestId: number; serviceId: number },
): Promise<WaiverInfo[]> {
  authorize(canReadDecisions(actor), WHO_READS)
  return infosOf(actor, await find({ OR: [{ requestId }, { serviceId, requestId: null, status: { in: ['asked', 'active'] } }] }))
}

/** One waiver. Throws NOT_FOUND. */
export async function waiver(actor: Actor, id: number): Promise<WaiverInfo> {
  authorize(canReadDecisions(actor), WHO_READS)
  const [found] = await infosOf(actor, await find({ id }))
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no waiver with the number ${id}.`)
  return found
}

async function infosOf(actor: Actor, rows: Row[]): Promise<WaiverInfo[]> {
  const slos = await db().slo.findMany({
    where: { id: { in: rows.flatMap(({ spentSloId }) => spentSloId ?? []) } },
    select: { id: true, name: true },
  })
  const others = await db().waiver.findMany({
    where: { serviceId: { in: [...new Set(rows.map(({ serviceId }) => serviceId))] }, activeFrom: { not: null } },
    select: { id: true, serviceId: true, activeFrom: true },
  })
  return rows.map((row) => {
    const before = others.filter(
      ({ id, serviceId, activeFrom }) => serviceId === row.serviceId && id < row.id && (activeFrom ?? 0) > row.askedAt - REPEATED,
    )
    return infoOf(actor, row, slos.find(({ id }) => id === row.spentSloId) ?? null, before.length)
  })
}

function infoOf(actor: Actor, row: Row, spentSlo: WaiverInfo['spentSlo'], repeats: number): WaiverInfo {
  const {
    id,
    revision,
    service,
    requestId,
    reason,
    status,
    untilTs,
    budgetLimit,
    spent,
    askedAt,
    activeFrom,
    endedAt,
    endReason,
    reviewedAt,
  } = row
  const person = personBehind(actor)
  const decides = canDecideReleases(actor) && person !== null
  const signed = row.signatures.some(({ personId }) => personId === person)
  const admin = actor.type !== 'system' && actor.role === 'administrator'
  return {
    ...{ id, revision, service, request: requestId, reason, status, untilTs, budgetLimit, spent, spentSlo },
    ...{ askedBy: row.askedByName, askedAt, activeFrom, endedAt, endReason, reviewedAt, repeats },
    signatures: row.signatures.map(({ personName, role, grants, note, at }) => ({ by: personName, role, grants, note, at })),
    missing: status === 'asked' ? SIGNATURES - row.signatures.filter(({ grants }) => grants).length : 0,
    may: {
      sign: status === 'asked' && decides && !signed && person !== row.askedBy,
      withdraw: status === 'asked' && (admin || person === row.askedBy),
      revoke: status === 'active' && decides,
      review: reviewedAt === null && activeFrom !== null && decides,
    },
  }
}
