import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { Tier } from '../service/tier'
import { toUnix } from '../time-series/units'
import { hashOf, WALL_SECRET } from '../token/secret'
import { pacer } from './pace'
import { canReadWallLinks, WHO_READS } from './policy'
import type { WallLinkInfo, WallLinkState } from './schema'

type Ends = { expiresAt: Date | null; revokedAt: Date | null }
const stateOf = ({ expiresAt, revokedAt }: Ends, now: Date): WallLinkState =>
  revokedAt ? 'revoked' : expiresAt && expiresAt <= now ? 'expired' : 'works'

const unixOrNull = (at: Date | null) => at && toUnix(at)
const team = { select: { slug: true, name: true } }
const maker = { select: { disabledAt: true } }

/** Every link, newest first; those that have ended stay on the list. */
export async function wallLinks(actor: Actor, now = new Date()): Promise<WallLinkInfo[]> {
  authorize(canReadWallLinks(actor), WHO_READS)
  const links = await db().wallLink.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], include: { team, maker } })
  return links.map((link) => ({
    ...{ id: link.id, name: link.name, prefix: link.prefix, team: link.team, tier: link.tier, state: stateOf(link, now) },
    ...{
      createdBy: link.createdBy,
      makerLeft: Boolean(link.maker?.disabledAt),
      createdAt: toUnix(link.createdAt),
      lastUsedAt: unixOrNull(link.lastUsedAt),
    },
    ...{ expiresAt: unixOrNull(link.expiresAt), revokedAt: unixOrNull(link.revokedAt), revokedBy: link.revokedBy },
  }))
}

/** Teams that a link may be limited to. */
export async function wallTeams(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorize(canReadWallLinks(actor), WHO_READS)
  return db().team.findMany({ ...team, orderBy: { name: 'asc' } })
}

/** Who holds a link is nobody: it opens one read, of what the link is limited to. */
export type WallPass = { link: string; team: string | null; tier: Tier | null }

const ENDED: Record<Exclude<WallLinkState, 'works'> | 'unknown', string> = {
  revoked: 'This link to the wall was revoked. Ask whoever gave it to you for a new one.',
  expired: 'This link to the wall has expired. Ask whoever gave it to you for a new one.',
  unknown: 'There is no such link to the wall. Look whether the address is whole.',
}

/** Once a minute at most: reading must not become writing. */
const NOTE_EVERY = 60_000

/** A screen asks every five seconds at most, and several may share a link. */
const paced = pacer({ perSecond: 2, burst: 20 })

/** What a secret opens. Refused with a sentence when it is unknown, expired or revoked, or when it is used too often. */
export async function passOf(secret: string, now = new Date()): Promise<WallPass> {
  const link = WALL_SECRET.test(secret)
    ? await db().wallLink.findUnique({ where: { hash: hashOf(secret) }, include: { team } })
    : null
  const state = link ? stateOf(link, now) : 'unknown'
  if (!link || state !== 'works') throw new HeadroomError('UNAUTHENTICATED', ENDED[state as keyof typeof ENDED])
  if (!paced(link.id, now.getTime()))
    throw new HeadroomError('TOO_MANY_REQUESTS', 'This link is asked more than twice a second. Make one for each screen.')
  if (!link.lastUsedAt || now.getTime() - link.lastUsedAt.getTime() > NOTE_EVERY)
    await db().wallLink.updateMany({ where: { id: link.id }, data: { lastUsedAt: now } })
  return { link: link.name, team: link.team?.slug ?? null, tier: link.tier }
}
