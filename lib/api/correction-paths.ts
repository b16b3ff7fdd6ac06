import { z } from 'zod'
import {
  CAUSES,
  CORRECTION_STATUSES,
  type CorrectionInfo,
  decisionBodySchema,
  newCorrectionSchema,
  withdrawalBodySchema,
} from '../correction/schema'
import { sloIdSchema } from '../slo/schema'
import type { UnixSeconds } from '../time-series/units'
import { get, write } from './operations'

const instant = z.iso.datetime()
const maybe = z.number().nullable()
const standing = z.object({ sli: maybe, remaining: maybe, state: z.string().nullable() })
const effects = z
  .array(
    z.object({
      sloId: z.int(),
      name: z.string(),
      service: z.string(),
      before: standing,
      after: standing,
      excluded: z.object({ good: z.number(), bad: z.number(), minutes: z.number() }),
    }),
  )
  .meta({ description: 'every SLO it touches, before and after' })

export const effectsSchema = z.object({ effects })
export const correctionSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    kind: z.enum(['exclusion', 'credit']),
    cause: z.enum(CAUSES),
    reason: z.string(),
    status: z.enum(CORRECTION_STATUSES),
    service: z.string().nullable().meta({ description: 'all SLOs of this service; null: those in slos' }),
    slos: z.array(z.int()),
    when: z.string().nullable().meta({ description: 'of an exclusion, in words' }),
    minutes: maybe,
    grantedAt: instant.nullable(),
    requestedBy: z.string(),
    requestedAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string(),
    withdrawnBy: z.string().nullable(),
    withdrawnAt: instant.nullable(),
    effects,
  })
  .meta({ id: 'Correction' })
const listSchema = z.object({ items: z.array(correctionSchema) }).meta({ id: 'CorrectionList' })
const decidedSchema = z.object({ id: z.int(), status: z.enum(CORRECTION_STATUSES), effects })

export const correctionQuerySchema = z.object({
  slo: sloIdSchema.optional().meta({ description: 'number of an SLO: its own, and those of its service' }),
  status: z.enum(CORRECTION_STATUSES, { error: `The status is one of ${CORRECTION_STATUSES.join(', ')}.` }).optional(),
})

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

export const correctionOf = (info: CorrectionInfo): z.infer<typeof correctionSchema> => ({
  ...{ id: info.id, version: info.version, kind: info.kind, cause: info.cause, reason: info.reason, status: info.status },
  service: info.service?.slug ?? null,
  slos: info.slos.map(({ id }) => id),
  when: info.when || null,
  minutes: info.minutes,
  grantedAt: isoOrNull(info.grantedAt),
  requestedBy: info.requestedBy,
  requestedAt: iso(info.requestedAt),
  decidedBy: info.decidedBy,
  decidedAt: isoOrNull(info.decidedAt),
  note: info.note,
  withdrawnBy: info.withdrawnBy,
  withdrawnAt: isoOrNull(info.withdrawnAt),
  effects: info.effect,
})

const path = z.object({ id: z.int().meta({ description: 'number of the correction' }) })

export const correctionPaths = {
  '/api/v1/corrections': {
    ...get('listCorrections', 'Exclusions and budget credits, newest first', listSchema, { query: correctionQuerySchema }),
    post: write('requestCorrection', 'Ask for an exclusion or a credit; somebody else decides', {
      body: newCorrectionSchema,
      answer: z.object({ id: z.int() }),
      status: 201,
    }),
  },
  '/api/v1/corrections/preview': {
    post: write('previewCorrection', 'What a correction would do to every budget it touches', {
      body: newCorrectionSchema,
      answer: effectsSchema,
    }),
  },
  '/api/v1/corrections/{id}': get('getCorrection', 'One correction', correctionSchema, { path }),
  '/api/v1/corrections/{id}/decision': {
    post: write('decideCorrection', 'Approve or refuse what somebody else asked for', {
      body: decisionBodySchema,
      answer: decidedSchema,
      params: { path },
    }),
  },
  '/api/v1/corrections/{id}/withdrawal': {
    post: write('withdrawCorrection', 'Take a request or an approved correction back', {
      body: withdrawalBodySchema,
      answer: decidedSchema,
      params: { path },
    }),
  },
}
