import { z } from 'zod'
import { rowNumber } from '../row-number'
import { plainText } from '../slo/definition-input'
import { toUnix } from '../time-series/units'
import type { AttributionEvidence } from './attribution'

export const newReleaseSchema = z.object({
  service: z.string({ error: 'Name the service by its slug, for example checkout-api.' }).trim().min(1, {
    error: 'Name the service by its slug, for example checkout-api.',
  }),
  version: plainText('the version', 100).min(1, { error: 'Name the version, for example 1.42.0 or a commit.' }),
  /** absent: now */
  at: z.iso
    .datetime({ offset: true, error: 'Write the instant as a date and a time with a zone, for example 2026-07-15T12:00:00Z.' })
    .refine((text) => new Date(text).getUTCFullYear() >= 2000, { error: 'Write an instant after the year 2000.' })
    .transform((text) => toUnix(new Date(text)))
    .optional(),
  link: z
    .string({ error: 'Write a link that begins with http:// or https://.' })
    .trim()
    .max(2_000, { error: 'A link has at most 2000 characters.' })
    .refine((text) => text === '' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)), {
      error: 'Write a link that begins with http:// or https://.',
    })
    .default(''),
  description: plainText('a description', 1_000).default(''),
})
export type NewRelease = z.output<typeof newReleaseSchema>

export const releaseIdSchema = rowNumber('a release')
export const attributionIdSchema = rowNumber('a proposal')

export const removalReasonSchema = z.object({
  reason: plainText('why', 500).min(1, { error: 'Say why the release is removed.' }),
})

export const verdictSchema = z.object({
  version: z.number({ error: 'Say which version was decided on.' }).int().positive(),
  verdict: z.enum(['confirm', 'refuse'], { error: 'The verdict is confirm or refuse.' }),
  note: plainText('a note', 1_000).default(''),
})
export const decisionSchema = verdictSchema.extend({ id: attributionIdSchema })

/** What of the releases is asked for; `before` is where the next page begins. */
export const releaseFilterSchema = z.object({
  service: z.string().min(1).max(60).optional(),
  before: releaseIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500, { error: 'Ask for at most 500 at once.' }).default(50),
})
export type ReleaseFilter = z.output<typeof releaseFilterSchema>

export const ATTRIBUTION_STATUSES = ['proposed', 'confirmed', 'refused'] as const
export type AttributionStatus = (typeof ATTRIBUTION_STATUSES)[number]

export type AttributionInfo = {
  id: number
  version: number
  slo: { id: number; name: string }
  release: { id: number; version: string; service: { slug: string; name: string }; at: number }
  status: AttributionStatus
  /** unix seconds */
  from: number
  to: number
  /** bad ÷ total before the release */
  baseline: number
  evidence: AttributionEvidence
  /** unix seconds until which the stretch may still grow; null once it cannot, or somebody has decided */
  growsUntil: number | null
  decidedBy: string | null
  decidedAt: number | null
  note: string
}

export type ReleaseInfo = {
  id: number
  service: { slug: string; name: string }
  version: string
  /** unix seconds */
  at: number
  link: string
  description: string
  reportedBy: string
  attributions: AttributionInfo[]
}

/** Burn rates of one SLO around a release, ×; null where nothing happened. */
export type BurnAround = { slo: { id: number; name: string }; before: number | null; after: number | null }
