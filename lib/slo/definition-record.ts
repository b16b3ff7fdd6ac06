import { z } from 'zod'
import { labelsSchema, type SloDefinitionRecord } from './definition-input'
import { indicatorSchema } from './indicator'
import { BUDGETING_METHODS, NO_DATA_POLICIES, targetSchema } from './objective'
import { windowSchema } from './window'

/** What a version row keeps. Versions written by older releases may lack fields; those stay absent. */
const storedSchema = z.object({
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  service: z.string(),
  dataSource: z.string(),
  indicator: indicatorSchema,
  method: z.enum(BUDGETING_METHODS),
  sliceTarget: z.number().nullable(),
  target: targetSchema,
  window: windowSchema,
  noDataPolicy: z.enum(NO_DATA_POLICIES),
  coverageFloor: z.number(),
  minEvents: z.number(),
  gating: z.boolean(),
  labels: labelsSchema,
  objectiveGroup: z.string().nullable(),
})

export const readRecord = (stored: unknown): Partial<SloDefinitionRecord> => {
  const parsed = storedSchema.partial().safeParse(stored)
  return parsed.success ? (parsed.data as Partial<SloDefinitionRecord>) : {}
}

type Row = Omit<SloDefinitionRecord, 'service' | 'dataSource'> & { serviceSlug: string; sourceName: string }

/** The present definition of a stored row, in the shape that versions keep and people edit. */
export const recordOf = (row: { [K in keyof Row]: unknown }): SloDefinitionRecord =>
  storedSchema.parse({
    ...row,
    service: row.serviceSlug,
    dataSource: row.sourceName,
    objectiveGroup: row.objectiveGroup ?? null,
  }) as SloDefinitionRecord
