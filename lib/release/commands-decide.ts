import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { keepMarks } from '../measurement/marks'
import type { UnixSeconds } from '../time-series/units'
import { canDecideAttributions, WHO_DECIDES } from './policy'
import type { AttributionStatus } from './schema'

type Decision = { id: number; version: number; verdict: 'confirm' | 'refuse'; note: string }

/**
 * Says whether what burned after a release is its doing. Confirmed, the ledger books the excess of that stretch on the
 * release; the stretch stays as it is from then on.
 */
export async function decideAttribution(
  actor: Actor,
  { id, version, verdict, note }: Decision,
  now: UnixSeconds = Math.floor(Date.now() / 1000),
): Promise<{ id: number; status: AttributionStatus; version: number }> {
  authorize(canDecideAttributions(actor), WHO_DECIDES)
  const found = await db().releaseAttribution.findUnique({ where: { id } })
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no proposal with the number ${id}. It may have been withdrawn.`)
  if (found.status !== 'proposed')
    throw new HeadroomError('CONFLICT', `${found.decidedName ?? 'Somebody'} ${found.status} this already.`)
  const status: AttributionStatus = verdict === 'confirm' ? 'confirmed' : 'refused'
  const { sloId, fromTs, toTs } = found
  // The ledger wants the edges to the minute, long after minutes are gone.
  if (status === 'confirmed')
    await keepMarks(
      pool(),
      [fromTs, toTs].map((ts) => ({ sloId, ts })),
      now,
    )
  await transaction(async (tx) => {
    const decided = { decidedBy: actorId(actor), decidedName: actorName(actor), decidedAt: now, note }
    const { count } = await tx.releaseAttribution.updateMany({
      // What was kept above is what is decided on: a stretch that grew meanwhile is looked at again.
      where: { id, version, status: 'proposed', fromTs, toTs },
      data: { status, version: version + 1, ...decided },
    })
    if (count === 0) throw new HeadroomError('CONFLICT', 'This changed meanwhile. Read it again.')
    await recordAudit(tx, actor, {
      ...{ action: `attribution.${verdict}`, entityType: 'release_attribution', entityId: id },
      before: { status: 'proposed', version },
      after: { status, version: version + 1, releaseId: found.releaseId, sloId, fromTs, toTs, note },
    })
  })
  return { id, status, version: version + 1 }
}
