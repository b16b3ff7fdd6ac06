import { z } from 'zod'
import { slugSchema } from '../slo/definition-input'
import { problem } from './operations'

/** SLOs as files. */

const FORMATS = ['openslo', 'openslo-files'] as const

export const exportQuerySchema = z.object({
  format: z
    .enum(FORMATS, { error: `The format is one of ${FORMATS.join(', ')}.` })
    .default('openslo')
    .meta({ description: 'openslo: one YAML text; openslo-files: a file for each service, as JSON' }),
  service: z
    .string()
    .transform((text) => text.split(',').map((slug) => slug.trim()))
    .pipe(z.array(slugSchema).max(100, { error: 'Name at most 100 services.' }))
    .optional()
    .meta({ description: 'slugs of services, with commas; without it, all' }),
})

export const exportedFilesSchema = z
  .object({ files: z.array(z.object({ name: z.string(), text: z.string() })) })
  .meta({ id: 'ExportedFiles' })

export const sloAsCodePaths = {
  '/api/v1/slo-as-code/export': {
    get: {
      operationId: 'exportSlos',
      summary: 'What is measured, as OpenSLO v1',
      requestParams: { query: exportQuerySchema },
      responses: {
        200: {
          description: 'the files',
          content: { 'application/yaml': { schema: z.string() }, 'application/json': { schema: exportedFilesSchema } },
        },
        400: problem('The input cannot be read.'),
        401: problem('No token, or one that is not valid.'),
        404: problem('There is no such service.'),
      },
    },
  },
}
