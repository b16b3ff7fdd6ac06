import { z } from 'zod'
import { plainText, slugSchema } from '../slo/definition-input'

export const makeTemplateSchema = z.object({
  sloId: z.number().int().positive(),
  name: plainText('a name', 80).min(1, { error: 'Give the template a name.' }),
  slug: slugSchema,
  summary: plainText('a summary', 200).default(''),
})
export const removeTemplateSchema = z.object({ slug: slugSchema })
