import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { db } from '../db/client'
import { toUnix, type UnixSeconds } from '../time-series/units'
import { canReadReports, canSubscribeOthers, WHO_READS } from './policy'

type Named = { slug: string; name: string }
export type Subscription = {
  id: number
  /** whose it is: the name of a person, or an address */
  reader: string
  mine: boolean
  /** of one service, of the services of a team; neither: of the organisation */
  service: Named | null
  team: Named | null
  createdBy: string
  createdAt: UnixSeconds
}

/** Subscriptions that the actor may end: their own, and for owners everybody's. */
export async function readSubscriptions(actor: Actor): Promise<Subscription[]> {
  authorize(canReadReports(actor), WHO_READS)
  const person = personBehind(actor)
  const all = actor.type === 'system' || canSubscribeOthers(actor)
  if (!all && person === null) return []
  const named = { select: { slug: true, name: true } }
  const rows = await db().reportReader.findMany({
    where: all ? {} : { personId: person },
    include: { person: { select: { name: true } }, service: named, team: named },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, person: reader, personId, address, service, team, createdBy, createdAt }) => ({
    ...{ id, reader: reader?.name ?? address ?? '', mine: personId !== null && personId === person },
    ...{ service, team, createdBy, createdAt: toUnix(createdAt) },
  }))
}
