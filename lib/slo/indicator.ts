import { z } from 'zod'
import { COMPOSITE_RULES, LATE_POLICIES } from './composite'

/** What a service level indicator measures, as stored in `slo.indicator` (semantics §2). */

/** Limits of what is stored. Whoever reads files says at their place what is beyond them. */
export const MOST_MATCHERS = 20
/** of the value of a matcher */
export const MOST_LETTERS = 1_000
export const MOST_MEMBERS = 20
export const MOST_WEIGHT = 1_000

const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'A label name has letters, digits and _ only.' })
const metricName = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, { error: 'A metric name has letters, digits, _ and : only.' })

export const matcherSchema = z.object({
  label: labelName,
  op: z.enum(['=', '!=', '=~', '!~']),
  value: z.string().max(MOST_LETTERS),
})
export type Matcher = z.infer<typeof matcherSchema>

export const selectorSchema = z.object({ metric: metricName, matchers: z.array(matcherSchema).max(MOST_MATCHERS).default([]) })
export type Selector = z.infer<typeof selectorSchema>

export const matchersSchema = z.array(matcherSchema).min(1).max(MOST_MATCHERS)
const selectorsSchema = z.array(selectorSchema).min(1).max(8)

export const ERROR_CLASSES = ['server', 'client', 'timeout', 'business', 'custom'] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

/** What each class means as an HTTP status; business and custom errors are whatever their labels say. */
export const ERROR_CLASS_STATUS: Partial<Record<ErrorClass, { proposed: Matcher; means: RegExp; words: string }>> = {
  server: { proposed: { label: 'status', op: '=~', value: '5..' }, means: /^5/, words: '5xx' },
  client: { proposed: { label: 'status', op: '=~', value: '4..' }, means: /^4/, words: '4xx' },
  timeout: { proposed: { label: 'status', op: '=', value: '504' }, means: /^(408|504)$/, words: '504 (or 408)' },
}

/** Every status there is, to find out what a condition lets through. */
const STATUSES = Array.from({ length: 500 }, (_, i) => String(100 + i))
const STATUS_LABEL = /^(status|code|status_code|http_status|http_code|response_code)$/

/**
 * The sentence for a condition that means other statuses than its class, or `null`. Conditions without a status are the
 * business of whoever wrote them.
 */
export function errorClassFault(errorClass: ErrorClass, failed: Matcher[]): string | null {
  const known = ERROR_CLASS_STATUS[errorClass]
  const conditions = failed.filter(({ label }) => STATUS_LABEL.test(label))
  if (!known || conditions.length === 0) return null
  const met = STATUSES.filter((status) => conditions.every((condition) => matches(condition, status)))
  if (met.length > 0 && met.every((status) => known.means.test(status))) return null
  return `A ${errorClass} error is status ${known.words}; this condition means others. Correct it, or choose the class custom.`
}

function matches({ op, value }: Matcher, text: string): boolean {
  const equal = op === '=' || op === '!=' ? text === value : wholly(value).test(text)
  return op === '=' || op === '=~' ? equal : !equal
}

