import 'server-only'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { Tier } from '../service/tier'

/** Where a policy of either kind is assigned. */
export type AssignedPlace = { scope: string; tier?: Tier; serviceId?: number; sloId?: number }

export const refuseAt = (path: string, message: string): HeadroomError =>
  new HeadroomError('INVALID_INPUT', message, [{ path, message }])

/** The place that a scope of the API names: default, tier:critical, service:<slug> or slo:<number>. Throws INVALID_INPUT. */
export async function placeOf(tx: Transaction, scope: string): Promise<AssignedPlace> {
  const [kind, name = ''] = scope.split(':')
  if (kind === 'tier') return { scope, tier: name as Tier }
  if (kind === 'service') {
    const service = await tx.service.findUnique({ where: { slug: name }, select: { id: true } })
    if (!service) throw refuseAt('scope', `There is no service “${name}”. Choose one of the list.`)
    return { scope: `service:${service.id}`, serviceId: service.id }
  }
  if (kind === 'slo') {
    const slo = await tx.slo.findFirst({ where: { id: Number(name), deletedAt: null }, select: { id: true } })
    if (!slo) throw refuseAt('scope', `There is no SLO with the number ${name}.`)
    return { scope: `slo:${slo.id}`, sloId: slo.id }
  }
  return { scope: 'default' }
}
