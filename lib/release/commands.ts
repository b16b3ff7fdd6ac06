import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { clockText } from '../format-time'
import { MINUTE, type UnixSeconds } from '../time-series/units'
import { nearest } from './nearest'
import { canReportReleases, WHO_REPORTS } from './policy'
import type { NewRelease } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
/** Clocks of build machines are off by this much at most; a pipeline that runs again within that does not release twice. */
const SKEW = 5 * MINUTE
const SAME = 10 * MINUTE

export type Reported = { id: number; service: string; version: string; at: UnixSeconds; known: boolean }

/**
 * A version went out. The same service, version and instant is the same release, and so is the same version within ten
 * minutes when no instant is named: `known`. What was written about it first stays.
 */
export async function reportRelease(actor: Actor, input: NewRelease, now = clock()): Promise<Reported> {
  return transaction((tx) => reportReleaseIn(tx, actor, input, now))
}

/** The same, in the caller's transaction. */
export async function reportReleaseIn(tx: Transaction, actor: Actor, input: NewRelease, now: UnixSeconds): Promise<Reported> {
  authorize(canReportReleases(actor), WHO_REPORTS)
  const { version, link, description } = input
  const at = input.at ?? now
  refuseFuture(at, now)
  const service = await lockedService(tx, input.service)
  const found = await tx.release.findFirst({
    where: {
      ...{ serviceId: service.id, version },
      releasedAt: input.at === undefined ? { gt: now - SAME, lte: now + SAME } : at,
    },
    orderBy: { releasedAt: 'desc' },
  })
  const named = { service: service.slug, version }
  if (found) return { id: found.id, ...named, at: found.releasedAt, known: true }
  const who = { createdById: actor.type === 'system' ? null : actorId(actor), createdByName: actorName(actor) }
  const { id } = await tx.release.create({
    data: { serviceId: service.id, version, releasedAt: at, link, description, ...who },
  })
  const after = { ...named, at, link, description }
  await recordAudit(tx, actor, { action: 'release.report', entityType: 'release', entityId: id, after })
  return { id, ...named, at, known: false }
}

function refuseFuture(at: UnixSeconds, now: UnixSeconds): void {
  if (at <= now + SKEW) return
  const message = `This instant is ${Math.ceil((at - now) / MINUTE)} minutes ahead of the portal's clock, which says ${clockText(now)} UTC. Report a release when it is out, and check the clock of the machine that reports it.`
  throw new HeadroomError('INVALID_INPUT', message, [{ path: 'at', message }])
}

/** Reports of one service come one after the other, so that two at once are found to be the same. */
async function lockedService(tx: Transaction, slug: string): Promise<{ id: number; slug: string }> {
  const rows = await tx.$queryRaw<{ id: number; slug: string }[]>`SELECT id, slug FROM service WHERE slug = ${slug} FOR UPDATE`
  if (rows[0]) return rows[0]
  throw unknownService(slug, await tx.service.findMany({ select: { slug: true } }))
}

/** Refuses a service that is not there, at its field, with what was perhaps meant. */
export function unknownService(slug: string, known: { slug: string }[]): HeadroomError {
  const near = nearest(
    slug,
    known.map((one) => one.slug),
  )
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' GET /api/v1/services lists them.'
  const message = `There is no service “${slug}”.${hint}`
  return new HeadroomError('INVALID_INPUT', message, [{ path: 'service', message }])
}

/** Removes what was reported by mistake, with what was proposed and decided about it. */
export async function deleteRelease(actor: Actor, { id, reason }: { id: number; reason: string }): Promise<{ id: number }> {
  authorize(canReportReleases(actor), WHO_REPORTS)
  return transaction(async (tx) => {
    const found = await tx.release.findUnique({
      where: { id },
      select: {
        ...{ version: true, releasedAt: true, service: { select: { slug: true } } },
        attributions: { select: { sloId: true, status: true, fromTs: true, toTs: true } },
      },
    })
    const { count } = await tx.release.deleteMany({ where: { id } })
    if (!found || count === 0) throw new HeadroomError('NOT_FOUND', `There is no release with the number ${id}.`)
    const audit = { action: 'release.delete', entityType: 'release', entityId: id, before: found, after: { reason } }
    await recordAudit(tx, actor, audit)
    return { id }
  })
}
