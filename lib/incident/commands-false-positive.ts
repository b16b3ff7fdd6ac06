import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { requestCorrection } from '../correction/commands'
import { newCorrectionSchema } from '../correction/schema'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { audited, clock, note } from './commands-change'
import { edgeAfter } from './edges'
import { canRunIncidents, WHO_RUNS } from './policy'

const local = (at: UnixSeconds): string => new Date(at * 1000).toISOString().slice(0, 16)

/**
 * It was none: asks that its SLOs be judged without its stretch. Somebody else decides, as about any correction. An incident whose
 * request was refused or withdrawn may ask again.
 */
export async function markFalsePositive(
  actor: Actor,
  { id, reason }: { id: number; reason: string },
  now = clock(),
): Promise<{ id: number; correctionId: number }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  const stored = await db().incident.findUnique({ where: { id }, include: { impacts: true, correction: true } })
  if (!stored) throw new HeadroomError('NOT_FOUND', `There is no incident with the number ${id}.`)
  const { correction, impacts, version } = stored
  if (correction && (correction.status === 'requested' || correction.status === 'approved'))
    throw new HeadroomError('CONFLICT', `Exclusion #${correction.id} was asked for already. It is ${correction.status}.`)
  if (impacts.length === 0)
    throw new HeadroomError('CONFLICT', 'This incident spends the budget of no SLO. Add the SLOs it is about first.')
  const own = impacts.filter(({ claimedBy }) => claimedBy === null)
  const stretches = own.length > 0 ? own : impacts
  const asked = newCorrectionSchema.parse({
    ...{ kind: 'exclusion', cause: 'false_positive', reason: `Incident ${id}: ${reason}` },
    scope: { slos: [...new Set(stretches.map(({ sloId }) => sloId))] },
    schedule: {
      from: local(Math.min(...stretches.map(({ fromTs }) => fromTs))),
      to: local(Math.max(...stretches.map(({ toTs }) => toTs ?? edgeAfter(now)))),
      timeZone: 'UTC',
    },
  })
  const { id: correctionId } = await requestCorrection(actor, asked, async (tx, asksFor) => {
    const { count } = await tx.incident.updateMany({
      where: { id, version },
      data: { falsePositive: true, correctionId: asksFor, version: version + 1 },
    })
    if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this incident meanwhile. Read it again.')
    const text = `False positive: asked for exclusion #${asksFor}. ${reason}`
    await note(tx, actor, id, { at: now, kind: 'correction', text, detail: { correctionId: asksFor, version: version + 1 } })
    await audited(tx, actor, id, {
      verb: 'false-positive',
      before: { version },
      after: { correctionId: asksFor, version: version + 1 },
    })
  })
  return { id, correctionId }
}
