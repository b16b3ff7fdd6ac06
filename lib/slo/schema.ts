import { z } from 'zod'
import { rowNumber } from '../row-number'
import { sloDefinitionSchema } from './definition-input'
import { SLO_STATES } from './state'

/** What lists, the API and the browser exchange about SLOs. Instants are unix seconds, ratios 0..1, burn is ×. */

const instant = z.number().int()
const maybe = z.number().nullable()

/**
 * The overview as columns: one array per field, all of the same length. A tenth of the bytes of an array of rows.
 * Sorted by urgency; the browser filters, sorts and groups.
 */
export const overviewTableSchema = z.object({
  /** the newest evaluation among the rows; `null` before the first */
  asOf: instant.nullable(),
  /** changes whenever any column does; the ETag of the response */
  version: z.string(),
  columns: z.object({
    id: z.array(z.number().int()),
    name: z.array(z.string()),
    service: z.array(z.string()),
    serviceSlug: z.array(z.string()),
    tier: z.array(z.string()),
    kind: z.array(z.string()),
    team: z.array(z.string()),
    /** "key=value" strings of the service and the SLO */
    labels: z.array(z.array(z.string())),
    /** words for what is suspicious about the indicator, lib/finding */
    findings: z.array(z.array(z.string())),
    gating: z.array(z.boolean()),
    target: z.array(z.number()),
    /** "30 d", "month" */
    window: z.array(z.string()),
    state: z.array(z.enum(SLO_STATES)),
    /** start of the state */
    since: z.array(instant),
    sli: z.array(maybe),
    remaining: z.array(maybe),
    /** calendar windows: left of the whole period's budget when nothing more goes wrong */
    projected: z.array(maybe),
    burn1h: z.array(maybe),
    burn6h: z.array(maybe),
    burn24h: z.array(maybe),
    pace: z.array(maybe),
    /** thresholds of the 1 h, 6 h, 24 h and 3 d pairs for this window, ×; null: its policy has none */
    thresholds: z.array(z.array(maybe)),
    severities: z.array(z.array(z.enum(['page', 'ticket']).nullable())),
    /** the strongest alert that fires; while the state is no-data, as it last was */
    alert: z.array(z.enum(['page', 'ticket']).nullable()),
    /** long windows in seconds of the alerts that fire */
    firing: z.array(z.array(z.number())),
    /** remaining budget, 12 h apart, newest last (the live value is not in it) */
    trend: z.array(z.array(maybe)),
    /** lib/slo/outlook.ts, as data */
    outlook: z.array(z.unknown()),
    coverage: z.array(z.number()),
    lastDataTs: z.array(instant.nullable()),
    staleSince: z.array(instant.nullable()),
  }),
})

export const verificationSchema = z.object({
  sloId: z.number().int(),
  at: instant,
  windowFrom: instant,
  /** start of the SLO's whole window; earlier than `windowFrom` when the source took too long for all of it */
  wholeFrom: instant,
  /** slices are asked for day by day */
  parts: z.number().int(),
  /** what the portal counted and what the one-shot query says */
  ledger: z.object({ good: z.number(), total: z.number(), sli: maybe }),
  oneShot: z.object({ good: z.number(), total: z.number(), sli: maybe }),
  difference: z.object({ good: z.number(), total: z.number(), sli: maybe }),
  queries: z.array(z.string()),
  milliseconds: z.number(),
})
export type Verification = z.infer<typeof verificationSchema>

/** The number of an SLO in an address or a form. */
export const sloIdSchema = rowNumber('an SLO')
export const sloInputSchema = z.object({ sloId: sloIdSchema })
export const versionParamSchema = z.coerce.number().int().positive().optional()
/** What a new SLO begins with. */
export const newSloParamsSchema = z.object({
  template: z.string().max(60).optional(),
  service: z.string().max(60).optional(),
  journey: z.string().max(60).optional(),
  clone: sloIdSchema.optional(),
})

const lifecycle = z.enum(['draft', 'active'])
const version = z.number({ error: 'Say which version was edited.' }).int().positive()

export const createSlosSchema = z.object({
  definitions: z
    .array(sloDefinitionSchema)
    .min(1, { error: 'Define at least one objective.' })
    .max(6, { error: 'Define at most 6 objectives at once.' }),
  lifecycle,
})
export const newSloSchema = z.object({ definition: sloDefinitionSchema, lifecycle: lifecycle.default('draft') })
export const updateSloSchema = z.object({
  id: sloIdSchema,
  version,
  definition: sloDefinitionSchema,
  lifecycle,
  past: z.enum(['measure-again', 'keep']).default('measure-again'),
})
export const definitionChangeSchema = updateSloSchema.omit({ id: true })
export const deleteSloSchema = z.object({ id: sloIdSchema, version })
export const restoreVersionSchema = z.object({ id: sloIdSchema, version, restore: version })
