import { z } from 'zod'
import { ROLES } from '../auth/role'
import { GAP_KINDS, type Holder, LOOSE_KINDS } from '../governance/holding'
import { KEPT } from '../governance/practice'
import { type Governance, governanceQuerySchema } from '../governance/schema'
import { TIERS } from '../service/tier'
import type { UnixSeconds } from '../time-series/units'
import { get } from './operations'

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const holder = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES), disabled: z.boolean() }).nullable()
const place = z.object({ slug: z.string(), name: z.string() })

const held = place.extend({
  version: z.int(),
  open: z.array(z.enum(ROLES)).meta({ description: 'in whose name nobody agreed to this version yet' }),
})

const governanceSchema = z
  .object({
    asOf: instant,
    roles: z.array(
      z.object({ role: z.enum(ROLES), responsibilities: z.array(z.string()), people: z.int(), names: z.array(z.string()) }),
    ),
    services: z.array(
      z.object({
        ...{ slug: z.string(), name: z.string(), tier: z.enum(TIERS), slos: z.int() },
        team: place.extend({ people: z.int() }),
        ...{ sloOwner: holder, productOwner: holder },
        policy: held.meta({ description: 'for the service as a whole' }),
        sloPolicies: z.array(held).meta({ description: 'others that hold for single SLOs of it' }),
        gaps: z.array(z.object({ kind: z.enum(GAP_KINDS), sentence: z.string(), link: z.string() })),
      }),
    ),
    ...{ total: z.int(), matched: z.int(), withGaps: z.int() },
    gapCounts: z.record(z.enum(GAP_KINDS), z.int()),
    loose: z
      .array(z.object({ kind: z.enum(LOOSE_KINDS), count: z.int(), sentence: z.string(), link: z.string() }))
      .meta({ description: 'what is missing of no single service' }),
    practices: z.array(
      z.object({
        ...{ key: z.string(), name: z.string(), cadence: z.string(), over: z.string() },
        keeping: z.object({
          ...{ kept: z.int(), late: z.int(), missed: z.int(), open: z.int() },
          share: z.number().nullable().meta({ description: 'of those that are due, how many were done in time, 0..1' }),
        }),
        occurrences: z.array(
          z.object({
            ...{ due: instant, done: instant.nullable(), kept: z.enum(KEPT), what: z.string(), link: z.string().nullable() },
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Governance' })

const holderOf = (one: Holder | null) => one && { id: one.id, name: one.name, role: one.role, disabled: one.disabled }

export const governanceOf = ({ asOf, team: _, services, practices, ...rest }: Governance): z.infer<typeof governanceSchema> => ({
  ...rest,
  asOf: iso(asOf),
  services: services.map((one) => ({ ...one, sloOwner: holderOf(one.sloOwner), productOwner: holderOf(one.productOwner) })),
  practices: practices.map(({ occurrences, ...practice }) => ({
    ...practice,
    occurrences: occurrences.map(({ due, done, ...one }) => ({ ...one, due: iso(due), done: done === null ? null : iso(done) })),
  })),
})

export const governancePaths = {
  '/api/v1/governance': get(
    'getGovernance',
    'Who answers for what, what is missing, and how well practices are kept',
    governanceSchema,
    {
      query: governanceQuerySchema,
    },
  ),
}
