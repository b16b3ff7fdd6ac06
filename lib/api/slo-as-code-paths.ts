import { z } from 'zod'
import { slugSchema } from '../slo/definition-input'
import { type Applied, PLAN_KINDS, PLAN_VERBS } from '../slo-as-code/plan'
import { applySchema, planSchema } from '../slo-as-code/schema'
import { problem, write } from './operations'

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

const maybe = z.number().nullable()
const faultSchema = z
  .object({
    file: z.string(),
    line: z.int(),
    column: z.int(),
    path: z.string(),
    object: z.string().optional().meta({ description: 'kind and name' }),
    severity: z.enum(['error', 'warning']),
    stage: z.enum(['text', 'decode', 'validate', 'references']),
    reason: z.string(),
    suggestion: z.string().optional(),
  })
  .meta({ id: 'FileFault', description: 'What is wrong in a file; problems have all of them as faults.' })

const itemSchema = z
  .object({
    kind: z.enum(PLAN_KINDS),
    verb: z.enum(PLAN_VERBS).meta({ description: 'one that is refused keeps all from being applied' }),
    key: z.string().meta({ description: 'checkout, or checkout/availability' }),
    name: z.string(),
    sloId: z.int().nullable(),
    place: z.object({ file: z.string(), line: z.int() }).nullable(),
    changes: z.array(z.string()),
    reason: z.string().nullable().meta({ description: 'why it is refused' }),
    notes: z.array(z.string()),
    effect: z.object({ before: maybe, after: maybe, why: z.string().nullable(), over: z.string().optional() }).nullable().meta({
      description: 'share of the budget that is left, before and after; why it is not known, or what it was measured over',
    }),
  })
  .meta({ id: 'PlanItem' })

const count = z.int()
export const planReplySchema = z
  .object({
    owner: z.string().nullable(),
    ok: z.boolean().meta({ description: 'it can be applied' }),
    counts: z.object({ create: count, change: count, delete: count, unchanged: count, refused: count }),
    faults: z.array(faultSchema),
    items: z.array(itemSchema),
    notes: z.array(z.string()),
    fingerprint: z.string().meta({ description: 'send it as expect, and nothing else is applied' }),
  })
  .meta({ id: 'Plan' })

export const appliedSchema = z
  .object({ plan: planReplySchema, owner: z.string().nullable(), at: z.iso.datetime(), revision: z.string().nullable() })
  .meta({ id: 'Applied' })

/** What a problem has besides when files or a plan are refused. */
export const refusalSchema = z.object({ faults: z.array(faultSchema).optional(), plan: planReplySchema.optional() })

export const appliedOf = ({ at, ...applied }: Applied): z.infer<typeof appliedSchema> => ({
  ...applied,
  at: new Date(at * 1000).toISOString(),
})

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
  '/api/v1/slo-as-code/plan': {
    post: write('planFiles', 'What applying these files would do, in words and for each budget; nothing is written', {
      ...{ body: planSchema, answer: planReplySchema },
    }),
  },
  '/api/v1/slo-as-code/apply': {
    post: write('applyFiles', 'Make the portal what these files say, all of it or nothing', {
      ...{ body: applySchema, answer: appliedSchema },
    }),
  },
}
