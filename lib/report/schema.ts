import { z } from 'zod'
import { slugSchema } from '../slo/definition-input'
import { monthSchema } from './document'

/** null, or left out: of the organisation. */
const service = slugSchema.nullable().default(null)

export const reportFilterSchema = z.object({
  /** slug of a service, or “organisation” */
  service: slugSchema.optional(),
  month: monthSchema.optional(),
  cursor: z.coerce.number({ error: 'Send the cursor that the page before named.' }).int().positive().optional(),
})
export type ReportFilter = z.output<typeof reportFilterSchema>
export const ORGANISATION = 'organisation'

export const REPORT_FORMATS = ['html', 'json', 'csv'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

const revision = z.coerce
  .number({ error: 'A revision is a whole number.' })
  .int({ error: 'A revision is a whole number.' })
  .positive({ error: 'The first revision is 1.' })
  .optional()

export const reportKeySchema = z.object({ service, month: monthSchema, revision })
export type ReportKey = z.output<typeof reportKeySchema>
/** The address of the summary: neither means the organisation and the last whole month. */
export const summaryPageSchema = z.object({ service: slugSchema.or(z.literal('')).optional(), month: monthSchema.optional() })
export const buildSchema = z.object({ service, month: monthSchema })
export type BuildInput = z.output<typeof buildSchema>

/** Days that a link to a report may be open. */
export const SHARE_DAYS = { least: 1, most: 90, usual: 14 }
export const shareDaysSchema = z.object({
  days: z
    .number({ error: 'Write the days as a number.' })
    .int({ error: 'Days are whole.' })
    .min(SHARE_DAYS.least, { error: 'A link is open for a day at least.' })
    .max(SHARE_DAYS.most, { error: 'A link is open for 90 days at most.' })
    .default(SHARE_DAYS.usual),
})
export const shareSchema = shareDaysSchema.extend({ id: z.number({ error: 'Say which report is meant.' }).int().positive() })

export const subscribeSchema = z
  .object({
    /** null: whoever asks */
    address: z.email({ error: 'Write a whole e-mail address.' }).max(320).nullable().default(null),
    service: slugSchema.nullable().default(null),
    team: slugSchema.nullable().default(null),
  })
  .refine(({ service: one, team }) => one === null || team === null, {
    error: 'Choose a service or a team, not both.',
    path: ['team'],
  })
export type SubscribeInput = z.output<typeof subscribeSchema>
export const unsubscribeSchema = z.object({ id: z.coerce.number({ error: 'Say which subscription ends.' }).int().positive() })
