import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import { canReadSlos } from './policy'

/** The number of the SLO that has this short name in a service. */
export async function sloNamed(actor: Actor, service: string, slug: string): Promise<number> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const row = await db().slo.findFirst({ where: { slug, deletedAt: null, service: { slug: service } }, select: { id: true } })
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no SLO ${service}/${slug}.`)
  return row.id
}
