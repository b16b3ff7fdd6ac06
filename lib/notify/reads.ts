import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { addressText, type ChannelKind, type Route, routeSchema, settingsSchema } from './channel'
import { canReadChannels, WHO_READS } from './policy'
import type { ChannelInfo } from './schema'

type Row = {
  id: number
  version: number
  name: string
  kind: ChannelKind
  enabled: boolean
  settings: unknown
  signed: boolean
  routes: unknown[]
  waiting: number
  failed: number
  last: { at: number; ok: boolean; detail: string } | null
}

const infoOf = ({ settings, routes, ...row }: Row): ChannelInfo => {
  const kept = settingsSchema.parse(settings)
  return {
    ...row,
    address: addressText(row.kind, kept),
    to: kept.to,
    owners: kept.owners ?? false,
    routes: routes.map((route): Route => routeSchema.parse(route)),
  }
}

const read = async (id: number | null): Promise<ChannelInfo[]> => {
  const { rows } = await pool().query<Row>(
    `SELECT c.id, c.version, c.name, c.kind::text, c.enabled, c.settings, c.secret IS NOT NULL AS signed,
       coalesce((SELECT json_agg(json_build_object('severities', r.severities, 'tiers', r.tiers, 'teams', r.teams) ORDER BY r.id)
         FROM notification_route r WHERE r.channel_id = c.id), '[]') AS routes,
       (SELECT count(*)::int FROM outbox_message m WHERE m.channel_id = c.id AND m.state IN ('waiting', 'sending')) AS waiting,
       (SELECT count(*)::int FROM outbox_message m WHERE m.channel_id = c.id AND m.state = 'failed') AS failed,
       (SELECT json_build_object('at', floor(extract(epoch FROM d.at)), 'ok', d.ok, 'detail', d.detail)
         FROM delivery_attempt d JOIN outbox_message m ON m.id = d.message_id WHERE m.channel_id = c.id ORDER BY d.id DESC LIMIT 1) AS last
     FROM channel c WHERE $1::int IS NULL OR c.id = $1 ORDER BY c.name`,
    [id],
  )
  return rows.map(infoOf)
}

/** Every channel, by name. */
export async function listChannels(actor: Actor): Promise<ChannelInfo[]> {
  authorize(canReadChannels(actor), WHO_READS)
  return read(null)
}

/** One channel. Throws NOT_FOUND. */
export async function channel(actor: Actor, id: number): Promise<ChannelInfo> {
  authorize(canReadChannels(actor), WHO_READS)
  const [found] = await read(id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no channel with the number ${id}.`)
  return found
}

/** Teams that a route may name. */
export async function routableTeams(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorize(canReadChannels(actor), WHO_READS)
  return db().team.findMany({ select: { slug: true, name: true }, orderBy: { name: 'asc' } })
}
