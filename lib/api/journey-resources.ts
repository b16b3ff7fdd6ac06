import { z } from 'zod'
import { CRITICALITIES } from '../journey/journey'
import { COMPOSITE_RULES } from '../slo/composite'
import { SLO_STATES } from '../slo/state'

const maybe = z.number().nullable()

export const journeySloSchema = z
  .object({
    id: z.int(),
    key: z.string().meta({ description: 'service/slo, by their short names' }),
    name: z.string(),
    service: z.string(),
    target: z.number(),
    window: z.string(),
    state: z.enum(SLO_STATES).nullable(),
    remaining: maybe,
    rule: z.enum(COMPOSITE_RULES).nullable(),
  })
  .meta({ id: 'JourneySlo' })

export const journeyResourceSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    criticality: z.enum(CRITICALITIES),
    description: z.string(),
    businessImpact: z.string(),
    version: z.int(),
    steps: z.array(z.object({ name: z.string(), sliType: z.string(), threshold: z.string(), slo: journeySloSchema.nullable() })),
    result: journeySloSchema.nullable().meta({ description: 'the composite SLO that judges the whole way' }),
  })
  .meta({ id: 'Journey' })

export const journeyListSchema = z.object({ items: z.array(journeyResourceSchema) })
export const savedJourneySchema = z.object({ slug: z.string(), version: z.int() })
