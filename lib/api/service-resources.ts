import { z } from 'zod'
import { CONTEXT_WORDS, LINKS } from '../service/definition-input'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import { SLO_STATES } from '../slo/state'
import { sloSchema } from './resources'

/** Services in the public API. */

const state = z.enum(SLO_STATES).nullable()
const person = z.object({ name: z.string(), email: z.string() }).nullable()

const recommendationSchema = z
  .object({
    tier: z.enum(TIERS),
    because: z.array(z.string()).meta({ description: 'what calls for this tier' }),
    also: z.array(z.object({ tier: z.enum(TIERS), text: z.string() })).meta({ description: 'what asks for less' }),
    missing: z.array(z.string()).meta({ description: 'characteristics that nobody has stated' }),
  })
  .meta({ id: 'TierRecommendation' })

const serviceSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    tier: z.string(),
    kind: z.string(),
    team: z.string(),
    labels: z.record(z.string(), z.string()),
    links: z.record(z.enum(LINKS), z.string().nullable()),
    owners: z.object({
      sloOwner: person,
      engineeringTeam: z.object({ slug: z.string(), name: z.string() }),
      productOwner: person,
    }),
    dependencies: z.array(z.string()).meta({ description: 'slugs of the services it needs' }),
    dependants: z.array(z.string()).meta({ description: 'slugs of the services that need it' }),
    recommendedTier: z.enum(TIERS).nullable(),
    sloCount: z.int(),
    states: z.record(z.string(), z.int()).meta({ description: 'number of SLOs in each state' }),
    worstState: state,
    version: z.int(),
    managedBy: z
      .object({ owner: z.string(), file: z.string().nullable(), line: z.int().nullable(), fields: z.array(z.string()) })
      .nullable()
      .meta({ description: 'the set of files that manages it, and what they say: changed there, refused here' }),
  })
  .meta({ id: 'Service' })

export const serviceListSchema = z.object({ items: z.array(serviceSchema) }).meta({ id: 'ServiceList' })

const endSchema = z.object({ slug: z.string(), name: z.string(), tier: z.enum(TIERS), worstState: state })

/** Looser than what `createService` accepts: what is stored was accepted already. */
const definitionSchema = z
  .object({
    ...{ name: z.string(), slug: z.string(), description: z.string(), tier: z.enum(TIERS), kind: z.enum(SERVICE_KINDS) },
    ...{ team: z.string(), labels: z.record(z.string(), z.string()), links: z.record(z.enum(LINKS), z.string().nullable()) },
    context: z.record(z.enum(Object.keys(CONTEXT_WORDS) as (keyof typeof CONTEXT_WORDS)[]), z.string()),
    characteristics: z.record(z.string(), z.unknown()),
    ...{ sloOwner: z.string().nullable(), productOwner: z.string().nullable(), dependencies: z.array(z.string()) },
    timeZone: z.string(),
  })
  .meta({ id: 'ServiceDefinition', description: 'what a change sends back, changed' })

export const serviceDetailSchema = serviceSchema
  .extend({
    definition: definitionSchema,
    recommendation: recommendationSchema.nullable(),
    graph: z.object({ dependencies: z.array(endSchema), dependants: z.array(endSchema) }),
    slos: z.array(sloSchema),
  })
  .meta({ id: 'ServiceDetail' })

export const serviceSavedSchema = z.object({ slug: z.string(), version: z.int(), changes: z.array(z.string()).optional() })

export type ServiceResource = z.infer<typeof serviceSchema>
export type ServiceDetailResource = z.infer<typeof serviceDetailSchema>
