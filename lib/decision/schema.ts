import { z } from 'zod'
import { newReleaseSchema } from '../release/schema'
import { CHANGE_TYPES } from '../release/vocabulary'
import { rowNumber } from '../row-number'
import { plainText } from '../slo/definition-input'
import { DAY, toUnix } from '../time-series/units'
import { conditionSchema } from './condition'
import { answersSchema, riskOf, riskSchema } from './risk'

const { service, version, link } = newReleaseSchema.shape
const instant = (sentence: string) =>
  z.iso
    .datetime({ offset: true, error: sentence })
    .refine((text) => /^20([0-2]|3[0-7])/.test(new Date(text).toISOString()), {
      error: 'Write an instant between the years 2000 and 2037.',
    })
    .transform((text) => toUnix(new Date(text)))
const PLANNED = 'Write the planned time with a zone, for example 2026-07-15T12:00:00Z.'

const what = {
  service,
  changeType: z.enum(CHANGE_TYPES, { error: `The type of change is one of ${CHANGE_TYPES.join(', ')}.` }),
  /** given, or from the answers to the five questions */
  risk: riskSchema.optional(),
  answers: answersSchema.nullish().transform((value) => value ?? null),
  description: plainText('a description', 2_000).default(''),
  links: z.array(link.unwrap()).max(20, { error: 'Give at most 20 links.' }).default([]),
  rollbackPlan: plainText('the way back', 2_000).default(''),
  plannedAt: instant(PLANNED)
    .nullish()
    .transform((value) => value ?? null),
}

type Risky = { risk?: z.output<typeof riskSchema> | undefined; answers: z.output<typeof answersSchema> | null }
const withRisk = <T extends Risky>({ risk, answers, ...rest }: T) => ({
  ...rest,
  answers,
  risk: risk ?? (answers ? riskOf(answers).risk : 'high'),
})
const needsRisk = (input: Risky, context: z.RefinementCtx): void => {
  if (input.risk === undefined && input.answers === null)
    context.addIssue({
      code: 'custom',
      path: ['risk'],
      message: 'Say the risk: low, medium or high, or answer the five questions.',
    })
}

/** What somebody wants to let out. */
export const newRequestSchema = z
  .object({ ...what, version, draft: z.boolean().default(false) })
  .superRefine(needsRisk)
  .transform(withRisk)
export type NewRequest = z.output<typeof newRequestSchema>

/** A question to the gate; with a version it asks for a release, without one it only asks. */
export const gateSchema = z
  .object({ ...what, version: version.optional() })
  .superRefine(needsRisk)
  .transform(withRisk)
export type GateQuestion = z.output<typeof gateSchema>

export const idempotencyKeySchema = z
  .string()
  .min(1, { error: 'An Idempotency-Key has at least one character.' })
  .max(200, { error: 'An Idempotency-Key has at most 200 characters.' })

export const requestIdSchema = rowNumber('a release request')
export const waiverIdSchema = rowNumber('a waiver')
export const conditionIdSchema = rowNumber('a condition')

const revision = z.number({ error: 'Say which revision was read.' }).int().positive()
const note = plainText('a note', 1_000).default('')
export const revisedSchema = z.object({ revision })
/** When it went out; without it, now. */
export const releasedSchema = revisedSchema.extend({
  at: instant('Write when it went out, with a zone, for example 2026-07-15T12:00:00Z.')
    .nullish()
    .transform((value) => value ?? null),
})
export const notedSchema = revisedSchema.extend({ note })
export const verdictSchema = z
  .object({
    revision,
    verdict: z.enum(['approve', 'refuse'], { error: 'The verdict is approve or refuse.' }),
    note,
    conditions: z.array(conditionSchema).max(20, { error: 'Set at most 20 conditions.' }).default([]),
  })
  .superRefine(({ verdict, note: why }, context) => {
    if (verdict === 'refuse' && why === '')
      context.addIssue({ code: 'custom', path: ['note'], message: 'Say why it is refused.' })
  })
export const tickSchema = z.object({ condition: conditionIdSchema, done: z.boolean({ error: 'Say whether it is kept.' }) })
export const draftChangeSchema = z
  .object({ ...what, version, revision })
  .superRefine(needsRisk)
  .transform(withRisk)
export const movedRequestSchema = notedSchema.extend({ id: requestIdSchema })
export const decidedRequestSchema = z.intersection(z.object({ id: requestIdSchema }), verdictSchema)
export const editedRequestSchema = z.intersection(z.object({ id: requestIdSchema }), draftChangeSchema)
export const tickedRequestSchema = tickSchema.extend({ id: requestIdSchema })
const OUT = 'Write when it went out with a zone, for example 2026-07-15T12:00:00Z.'
export const releasedRequestSchema = revisedSchema.extend({
  id: requestIdSchema,
  at: instant(OUT)
    .nullish()
    .transform((value) => value ?? null),
})
/** What would be decided, while somebody still writes. */
export const tryDecisionSchema = z.object({
  service,
  changeType: what.changeType,
  risk: riskSchema,
  plannedAt: what.plannedAt,
})

export const newWaiverSchema = z.object({
  service,
  /** for one request only */
  request: requestIdSchema.nullish().transform((value) => value ?? null),
  reason: plainText('why', 2_000).min(10, { error: 'Say why, in a sentence: the next review reads it.' }),
  until: instant('Write until when it holds, with a zone, for example 2026-07-18T12:00:00Z.'),
  budgetLimit: z
    .number({ error: 'Write what it may spend as a share of the budget, for example 0.05.' })
    .gt(0, { error: 'A waiver that may spend nothing opens nothing.' })
    .max(1, { error: 'At most 1, the whole budget.' }),
})
export type NewWaiver = z.output<typeof newWaiverSchema>
export const signatureSchema = z.object({
  revision,
  verdict: z.enum(['grant', 'refuse'], { error: 'The verdict is grant or refuse.' }),
  note,
})
export const signedWaiverSchema = signatureSchema.extend({ id: waiverIdSchema })
export const endedWaiverSchema = notedSchema.extend({ id: waiverIdSchema })

export const REQUEST_VIEWS = ['waiting', 'approved', 'all'] as const
export const requestFilterSchema = z.object({
  view: z.enum(REQUEST_VIEWS, { error: 'The view is waiting, approved or all.' }).default('all'),
  service: z.string().min(1).max(60).optional(),
  before: requestIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500, { error: 'Ask for at most 500 at once.' }).default(50),
})
export type RequestFilter = z.output<typeof requestFilterSchema>
export const waiverFilterSchema = z.object({ service: z.string().min(1).max(60).optional() })
/** A waiver is repeated when there was another one for the service within this long. */
export const REPEATED = 90 * DAY
