import { z } from 'zod'
import { makeTemplateSchema } from '../template/schema'
import { get, write } from './operations'

const slugs = z.object({ slug: z.string() })
const list = z
  .object({
    items: z.array(
      z.object({
        slug: z.string(),
        group: z.string(),
        name: z.string(),
        summary: z.string(),
        kind: z.string(),
        own: z.boolean().meta({ description: 'made here from an SLO' }),
      }),
    ),
  })
  .meta({ id: 'TemplateList' })

/** The shape of a definition stays open here: its fields are those of `createSlo`. */
const filled = z
  .object({
    definitions: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'one per objective, to be completed and sent to createSlo' }),
    notes: z.array(z.string()).meta({ description: 'what was not found' }),
  })
  .meta({ id: 'FilledTemplate' })

export const templateServiceSchema = z.object({
  service: z
    .string({ error: 'Say for which service: ?service=checkout-api.' })
    .min(1, { error: 'Say for which service: ?service=checkout-api.' })
    .max(60)
    .meta({ description: 'short name of the service whose metrics fill it in' }),
})

export const templatePaths = {
  '/api/v1/templates': {
    ...get('listTemplates', 'Starting points for SLOs', list),
    post: write('makeTemplate', 'Keep the definition of an SLO as a template', {
      body: makeTemplateSchema,
      answer: slugs,
      status: 201,
    }),
  },
  '/api/v1/templates/{slug}': {
    ...get('fillTemplate', 'A template filled in from what the source exposes', filled, {
      path: slugs,
      query: templateServiceSchema,
    }),
    delete: write('removeTemplate', 'Remove a template that was made here', { answer: slugs, params: { path: slugs } }),
  },
}
