import 'server-only'
import { randomUUID } from 'node:crypto'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { type ChannelChange, type ChannelSettings, type NewChannel, type Route, settingsSchema } from './channel'
import type { Notice } from './notice'
import { canChangeChannels, WHO_CHANGES } from './policy'

const NEWER = 'Somebody changed this channel meanwhile. Read it again.'
const missing = (id: number) => new HeadroomError('NOT_FOUND', `There is no channel with the number ${id}.`)
const taken = (message: string) => new HeadroomError('INVALID_INPUT', message, [{ path: 'name', message }])

/** A new way to tell people or programs. */
export async function createChannel(actor: Actor, input: NewChannel): Promise<{ id: number }> {
  authorize(canChangeChannels(actor), WHO_CHANGES)
  const { name, kind, enabled, routes } = input
  await refuseUnknownTeams(routes)
  return transaction(async (tx) => {
    await refuseTaken(tx, name)
    const settings = input.kind === 'email' ? { to: input.to, owners: input.owners } : { url: input.url }
    const secret = input.kind === 'webhook' ? input.secret : null
    const { id } = await tx.channel.create({ data: { name, kind, enabled, settings, secret, routes: { create: routes } } })
    const after = { name, kind, enabled, routes, signed: secret !== null }
    await recordAudit(tx, actor, { action: 'channel.create', entityType: 'channel', entityId: id, after })
    return { id }
  })
}

/** Changes what the input names; the rest stays. The audit row says that an address or a secret changed, never what it is. */
export async function changeChannel(
  actor: Actor,
  { id, version, ...change }: ChannelChange & { id: number },
): Promise<{ id: number; version: number }> {
  authorize(canChangeChannels(actor), WHO_CHANGES)
  const { name, enabled, routes } = change
  if (routes) await refuseUnknownTeams(routes)
  const found = await db().channel.findUnique({ where: { id } })
  if (!found) throw missing(id)
  const settings = settingsFor(found.kind, settingsSchema.parse(found.settings), change)
  await transaction(async (tx) => {
    if (name !== undefined) await refuseTaken(tx, name, id)
    const { count } = await tx.channel.updateMany({
      where: { id, version },
      data: {
        ...{ version: version + 1, settings },
        ...(name !== undefined && { name }),
        ...(enabled !== undefined && { enabled }),
        ...(change.secret !== undefined && { secret: change.secret }),
      },
    })
    if (count === 0) throw new HeadroomError('CONFLICT', NEWER)
    if (routes) await replaceRoutes(tx, id, routes)
    const readdressed = change.url !== undefined || change.to !== undefined || change.owners !== undefined
    await recordAudit(tx, actor, {
      ...{ action: 'channel.change', entityType: 'channel', entityId: id },
      before: { name: found.name, enabled: found.enabled, version },
      after: { ...withoutSecrets(change), version: version + 1, readdressed, resigned: change.secret !== undefined },
    })
  })
  return { id, version: version + 1 }
}

const withoutSecrets = ({ name, enabled, routes }: Omit<ChannelChange, 'version'>): Record<string, Prisma.InputJsonValue> => ({
  ...(name !== undefined && { name }),
  ...(enabled !== undefined && { enabled }),
  ...(routes && { routes }),
})

function settingsFor(kind: string, settings: ChannelSettings, change: Omit<ChannelChange, 'version'>): ChannelSettings {
  const refuse = (path: string, message: string) => new HeadroomError('INVALID_INPUT', message, [{ path, message }])
  if (kind === 'email' && change.url !== undefined) throw refuse('url', 'Mail goes to addresses: leave url out, and write to.')
  if (kind !== 'email' && change.to !== undefined) throw refuse('to', 'Only mail has addresses: leave to out, and write url.')
  if (kind !== 'webhook' && change.secret !== undefined) throw refuse('secret', 'Only webhooks are signed: leave the secret out.')
  if (kind !== 'email' && change.owners !== undefined)
    throw refuse('owners', 'Only mail goes to people by name: leave owners out.')
  return { to: change.to ?? settings.to, url: change.url ?? settings.url, ...ownersOf(change.owners ?? settings.owners) }
}

const ownersOf = (owners: boolean | undefined) => (owners === undefined ? {} : { owners })

async function replaceRoutes(tx: Transaction, channelId: number, routes: Route[]): Promise<void> {
  await tx.notificationRoute.deleteMany({ where: { channelId } })
  await tx.notificationRoute.createMany({ data: routes.map((route) => ({ channelId, ...route })) })
}

async function refuseTaken(tx: Transaction, name: string, except = 0): Promise<void> {
  const other = await tx.channel.findFirst({ where: { name, id: { not: except } }, select: { id: true } })
  if (other) throw taken(`Another channel is called “${name}”. Choose another name.`)
}

async function refuseUnknownTeams(routes: Route[]): Promise<void> {
  const named = [...new Set(routes.flatMap(({ teams }) => teams))]
  if (named.length === 0) return
  const known = await db().team.findMany({ where: { slug: { in: named } }, select: { slug: true } })
  const unknown = named.find((slug) => !known.some((team) => team.slug === slug))
  const message = `There is no team “${unknown}”. Choose one of the list.`
  if (unknown) throw new HeadroomError('INVALID_INPUT', message, [{ path: 'routes', message }])
}

/** Removes a channel with everything that it was told and has yet to tell. Says how much of that was not out yet. */
export async function deleteChannel(
  actor: Actor,
  { id, version }: { id: number; version: number },
): Promise<{ id: number; lost: number }> {
  authorize(canChangeChannels(actor), WHO_CHANGES)
  return transaction(async (tx) => {
    const found = await tx.channel.findUnique({ where: { id }, select: { name: true, kind: true } })
    if (!found) throw missing(id)
    const lost = await tx.outboxMessage.count({ where: { channelId: id, state: { in: ['waiting', 'sending'] } } })
    const { count } = await tx.channel.deleteMany({ where: { id, version } })
    if (count === 0) throw new HeadroomError('CONFLICT', NEWER)
    const before = { ...found, version, lost }
    await recordAudit(tx, actor, { action: 'channel.delete', entityType: 'channel', entityId: id, before })
    return { id, lost }
  })
}

/** Puts a notice that says it is a trial into the outbox of one channel, whatever its routes are. */
export async function testChannel(
  actor: Actor,
  { id }: { id: number },
  now = Math.floor(Date.now() / 1000),
): Promise<{ id: number; messageId: number }> {
  authorize(canChangeChannels(actor), WHO_CHANGES)
  return transaction(async (tx) => {
    const found = await tx.channel.findUnique({ where: { id }, select: { name: true, enabled: true } })
    if (!found) throw missing(id)
    if (!found.enabled) throw new HeadroomError('CONFLICT', `“${found.name}” is off. Turn it on first.`)
    const notice: Notice = {
      ...{ key: `test ${randomUUID()}`, event: 'test', severity: 'ticket', at: now, path: '/settings/channels' },
      subject: `Test: “${found.name}” can be reached`,
      body: [`${actorName(actor)} sent this from Headroom to see whether it arrives. Nothing is wrong.`],
      ...{ service: null, slo: null, incidentId: null, startsAt: null, endsAt: null, facts: {} },
    }
    const { key, event, subject } = notice
    const message = await tx.outboxMessage.create({ data: { channelId: id, key, event, subject, notice } })
    await recordAudit(tx, actor, { action: 'channel.test', entityType: 'channel', entityId: id, after: { key } })
    return { id, messageId: Number(message.id) }
  })
}