/** RE2 is stricter than this engine: what it would refuse, the source refuses; here it simply matches nothing. */
function wholly(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`)
  } catch {
    return /^(?!)/
  }
}

/** Endpoints that are nobody's request, such as probes: they leave good and total alike. */
const excluded = z
  .object({
    label: labelName,
    values: z.array(z.string().min(1).max(200)).min(1, { error: 'Name at least one value to leave out.' }).max(50),
  })
  .optional()

const seconds = (what: string) =>
  z.number({ error: `Write ${what} as a number of seconds.` }).positive({ error: `${what} is more than 0 s.` })

const shortName = (what: string) =>
  z
    .string({ error: `Choose ${what}.` })
    .min(1, { error: `Choose ${what}.` })
    .max(60)

export const memberSchema = z.object({
  service: shortName('a service'),
  slo: shortName('an SLO'),
  weight: z
    .number({ error: 'Write the weight as a number.' })
    .positive({ error: 'A weight is more than 0. To leave a member out, remove it.' })
    .max(MOST_WEIGHT, { error: `A weight is at most ${MOST_WEIGHT}.` })
    .default(1),
})

const membersSchema = z
  .array(memberSchema, { error: 'Choose at least two SLOs.' })
  .min(2, { error: 'Choose at least two SLOs: one by itself is no journey.' })
  .max(MOST_MEMBERS, { error: `Use at most ${MOST_MEMBERS} SLOs.` })
  .superRefine((members, context) => {
    members.forEach(({ service, slo }, i) => {
      if (members.findIndex((other) => other.service === service && other.slo === slo) < i)
        context.addIssue({
          code: 'custom',
          path: [i],
          message: `${service}/${slo} is a member already. Raise its weight instead.`,
        })
    })
  })

type Parts = {
  selector: z.ZodType<Selector>
  selectors: z.ZodType<Selector[]>
  matchers: z.ZodType<Matcher[]>
  expression: z.ZodType<string>
}

/** One shape, read in two ways: as it is stored, and as people and programs write it (`definition-input.ts`). */
export const indicatorUnion = ({ selector, selectors, matchers, expression }: Parts) =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('availability'), requests: selector, failed: matchers, excluded }),
    z.object({
      kind: z.literal('latency'),
      histogram: selector,
      thresholdSeconds: seconds('The threshold'),
      /** a native histogram has no buckets of its own: any threshold will do */
      native: z.boolean().optional(),
      excluded,
    }),
    z.object({
      kind: z.literal('error-rate'),
      requests: selector,
      errorClass: z.enum(ERROR_CLASSES),
      failed: matchers,
      excluded,
    }),
    z.object({
      kind: z.literal('throughput'),
      events: selector,
      floorPerSecond: z
        .number({ error: 'Write the floor as a number of events per second.' })
        .positive({ error: 'The floor is more than 0 per second.' }),
    }),
    z.object({ kind: z.literal('quality'), responses: selector, degraded: matchers, excluded }),
    z.object({ kind: z.literal('freshness-batches'), batches: selector, late: matchers }),
    z.object({ kind: z.literal('freshness-age'), timestamp: selector, limitSeconds: seconds('The limit') }),
    z.object({ kind: z.literal('completeness'), processed: selector, expected: selector }),
    z.object({ kind: z.literal('good-total'), good: selectors, total: selectors }),
    z.object({ kind: z.literal('bad-total'), bad: selectors, total: selectors }),
    z.object({ kind: z.literal('ratio'), expression }),
    z.object({ kind: z.literal('boolean'), series: selector }),
    z.object({
      kind: z.literal('composite'),
      rule: z.enum(COMPOSITE_RULES, { error: 'Choose how the members make one result.' }),
      late: z.enum(LATE_POLICIES, { error: 'Choose what a member without data means.' }).default('leave-out'),
      members: membersSchema,
    }),
  ])

export const indicatorSchema = indicatorUnion({
  selector: selectorSchema,
  selectors: selectorsSchema,
  matchers: matchersSchema,
  expression: z.string().min(1).max(4_096),
})
export type Indicator = z.infer<typeof indicatorSchema>
export type IndicatorKind = Indicator['kind']

/** The name a person reads: several stored kinds are one word to them. */
export const INDICATOR_WORDS: Record<IndicatorKind, string> = {
  availability: 'availability',
  latency: 'latency',
  'error-rate': 'error rate',
  throughput: 'throughput',
  quality: 'quality',
  'freshness-batches': 'freshness',
  'freshness-age': 'freshness',
  completeness: 'completeness',
  'good-total': 'custom ratio',
  'bad-total': 'custom ratio',
  ratio: 'custom ratio',
  boolean: 'boolean gauge',
  composite: 'composite',
}
