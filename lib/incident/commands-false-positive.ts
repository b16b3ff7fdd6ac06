import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { requestCorrections } from '../correction/commands'
import { LONGEST } from '../correction/schedule'
import { type NewCorrection, newCorrectionSchema } from '../correction/schema'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { audited, clock, note } from './commands-change'
import { edgeAfter } from './edges'
import { canRunIncidents, WHO_RUNS } from './policy'
import { stretchesToExclude } from './stretches-to-exclude'

const local = (at: UnixSeconds): string => new Date(at * 1000).toISOString().slice(0, 16)

/**
 * It was none: asks that its SLOs be judged without its stretches; the incident refers to the first request. Somebody else decides, as about any correction. An incident whose
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
  const stretches = (own.length > 0 ? own : impacts).map(({ sloId, fromTs, toTs }) => ({
    ...{ sloId, from: fromTs, to: toTs ?? edgeAfter(now) },
  }))
  const asked = exclusionsOf(stretches, `Incident ${id}: ${reason}`)
  const { ids } = await requestCorrections(actor, asked, async (tx, [first, ...more]) => {
    const { count } = await tx.incident.updateMany({
      where: { id, version },
      data: { falsePositive: true, correctionId: first as number, version: version + 1 },
    })
    if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this incident meanwhile. Read it again.')
    const names = [first, ...more].map((number) => `#${number}`).join(', ')
    const text = `False positive: asked for exclusion${more.length === 0 ? '' : 's'} ${names}. ${reason}`
    const detail = { correctionId: first, correctionIds: [first, ...more], version: version + 1 }
    await note(tx, actor, id, { at: now, kind: 'correction', text, detail })
    await audited(tx, actor, id, { verb: 'false-positive', before: { version }, after: detail })
  })
  return { id, correctionId: ids[0] as number }
}

/** One request per stretch: what lies between two of them was no part of the incident, and stays. */
function exclusionsOf(stretches: Parameters<typeof stretchesToExclude>[0], reason: string): NewCorrection[] {
  const found = stretchesToExclude(stretches)
  if (found.length === 0)
    throw new HeadroomError('CONFLICT', 'The stretches of this incident are empty: there is nothing to exclude.')
  if (found.some(({ from, to }) => to - from > LONGEST))
    throw new HeadroomError(
      'CONFLICT',
      'A stretch of this incident is longer than 31 days, and no exclusion may be. Correct its times first, or change the objective.',
    )
  return found.map(({ from, to, slos }) =>
    newCorrectionSchema.parse({
      ...{ kind: 'exclusion', cause: 'false_positive', reason, scope: { slos } },
      schedule: { from: local(from), to: local(to), timeZone: 'UTC' },
    }),
  )
}
