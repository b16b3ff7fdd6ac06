import { z } from 'zod'
import { nameFault, strangeIn } from '../printable'
import { errorClassFault, type Indicator, indicatorUnion, matchersSchema, type Selector, selectorSchema } from './indicator'
import { BUDGETING_METHODS, NO_DATA_POLICIES, targetSchema } from './objective'
import { readExpression } from './promql-expression'
import { type Read, readMatchers, readSelector } from './promql-read'
import { windowSchema } from './window'

/** An SLO as people and programs write it: the form, the API and the command line are read by this one schema. */

const read =
  <T>(reader: (text: string) => Read<T>) =>
  (text: string, context: z.RefinementCtx): T => {
    const result = reader(text)
    if (result.ok) return result.value
    context.addIssue({ code: 'custom', message: result.fault.message, params: { at: result.fault.at } })
    return z.NEVER
  }

const EXAMPLE = 'Write PromQL, for example http_requests_total{service="api"}.'
/** Its length is judged by the reader, with the words that help. */
const promql = z.string({ error: EXAMPLE })

/** A text that is read, or the structure that reading gives. */
const textOr = <T>(structure: z.ZodType<T>, reader: (text: string, context: z.RefinementCtx) => T): z.ZodType<T> =>
  z
    .union([promql, structure], { error: EXAMPLE })
    .transform((given, context) => (typeof given === 'string' ? reader(given, context) : (given as T))) as z.ZodType<T>

const selector = textOr(selectorSchema, read(readSelector))
const manySelectors = (text: string, context: z.RefinementCtx): Selector[] => {
  const found = text.split('\n').filter((line) => line.trim() !== '')
  return (found.length === 0 ? [text] : found).map((line) => read(readSelector)(line, context))
}

const indicatorInput: z.ZodType<Indicator> = indicatorUnion({
  selector,
  selectors: textOr(z.array(selector).min(1).max(8), manySelectors),
  matchers: textOr(matchersSchema, read(readMatchers)),
  expression: promql.transform(read(readExpression)),
})

/** Text that is shown as it is: what looks like HTML was meant for another place. */
export const plainText = (what: string, max: number) =>
  z
    .string({ error: `Write ${what}.` })
    .trim()
    .max(max, { error: `Use at most ${max} characters.` })
    .refine((text) => !/<[a-z!/]/i.test(text), { error: 'Write plain text: HTML is not shown.' })
    .refine((text) => !text.includes('\0'), { error: 'Remove the NUL character: it cannot be kept.' })

/** The same where it goes into files of definitions, which hold no control characters. */
export const writtenText = (what: string, max: number) =>
  plainText(what, max).refine((text) => strangeIn(text) === null, {
    error: 'Remove the control characters: no file of SLOs can hold them.',
  })

/** A name stands in tables, lists and plans: it is one line, all of which is seen. */
export const nameText = (what: string, max: number) =>
  writtenText(what, max).superRefine((text, context) => {
    // Of what no text holds it was said already.
    const message = strangeIn(text) === null ? nameFault(text) : null
    if (message) context.addIssue({ code: 'custom', message })
  })

export const slugSchema = z
  .string({ error: 'Write a short name for the address.' })
  .max(60, { error: 'Use at most 60 characters.' })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'Use small letters, digits and single hyphens, for example checkout-api.',
  })

const LABEL_KEY = 'A label begins with a letter and has letters, digits, _ and -.'

export const labelsSchema = z
  .record(
    z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/),
    writtenText('a value', 100).min(1, { error: 'A label needs a value.' }),
    { error: ({ code }) => (code === 'invalid_key' ? LABEL_KEY : undefined) },
  )
  .refine((labels) => Object.keys(labels).length <= 30, { error: 'Use at most 30 labels.' })

const wholeNumber = (what: string) =>
  z
    .number({ error: `Write ${what} as a number.` })
    .int({ error: `${what} is a whole number.` })
    .min(0, { error: `${what} is 0 or more.` })

export const sloDefinitionSchema = z
  .object({
    name: nameText('a name', 80).min(1, { error: 'Give the SLO a name people will recognise.' }),
    slug: slugSchema,
    description: writtenText('a description', 2_000).default(''),
    service: z.string({ error: 'Choose a service.' }).min(1, { error: 'Choose a service.' }),
    dataSource: z.string({ error: 'Choose a source.' }).min(1, { error: 'Choose a source.' }),
    indicator: indicatorInput,
    method: z.enum(BUDGETING_METHODS, { error: 'Choose how the budget is counted.' }).default('occurrences'),
    sliceTarget: z
      .number({ error: 'Write the slice target as a number between 0 and 1.' })
      .gt(0, { error: 'A slice target of 0 passes every slice. Use more than 0.' })
      .max(1, { error: 'A slice cannot be better than 100 %.' })
      .nullable()
      .default(null),
    target: targetSchema,
    window: windowSchema,
    noDataPolicy: z.enum(NO_DATA_POLICIES).default('ignore'),
    coverageFloor: z.number().min(0).max(1, { error: 'The floor is at most 100 %.' }).default(0.9),
    minEvents: wholeNumber('The least number of events').default(0),
    gating: z.boolean().default(false),
    labels: labelsSchema.default({}),
    objectiveGroup: z.string().max(60).nullable().default(null),
  })
  .superRefine(({ method, sliceTarget, indicator }, context) => {
    const fault = indicator.kind === 'error-rate' ? errorClassFault(indicator.errorClass, indicator.failed) : null
    if (fault) context.addIssue({ code: 'custom', path: ['indicator', 'failed'], message: fault })
    if (method === 'time_slices' && sliceTarget === null && countsEvents(indicator.kind))
      context.addIssue({
        code: 'custom',
        path: ['sliceTarget'],
        message: 'Say how good a slice must be to count, for example 0.95.',
      })
  })

/** What a version keeps: everything that was decided. */
export type SloDefinitionRecord = z.output<typeof sloDefinitionSchema>

/** Kinds that count events; the others judge each minute by itself, so they are time slices by nature. */
export const countsEvents = (kind: Indicator['kind']): boolean =>
  !(['throughput', 'freshness-age', 'ratio', 'boolean', 'composite'] as Indicator['kind'][]).includes(kind)

export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[̀-ͯ]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
