import { z } from 'zod'
import { TIERS } from '../service/tier'
import type { UnixSeconds } from '../time-series/units'
import { LINK_STATES, newWallLinkSchema, type WallLinkInfo } from '../wall/schema'
import { get, write } from './operations'

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

const linkSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'first characters of the secret, which is never read out' }),
    team: z.string().nullable().meta({ description: 'slug; null: all teams' }),
    tier: z.enum(TIERS).nullable(),
    state: z.enum(LINK_STATES),
    makerLeft: z.boolean().meta({ description: 'who made it can no longer sign in; the link still works' }),
    ...{ createdBy: z.string(), createdAt: instant, lastUsedAt: instant.nullable() },
    ...{ expiresAt: instant.nullable(), revokedAt: instant.nullable(), revokedBy: z.string().nullable() },
  })
  .meta({ id: 'WallLink' })

export const wallLinkOf = ({ team, ...link }: WallLinkInfo): z.infer<typeof linkSchema> => ({
  ...link,
  team: team?.slug ?? null,
  ...{ createdAt: iso(link.createdAt), lastUsedAt: isoOrNull(link.lastUsedAt) },
  ...{ expiresAt: isoOrNull(link.expiresAt), revokedAt: isoOrNull(link.revokedAt) },
})

export const wallPaths = {
  '/api/v1/wall-links': {
    ...get(
      'listWallLinks',
      'Links that show the wall without signing in, newest first',
      z.object({ items: z.array(linkSchema) }),
    ),
    post: write('createWallLink', 'A link for one screen', {
      body: newWallLinkSchema,
      answer: z.object({ id: z.uuid(), path: z.string().meta({ description: 'with the secret; it cannot be read again' }) }),
      status: 201,
    }),
  },
  '/api/v1/wall-links/{id}/revocation': {
    post: write('revokeWallLink', 'End a link; its screen stops at its next question', {
      answer: z.object({ id: z.uuid() }),
      params: { path: z.object({ id: z.uuid() }) },
    }),
  },
}
