import { z } from 'zod'
import { TIERS, type Tier } from '../service/tier'
import { plainText, slugSchema } from '../slo/definition-input'
import type { Outlook } from '../slo/outlook'
import type { SloState } from '../slo/state'
import type { Ratio, UnixSeconds } from '../time-series/units'

const tier = z.enum(TIERS, { error: `The tier is one of ${TIERS.join(', ')}.` })

/** What a wall shows; nothing named: everything. */
export const wallFilterSchema = z.object({ team: slugSchema.optional(), tier: tier.optional() })
export type WallFilter = z.output<typeof wallFilterSchema>

export const newWallLinkSchema = z.object({
  name: plainText('where the screen hangs', 100).min(1, { error: 'Say where the screen hangs, for example Second floor.' }),
  team: slugSchema.nullable().default(null),
  tier: tier.nullable().default(null),
  /** how long it is valid, a year when nothing is said; null: until it is revoked */
  days: z
    .number({ error: 'Days are a whole number from 1 to 3650, or nothing.' })
    .int({ error: 'Days are a whole number from 1 to 3650, or nothing.' })
    .min(1, { error: 'A link lives for at least a day.' })
    .max(3_650, { error: 'Ten years are enough: use at most 3650 days.' })
    .nullable()
    .default(365),
})
export type NewWallLink = z.output<typeof newWallLinkSchema>

export const namedWallLinkSchema = z.object({ id: z.uuid({ error: 'The id of a link is a UUID.' }) })

export const LINK_STATES = ['works', 'expired', 'revoked'] as const
export type WallLinkState = (typeof LINK_STATES)[number]
/** A link as it may be read: never its secret. Instants are unix seconds. */
export type WallLinkInfo = {
  id: string
  name: string
  prefix: string
  team: { slug: string; name: string } | null
  tier: Tier | null
  state: WallLinkState
  createdBy: string
  /** who made it can no longer sign in */
  makerLeft: boolean
  createdAt: UnixSeconds
  lastUsedAt: UnixSeconds | null
  expiresAt: UnixSeconds | null
  revokedAt: UnixSeconds | null
  revokedBy: string | null
}

export type WallRow = {
  id: number
  service: string
  name: string
  state: SloState
  alert: 'page' | 'ticket' | null
  remaining: Ratio | null
  pace: number | null
  burn1h: number | null
  outlook: Outlook | null
}
/** One answer of the wall: as large for 10,000 SLOs as for 100. Unix seconds. */
export type WallView = {
  asOf: UnixSeconds | null
  /** what is shown, in words; empty: everything */
  of: string[]
  total: number
  states: Record<SloState, number>
  pages: number
  tickets: number
  /** needs eyes first, then watch, then what is healthy and yet fires: the most urgent of them */
  rows: WallRow[]
  /** how many there are of both kinds, shown or not; what is healthy and fires is watched */
  urgent: number
  watch: number
  /** the budget that ends first */
  next: { service: string; name: string; at: UnixSeconds } | null
  /** sources that answer and SLOs that are yet not evaluated: what is shown of them is what was; `since`: the oldest evaluation */
  behind: { count: number; since: UnixSeconds | null }
  /** the newest losses, and how many sources more */
  stale: { source: string; since: UnixSeconds; slos: number }[]
  moreStale: number
  /** the nearest ones, and how many more */
  freezes: { name: string; policy: string; from: UnixSeconds; to: UnixSeconds }[]
  moreFreezes: number
}
