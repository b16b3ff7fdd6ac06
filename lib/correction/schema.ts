import { z } from 'zod'
import { rowNumber } from '../row-number'
import { plainText } from '../slo/definition-input'
import { sloIdSchema } from '../slo/schema'
import { toUnix } from '../time-series/units'
import { scheduleSchema } from './schedule'

export const CAUSES = ['maintenance', 'false_positive', 'business_hours', 'agreement'] as const
export type Cause = (typeof CAUSES)[number]
export const CAUSE_WORDS: Record<Cause, string> = {
  maintenance: 'Maintenance',
  false_positive: 'False positive',
  business_hours: 'Out of business hours',
  agreement: 'Agreement',
}

export const CORRECTION_STATUSES = ['requested', 'approved', 'refused', 'withdrawn'] as const
export type CorrectionStatus = (typeof CORRECTION_STATUSES)[number]

/** All SLOs of a service, also those to come; or some SLOs by their number. */
const scopeSchema = z.union(
  [
    z.object({ service: z.string().min(1).max(60) }),
    z.object({
      slos: z
        .array(sloIdSchema)
        .min(1, { error: 'Choose at least one SLO.' })
        .max(200, { error: 'Choose at most 200 SLOs, or a service.' }),
    }),
  ],
  { error: 'Choose a service, or at least one SLO.' },
)

const shared = {
  cause: z.enum(CAUSES, { error: 'Choose a cause.' }),
  reason: plainText('a reason', 1_000).min(1, { error: 'Say why: whoever decides, and whoever reads it in a year, needs it.' }),
  scope: scopeSchema,
}

export const newCorrectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exclusion'), ...shared, schedule: scheduleSchema }),
  z.object({
    kind: z.literal('credit'),
    ...shared,
    minutes: z
      .number({ error: 'Write the minutes as a number.' })
      .positive({ error: 'A credit is more than 0 minutes.' })
      .max(44_640, { error: 'A credit is at most 31 days.' }),
    /** when it is granted: it leaves a rolling window one window later */
    at: z.iso
      .datetime({ offset: true, error: 'Write the instant as a date and a time with a zone, for example 2026-07-15T12:00:00Z.' })
      .transform((text) => toUnix(new Date(text))),
  }),
])
export type NewCorrection = z.output<typeof newCorrectionSchema>

const id = rowNumber('a correction')
const version = z.number({ error: 'Say which version was decided on.' }).int().positive()
const note = plainText('a note', 1_000).default('')
export const correctionIdSchema = id
export const decisionBodySchema = z.object({
  version,
  verdict: z.enum(['approve', 'refuse'], { error: 'The verdict is approve or refuse.' }),
  note,
})
export const decisionSchema = decisionBodySchema.extend({ id })
export const withdrawalBodySchema = z.object({ version, note })
export const withdrawalSchema = withdrawalBodySchema.extend({ id })

/** One SLO before and after: ratios, `null` where nothing was measured. */
export type Standing = { sli: number | null; remaining: number | null; state: string | null }
export type SloEffect = {
  sloId: number
  name: string
  service: string
  before: Standing
  after: Standing
  /** taken out of the window as it stands now: events, or minutes that count as up */
  excluded: { good: number; bad: number; minutes: number }
}

export type CorrectionInfo = {
  id: number
  version: number
  kind: 'exclusion' | 'credit'
  cause: Cause
  reason: string
  status: CorrectionStatus
  service: { slug: string; name: string } | null
  slos: { id: number; name: string; service: string }[]
  /** what it says about time, in words */
  when: string
  /** stretches around now, newest last; none of a credit */
  stretches: { from: number; to: number }[]
  minutes: number | null
  grantedAt: number | null
  requestedBy: string
  requestedAt: number
  decidedBy: string | null
  decidedAt: number | null
  note: string
  withdrawnBy: string | null
  withdrawnAt: number | null
  withdrawalNote: string
  effect: SloEffect[]
  /** what the reader may do with it */
  may: { decide: boolean; withdraw: boolean; why: string | null }
}
