import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { windowSchema } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import { type AlertPolicy, alertPolicySchema } from './alert-policy'
import { type AssignedPlace as Place, placeOf, refuseAt } from './commands-place'
import { mustNotBeSaidByFile, putAlertPolicy } from './commands-write'
import { canDefineAlertPolicy, WHO_DEFINES } from './policy'
import { leftOut, type SloRow } from './reads-policies'

/**
 * Says which policy holds where; `null` takes an assignment back, and what is wider holds again. A policy is refused where a
 * pair of it could never fire; a tier and the default reach too far for that, and leave the pair out.
 */
export async function assignAlertPolicy(
  actor: Actor,
  { scope, policy }: { scope: string; policy: string | null },
  now = Math.floor(Date.now() / 1000),
): Promise<{ scope: string; policy: string | null }> {
  authorize(canDefineAlertPolicy(actor), WHO_DEFINES)
  return transaction(async (tx) => {
    const place = await placeOf(tx, scope)
    if (place.sloId !== undefined) await mustNotBeSaidByFile(tx, place.sloId, 'alerting')
    const found = policy === null ? null : await tx.alertPolicy.findUnique({ where: { slug: policy } })
    if (policy !== null && !found) throw refuseAt('policy', `There is no alert policy “${policy}”. Choose one of the list.`)
    if (found) await mustFire(tx, alertPolicySchema.parse(found.settings), [place], now, 'policy')
    await putAlertPolicy(tx, actor, place, found)
    return { scope, policy }
  })
}

/** An edited policy has to be able to fire wherever a service or an SLO was given it. */
export async function mustFireWhereAssigned(tx: Transaction, policyId: number, settings: AlertPolicy, now: UnixSeconds) {
  const assigned = await tx.alertPolicyAssignment.findMany({ where: { policyId } })
  const places = assigned.map(({ scope, serviceId, sloId }) => ({
    scope,
    ...(serviceId !== null && { serviceId }),
    ...(sloId !== null && { sloId }),
  }))
  await mustFire(tx, settings, places, now, 'settings.pairs')
}

async function mustFire(tx: Transaction, settings: AlertPolicy, places: Place[], now: UnixSeconds, path: string): Promise<void> {
  const among = places.flatMap(({ serviceId, sloId }): Prisma.SloWhereInput[] =>
    serviceId !== undefined ? [{ serviceId }] : sloId !== undefined ? [{ id: sloId }] : [],
  )
  if (among.length === 0) return
  const slos = await tx.slo.findMany({
    where: { deletedAt: null, OR: among },
    select: {
      ...{ id: true, name: true, target: true, window: true },
      service: { select: { name: true } },
      dataSource: { select: { scrapeSeconds: true } },
    },
  })
  const problems = slos.flatMap(({ window, service, dataSource, ...slo }) => {
    const row: SloRow = { ...slo, window: windowSchema.parse(window), service: service.name, scrape: dataSource.scrapeSeconds }
    return leftOut(settings, row, now)
  })
  if (problems[0])
    throw new HeadroomError(
      'INVALID_INPUT',
      problems[0].sentence,
      problems.slice(0, 10).map(({ sentence }) => ({ path, message: sentence })),
    )
}
