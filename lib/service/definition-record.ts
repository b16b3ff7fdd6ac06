import type { z } from 'zod'
import { characteristicsSchema, NOTHING_STATED } from './characteristics'
import { NO_CONTEXT, NO_LINKS, type ServiceRecord, serviceDefinitionSchema } from './definition-input'

const { shape } = serviceDefinitionSchema
const orElse = <T>(schema: z.ZodType<T>, value: unknown, otherwise: T): T => {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : otherwise
}

type Row = Omit<ServiceRecord, 'links' | 'context' | 'characteristics' | 'labels'> & {
  links: unknown
  context: unknown
  characteristics: unknown
  labels: unknown
}

/** The present definition of a stored row, in the shape that versions keep and people edit. */
export const serviceRecordOf = (row: Row): ServiceRecord => ({
  ...{ name: row.name, slug: row.slug, description: row.description, tier: row.tier, kind: row.kind, team: row.team },
  labels: orElse(shape.labels, row.labels, {}),
  links: orElse(shape.links, row.links, NO_LINKS),
  context: orElse(shape.context, row.context, NO_CONTEXT),
  characteristics: orElse(characteristicsSchema, row.characteristics, NOTHING_STATED),
  ...{ sloOwner: row.sloOwner, productOwner: row.productOwner, dependencies: row.dependencies },
  timeZone: row.timeZone,
})
