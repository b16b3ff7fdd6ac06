import { z } from 'zod'
import { type Applied, PLAN_KINDS, PLAN_VERBS } from '../slo-as-code/plan'
import { applySchema, planSchema } from '../slo-as-code/schema'
import { write } from './operations'

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
    effect: z
      .object({ before: maybe, after: maybe, why: z.string().nullable() })
      .nullable()
      .meta({ description: 'share of the budget that is left, before and after; why it is not known' }),
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
