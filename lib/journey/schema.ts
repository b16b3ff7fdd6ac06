import { z } from 'zod'
import { plainText, slugSchema } from '../slo/definition-input'
import { CRITICALITIES, SLI_TYPES } from './journey'

const sloKey = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, { error: 'Name an SLO as service/slo, by their short names.' })
  .nullable()
  .default(null)

export const journeyStepSchema = z.object({
  name: plainText('a name', 80).min(1, { error: 'Say what people do in this step.' }),
  sliType: z.enum(SLI_TYPES, { error: `Choose one of ${SLI_TYPES.join(', ')}.` }),
  threshold: plainText('a threshold', 40).regex(/\d\s*(%|[a-zµ])/i, {
    error: 'Write a number with its unit, for example 500 ms or 99.9 %.',
  }),
  slo: sloKey,
})

/** A journey as people and programs write it. */
export const journeySchema = z.object({
  name: plainText('a name', 80).min(1, { error: 'Give the journey a name people will recognise.' }),
  slug: slugSchema,
  criticality: z.enum(CRITICALITIES, { error: 'Choose how critical it is.' }),
  description: plainText('a description', 2_000).default(''),
  businessImpact: plainText('the impact', 2_000).default(''),
  steps: z
    .array(journeyStepSchema, { error: 'A journey has steps.' })
    .min(1, { error: 'A journey has at least one step.' })
    .max(20, { error: 'Use at most 20 steps.' }),
  /** the composite SLO that judges the whole way */
  result: sloKey,
})
export type JourneyInput = z.output<typeof journeySchema>

const version = z.number({ error: 'Say which version was edited.' }).int().positive()
export const updateJourneySchema = z.object({ slug: slugSchema, version, journey: journeySchema })
export const journeyChangeSchema = updateJourneySchema.omit({ slug: true })
export const deleteJourneySchema = z.object({ slug: slugSchema, version })
export const setResultSchema = z.object({ slug: slugSchema, sloId: z.number().int().positive() })
