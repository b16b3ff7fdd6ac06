import 'server-only'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { instantText } from '../format-time'
import { type Reported, reportReleaseIn } from '../release/commands'
import type { NewRelease } from '../release/schema'
import { HOUR, type UnixSeconds } from '../time-series/units'
import { clock, locked, mustBe, next, progressOf, readRequest, type StoredRequest, saved } from './commands-change'
import { moved } from './lifecycle'
import { canAskForRelease, WHO_ASKS } from './policy'
import { requestName } from './words'

/** An approved request becomes a release: said by a person here, or by a pipeline that reports the version. */

/** A version went out. Whatever request of this version was approved is released with it; one that was not says so. */
export async function reportWentOut(
  actor: Actor,
  input: NewRelease,
  now = clock(),
): Promise<Reported & { request: number | null }> {
  return transaction(async (tx) => {
    const reported = await reportReleaseIn(tx, actor, input, now)
    return { ...reported, request: await followRelease(tx, actor, reported, now) }
  })
}

/** Marks an approved request as released, now or at `at`. */
export async function markReleased(
  actor: Actor,
  { id, revision, at }: { id: number; revision: number; at: UnixSeconds | null },
  now = clock(),
): Promise<{ id: number; status: 'released'; revision: number; release: number }> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  const { serviceId } = await readRequest(id)
  return transaction(async (tx) => {
    // The service before its requests, as whoever reports a version does.
    await tx.$queryRaw`SELECT 1 FROM service WHERE id = ${serviceId} FOR UPDATE`
    const request = await locked(tx, id)
    mustBe(request, revision)
    next(request, 'release')
    mustHold(request, at ?? now)
    const { service, version, description } = request
    const link = request.links[0] ?? ''
    const told = { service: service.slug, version, link, description: description.slice(0, 1_000), ...(at !== null && { at }) }
    const { id: release } = await reportReleaseIn(tx, actor, told, now)
    const other = await tx.releaseRequest.findUnique({ where: { releaseId: release }, select: { id: true } })
    if (other) throw new HeadroomError('CONFLICT', `${service.name} ${version} went out as ${requestName(other.id)} just now.`)
    return { id, status: 'released', revision: await putOut(tx, actor, { id, releaseId: release, at: at ?? now }, now), release }
  })
}

/** An approval is for a time. Seconds. */
const EARLY = HOUR

function mustHold({ validUntil, plannedAt }: StoredRequest, at: UnixSeconds): void {
  if (plannedAt !== null && at < plannedAt - EARLY)
    throw new HeadroomError(
      'CONFLICT',
      `It is approved for ${instantText(plannedAt, at)} UTC. Ask again without a planned time to go earlier.`,
    )
  if (validUntil !== null && at >= validUntil)
    throw new HeadroomError('CONFLICT', `The approval was valid until ${instantText(validUntil, at)} UTC. Ask again.`)
}

type Out = { id: number; releaseId: number; at: UnixSeconds }

async function putOut(tx: Transaction, actor: Actor, { id, releaseId, at }: Out, now: UnixSeconds): Promise<number> {
  const request = await locked(tx, id)
  const open = await tx.releaseCondition.count({ where: { requestId: id, doneAt: null } })
  const text = open === 0 ? 'Went out.' : `Went out with ${open} ${open === 1 ? 'condition' : 'conditions'} not ticked off yet.`
  return saved(tx, actor, request, { data: { status: 'released', releaseId, endedAt: at }, verb: 'released', at: now, text })
}

async function followRelease(
  tx: Transaction,
  actor: Actor,
  { id: releaseId, service, version, at }: Reported,
  now: UnixSeconds,
): Promise<number | null> {
  const known = await tx.releaseRequest.findFirst({ where: { releaseId }, select: { id: true } })
  if (known) return known.id
  const requests = await tx.releaseRequest.findMany({
    where: {
      version,
      service: { slug: service },
      status: { in: ['decided', 'approved', 'refused', 'expired'] },
      releaseId: null,
    },
    orderBy: { id: 'desc' },
    select: { id: true, status: true },
  })
  const asked = requests.find(({ status }) => status === 'approved') ?? requests[0]
  if (!asked) return null
  const request = await locked(tx, asked.id)
  if (request.status === 'approved') await putOut(tx, actor, { id: asked.id, releaseId, at }, now)
  else {
    // Nobody is asked any more about what is out already.
    const status = moved(progressOf(request), 'expire') ?? request.status
    const endReason = 'It went out although it was not approved.'
    const text = `${actorName(actor)} reported that it went out, although it was not approved.`
    await saved(tx, actor, request, { data: { releaseId, status, endReason, endedAt: at }, verb: 'unapproved', at: now, text })
  }
  return asked.id
}
