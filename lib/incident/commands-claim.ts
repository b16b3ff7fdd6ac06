import 'server-only'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool, type Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { instantText } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import { claimProblems, mergedClaim, type Reach } from './claim'
import { audited, changing, clock, markEdges, note, refuse } from './commands-change'
import { freezeCosts } from './commands-costs'
import { edgeAfter, edgeBefore } from './edges'
import { canRunIncidents, WHO_RUNS } from './policy'

type Claim = { incidentId: number; sloId: number; from: UnixSeconds; to: UnixSeconds }

/**
 * Says that an incident spent this stretch of an SLO's budget. Edges move outward to whole minutes; what overlaps with a
 * stretch of the same incident becomes one with it. Returns the stretch as it stands afterwards.
 */
export async function claim(
  actor: Actor,
  asked: Claim,
  now = clock(),
): Promise<{ id: number; from: UnixSeconds; to: UnixSeconds | null }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  const { incidentId, sloId } = asked
  const result = await changing(incidentId, async (tx, { impacts }) => {
    const slo = await reachOf(tx, sloId)
    refuse(claimProblems(asked, slo, now))
    const mine = impacts
      .filter((impact) => impact.sloId === sloId)
      .map(({ id, fromTs, toTs, claimedBy }) => ({ id, from: fromTs, to: toTs, claimedBy }))
    const by = actorName(actor)
    const { stretch, replaces } = mergedClaim({ from: edgeBefore(asked.from), to: edgeAfter(asked.to), by }, mine)
    await tx.incidentImpact.deleteMany({ where: { id: { in: replaces } } })
    const { id } = await tx.incidentImpact.create({
      data: { incidentId, sloId, fromTs: stretch.from, toTs: stretch.to, claimedBy: stretch.claimedBy },
    })
    const text = `Claimed ${instantText(asked.from, now)} to ${instantText(asked.to, now)} of ${slo.name}.`
    await note(tx, actor, incidentId, { at: now, kind: 'impact', text, detail: { sloId, from: stretch.from, to: stretch.to } })
    await audited(tx, actor, incidentId, { verb: 'claim', before: { impacts: mine }, after: { sloId, ...stretch } })
    return { id, from: stretch.from, to: stretch.to }
  })
  await markEdges(incidentId, now)
  await freezeCosts(pool(), now, incidentId)
  return result
}

/** Takes a claim back: what it covered has no cause again. The time of the incident itself is corrected, not taken back. */
export async function takeBackClaim(
  actor: Actor,
  { id: incidentId, impact: impactId }: { id: number; impact: number },
  now = clock(),
): Promise<{ id: number }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  return changing(incidentId, async (tx, { impacts }) => {
    const found = impacts.find(({ id }) => id === impactId)
    if (!found) throw new HeadroomError('NOT_FOUND', `This incident has no stretch with the number ${impactId}.`)
    const { sloId, fromTs: from, toTs: to, claimedBy } = found
    if (claimedBy === null)
      throw new HeadroomError('CONFLICT', 'This is the time of the incident itself. Correct when it began or ended instead.')
    await tx.incidentImpact.delete({ where: { id: impactId } })
    const { name } = await tx.slo.findUniqueOrThrow({ where: { id: sloId }, select: { name: true } })
    const text = `Took back the claim of ${instantText(from, now)} to ${to === null ? 'now' : instantText(to, now)} of ${name}.`
    await note(tx, actor, incidentId, { at: now, kind: 'impact', text, detail: { sloId, from, to } })
    await audited(tx, actor, incidentId, { verb: 'unclaim', before: { impactId, sloId, from, to, claimedBy } })
    return { id: impactId }
  })
}

async function reachOf(tx: Transaction, sloId: number): Promise<Reach & { name: string }> {
  const slo = await tx.slo.findFirst({ where: { id: sloId, deletedAt: null }, include: { evaluation: true, status: true } })
  if (!slo) {
    const message = `There is no SLO with the number ${sloId}. Choose another.`
    throw new HeadroomError('INVALID_INPUT', message, [{ path: 'slo', message }])
  }
  return { name: slo.name, from: slo.evaluation?.historyFrom ?? null, to: slo.status?.ts ?? null }
}
