import { z } from 'zod'
import { CHECKS } from '../finding/finding'
import { HISTORY_RANGES } from '../slo/detail'
import { SLO_STATES } from '../slo/state'

/** The resources of the public API. Instants are ISO 8601 in UTC, ratios 0..1, burn rates are multiples of the plan. */

const instant = z.iso.datetime().meta({ example: '2026-07-15T14:35:00.000Z' })
const maybe = z.number().nullable()

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: what was refused, and what to do.' })

export const statusSchema = z
  .object({
    state: z.enum(SLO_STATES),
    since: instant,
    evaluatedAt: instant.nullable(),
    sli: maybe.meta({ description: 'good ÷ total in the window' }),
    remaining: maybe.meta({ description: 'share of the error budget left; negative when overspent' }),
    projectedRemaining: maybe.meta({
      description: 'calendar windows: share left of the whole period’s budget when nothing more goes wrong; otherwise null',
    }),
    burnRate: z.object({ h1: maybe, h6: maybe, h24: maybe, pace: maybe }),
    alert: z.enum(['page', 'ticket']).nullable(),
    alertFrozen: z.boolean().meta({ description: 'without data an alert neither fires nor resolves: it stays as it was' }),
    coverage: z.number().meta({ description: 'share of the window that was measured' }),
    newestDataAt: instant.nullable(),
    staleSince: instant.nullable(),
    budgetEndsAt: instant.nullable().meta({ description: 'at the pace of the last hours' }),
  })
  .meta({ id: 'SloStatus' })

export const sloSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    service: z.object({ slug: z.string(), name: z.string() }),
    tier: z.string(),
    kind: z.string(),
    team: z.string(),
    labels: z.record(z.string(), z.string()),
    gating: z.boolean(),
    target: z.number(),
    window: z.string().meta({ example: '30 d' }),
    status: statusSchema,
  })
  .meta({ id: 'Slo' })

export const sloDetailSchema = sloSchema
  .extend({
    recounts: z.array(z.object({ from: instant, to: instant, good: z.number(), total: z.number(), foundAt: instant })).meta({
      description: 'what the source counts more (or less) now than when it was measured; the ledger keeps what was measured',
    }),
  })
  .meta({ id: 'SloDetail' })

export const sloPageSchema = z.object({ items: z.array(sloSchema), nextCursor: z.string().nullable() }).meta({ id: 'SloPage' })

export const historySchema = z
  .object({
    sloId: z.int(),
    from: instant,
    to: instant,
    stepSeconds: z.int(),
    points: z.array(
      z.object({ at: instant, remaining: maybe, burn1h: maybe, burn6h: maybe, burn24h: maybe, sli: maybe, total: maybe }),
    ),
    gaps: z.array(z.object({ from: instant, to: instant })).meta({ description: 'stretches without data' }),
  })
  .meta({ id: 'SloHistory' })

const list = (name: string) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .optional()
    .meta({ description: `one ${name}, or several with commas` })

export const sloQuerySchema = z.object({
  state: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(SLO_STATES, { error: `A state is one of ${SLO_STATES.join(', ')}.` })))
    .optional()
    .meta({ description: 'one state, or several with commas' }),
  tier: list('tier'),
  team: list('team'),
  service: list('slug of a service'),
  label: list('label written key=value'),
  q: z.string().max(200, 'Search for at most 200 characters.').optional(),
  limit: z.coerce
    .number({ error: 'The limit is a whole number.' })
    .int('The limit is a whole number.')
    .min(1, 'The limit is at least 1.')
    .max(500, 'The limit is at most 500.')
    .default(100),
  cursor: z.string().optional().meta({ description: 'nextCursor of the page before' }),
})
export type SloQuery = z.infer<typeof sloQuerySchema>

export const historyQuerySchema = z.object({
  range: z.enum(HISTORY_RANGES, { error: `The range is one of ${HISTORY_RANGES.join(', ')}.` }).default('30d'),
})

export const savedSchema = z.object({ id: z.int(), version: z.int(), changes: z.array(z.string()).optional() })

/** The shape of the request stays open here: its fields are those of `createSlo`. */
const record = z.record(z.string(), z.unknown())
export const definitionSchema = z
  .object({
    ...{ id: z.int(), version: z.int(), lifecycle: z.enum(['draft', 'active']) },
    managedBy: z
      .object({ owner: z.string(), file: z.string(), line: z.int() })
      .nullable()
      .meta({ description: 'the set of files that manages it: changed there, refused here' }),
    definition: record,
  })
  .meta({ id: 'SloDefinition' })
export const versionListSchema = z.object({
  items: z.array(
    z.object({
      version: z.int(),
      from: instant,
      author: z.string(),
      changes: z.array(z.string()).meta({ description: 'what changed, in words' }),
      effect: z.object({ before: maybe, after: maybe }).nullable().meta({ description: 'remaining budget then' }),
      definition: record,
    }),
  ),
})
export const previewSchema = z
  .object({
    findings: z.array(z.object({ path: z.string(), severity: z.enum(['error', 'warning']), message: z.string() })),
    measured: record.nullable(),
    meaning: z.object({ minutes: z.number(), events: maybe, windowSeconds: z.number() }),
    percentiles: z.array(z.object({ q: z.number(), seconds: z.number() })),
    bounds: z.array(z.object({ bound: z.number(), share: z.number() })),
    retentionSeconds: maybe,
    queries: z.array(z.object({ signal: z.string(), promql: z.string() })),
    milliseconds: z.number(),
  })
  .meta({ id: 'SloPreview' })

export const findingListSchema = z
  .object({
    checkedAt: instant.nullable().meta({ description: 'null before the first check' }),
    items: z.array(
      z.object({
        check: z.enum(CHECKS),
        severity: z.enum(['broken', 'doubtful']),
        message: z.string().meta({ description: 'what is, and what to do' }),
        since: instant,
        seenAt: instant,
      }),
    ),
  })
  .meta({ id: 'FindingList' })

const side = z.object({ remaining: z.array(maybe), standing: record })
export const whatIfResultSchema = z
  .object({
    from: z.int().meta({ description: 'unix seconds, as all instants of a comparison' }),
    to: z.int(),
    ts: z.array(z.int()),
    before: side.meta({ description: 'under the rules in force' }),
    after: side.meta({ description: 'under those that were asked for' }),
    excluded: z.array(z.object({ from: z.int(), to: z.int() })),
    notes: z.array(z.string()),
  })
  .meta({ id: 'WhatIf' })
