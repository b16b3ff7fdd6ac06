import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { canSubscribe, canSubscribeOthers, WHO_SUBSCRIBES, WHO_SUBSCRIBES_OTHERS } from './policy'
import type { SubscribeInput } from './schema'

/** Whoever is named gets the reports of a service, of a team's services, or the organisation's, from the next one on. Twice is once. */
export async function subscribe(actor: Actor, input: SubscribeInput): Promise<{ id: number }> {
  authorize(canSubscribe(actor), WHO_SUBSCRIBES)
  if (input.address !== null) authorize(canSubscribeOthers(actor), WHO_SUBSCRIBES_OTHERS)
  const person = input.address === null ? personBehind(actor) : null
  if (input.address === null && person === null)
    throw new HeadroomError('INVALID_INPUT', 'This token speaks for nobody: name an address.', [
      { path: 'address', message: 'Name an address.' },
    ])
  return transaction(async (tx) => {
    const service =
      input.service === null ? null : await tx.service.findUnique({ where: { slug: input.service }, select: { id: true } })
    if (input.service !== null && !service) throw refuse('service', `There is no service “${input.service}”.`)
    const team = input.team === null ? null : await tx.team.findUnique({ where: { slug: input.team }, select: { id: true } })
    if (input.team !== null && !team) throw refuse('team', `There is no team “${input.team}”.`)
    const who = { personId: person, address: input.address?.toLowerCase() ?? null }
    const scope = { serviceId: service?.id ?? null, teamId: team?.id ?? null }
    const known = await tx.reportReader.findFirst({ where: { ...who, ...scope }, select: { id: true } })
    if (known) return known
    const { id } = await tx.reportReader.create({ data: { ...who, ...scope, createdBy: actorName(actor) } })
    await recordAudit(tx, actor, {
      ...{ action: 'report.subscribe', entityType: 'report_subscription', entityId: id },
      after: { ...who, service: input.service, team: input.team },
    })
    return { id }
  })
}

const refuse = (path: string, message: string) => new HeadroomError('INVALID_INPUT', message, [{ path, message }])

/** Ends a subscription: everyone their own, owners any. */
export async function unsubscribe(actor: Actor, { id }: { id: number }): Promise<{ id: number }> {
  authorize(canSubscribe(actor), WHO_SUBSCRIBES)
  return transaction(async (tx) => {
    const row = await tx.reportReader.findUnique({ where: { id } })
    if (!row) throw new HeadroomError('NOT_FOUND', `There is no subscription with the number ${id}.`)
    const mine = row.personId !== null && row.personId === personBehind(actor)
    authorize(mine || canSubscribeOthers(actor), WHO_SUBSCRIBES_OTHERS)
    await tx.reportReader.deleteMany({ where: { id } })
    const { personId, address, serviceId, teamId } = row
    await recordAudit(tx, actor, {
      ...{ action: 'report.unsubscribe', entityType: 'report_subscription', entityId: id },
      before: { personId, address, serviceId, teamId },
    })
    return { id }
  })
}
