import { z } from 'zod'

/** What a service level indicator measures, as stored in `slo.indicator` (semantics §2). */

const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'A label name has letters, digits and _ only.' })
const metricName = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, { error: 'A metric name has letters, digits, _ and : only.' })

export const matcherSchema = z.object({
  label: labelName,
  op: z.enum(['=', '!=', '=~', '!~']),
  value: z.string().max(1_000),
})
export type Matcher = z.infer<typeof matcherSchema>

export const selectorSchema = z.object({ metric: metricName, matchers: z.array(matcherSchema).max(20).default([]) })
export type Selector = z.infer<typeof selectorSchema>

const matchers = z.array(matcherSchema).min(1).max(20)
const selectors = z.array(selectorSchema).min(1).max(8)

export const ERROR_CLASSES = ['server', 'client', 'timeout', 'business', 'custom'] as const

export const indicatorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('availability'), requests: selectorSchema, failed: matchers }),
  z.object({ kind: z.literal('latency'), histogram: selectorSchema, thresholdSeconds: z.number().positive() }),
  z.object({
    kind: z.literal('error-rate'),
    requests: selectorSchema,
    errorClass: z.enum(ERROR_CLASSES),
    failed: matchers,
  }),
  z.object({ kind: z.literal('throughput'), events: selectorSchema, floorPerSecond: z.number().positive() }),
  z.object({ kind: z.literal('quality'), responses: selectorSchema, degraded: matchers }),
  z.object({ kind: z.literal('freshness-batches'), batches: selectorSchema, late: matchers }),
  z.object({ kind: z.literal('freshness-age'), timestamp: selectorSchema, limitSeconds: z.number().positive() }),
  z.object({ kind: z.literal('completeness'), processed: selectorSchema, expected: selectorSchema }),
  z.object({ kind: z.literal('good-total'), good: selectors, total: selectors }),
  z.object({ kind: z.literal('bad-total'), bad: selectors, total: selectors }),
  z.object({ kind: z.literal('ratio'), expression: z.string().min(1).max(4_096) }),
  z.object({ kind: z.literal('boolean'), series: selectorSchema }),
])
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
}
