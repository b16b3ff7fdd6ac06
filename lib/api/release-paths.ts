import { z } from 'zod'
import {
  ATTRIBUTION_STATUSES,
  newReleaseSchema,
  type ReleaseInfo,
  releaseFilterSchema,
  removalReasonSchema,
  verdictSchema,
} from '../release/schema'
import type { UnixSeconds } from '../time-series/units'
import { get, write } from './operations'

const instant = z.iso.datetime()
const maybe = z.number().nullable()

const attributionSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    slo: z.int(),
    status: z.enum(ATTRIBUTION_STATUSES),
    from: instant,
    to: instant,
    baseline: z.number().meta({ description: 'bad ÷ total before the release' }),
    excess: z.number().meta({ description: 'bad events beyond the baseline' }),
    budgetShare: z.number().meta({ description: 'share of the budget that is' }),
    chance: z.number().meta({ description: 'at most this likely without the release' }),
    burnBefore: maybe,
    burnAfter: maybe,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string(),
  })
  .meta({ id: 'Attribution' })
const releaseSchema = z
  .object({
    id: z.int(),
    service: z.string(),
    version: z.string(),
    at: instant,
    link: z.string().nullable(),
    description: z.string(),
    reportedBy: z.string(),
    attributions: z.array(attributionSchema),
  })
  .meta({ id: 'Release' })
const listSchema = z
  .object({ items: z.array(releaseSchema), next: z.int().nullable().meta({ description: 'before of the next page' }) })
  .meta({ id: 'ReleaseList' })
export const reportedSchema = z.object({
  id: z.int(),
  service: z.string(),
  version: z.string(),
  at: instant,
  request: z.int().nullable().default(null).meta({ description: 'the release request of this version' }),
  known: z.boolean().meta({ description: 'it was reported before; the status is 200 then' }),
})
const decidedSchema = z.object({ id: z.int(), status: z.enum(ATTRIBUTION_STATUSES), version: z.int() })

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()

export const releaseOf = ({ service, at, link, attributions, ...rest }: ReleaseInfo): z.infer<typeof releaseSchema> => ({
  ...rest,
  service: service.slug,
  at: iso(at),
  link: link || null,
  attributions: attributions.map(({ id, version, slo, status, from, to, baseline, evidence, decidedBy, decidedAt, note }) => ({
    ...{ id, version, slo: slo.id, status, from: iso(from), to: iso(to), baseline },
    ...{ excess: evidence.excess, budgetShare: evidence.budgetShare, chance: evidence.chance },
    ...{ burnBefore: evidence.burn.before, burnAfter: evidence.burn.after },
    ...{ decidedBy, decidedAt: decidedAt === null ? null : iso(decidedAt), note },
  })),
})

const path = z.object({ id: z.int().meta({ description: 'number of the release' }) })
const proposal = z.object({ id: z.int().meta({ description: 'number of the proposal' }) })
const known = { description: 'it was known already', content: { 'application/json': { schema: reportedSchema } } }
const report = write('reportRelease', 'A version went out; the same one again is answered with 200', {
  body: newReleaseSchema,
  answer: reportedSchema,
  status: 201,
})

export const releasePaths = {
  '/api/v1/releases': {
    ...get('listReleases', 'Releases, newest first', listSchema, { query: releaseFilterSchema }),
    post: { ...report, responses: { ...report.responses, 200: known } },
  },
  '/api/v1/releases/{id}': {
    ...get('getRelease', 'One release, and what it may answer for', releaseSchema, { path }),
    delete: write('deleteRelease', 'Remove what was reported by mistake', {
      answer: z.object({ id: z.int() }),
      params: { path, query: removalReasonSchema },
    }),
  },
  '/api/v1/attributions/{id}/decision': {
    post: write('decideAttribution', 'Confirm or refuse that a release made a budget burn', {
      body: verdictSchema,
      answer: decidedSchema,
      params: { path: proposal },
    }),
  },
}
