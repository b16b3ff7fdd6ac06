import { z } from 'zod'
import type { ShareLink } from '../report/commands-share'
import type { Stored } from '../report/commands-store'
import { type Report, reportDocumentSchema } from '../report/document'
import type { ReportPage, Revision } from '../report/reads'
import type { Subscription } from '../report/reads-subscriptions'
import type { UnixSeconds } from '../time-series/units'

/** Reports in the public API. Instants of the document are unix seconds, as it is kept and hashed; all others are ISO 8601. */

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const named = z.object({ slug: z.string(), name: z.string() }).nullable()
const built = { builtAt: instant, builtBy: z.string() }

const summarySchema = z
  .object({
    id: z.int(),
    service: named.meta({ description: 'null: the organisation' }),
    ...{ month: z.string(), zone: z.string(), revision: z.int(), ...built },
    ...{ objectivesMet: z.int(), objectivesJudged: z.int() },
    leastLeft: z.number().nullable().meta({ description: 'of a budget; 1: untouched' }),
  })
  .meta({ id: 'ReportSummary' })
export const reportListSchema = z
  .object({ items: z.array(summarySchema), nextCursor: z.int().nullable() })
  .meta({ id: 'ReportList' })

export const reportSchema = z
  .object({
    id: z.int().nullable().meta({ description: 'null: a preview, kept nowhere' }),
    revision: z.int().meta({ description: '0: a preview' }),
    changes: z.array(z.string()).meta({ description: 'what is different from the revision before' }),
    ...built,
    hash: z.string().meta({ description: 'SHA-256 of the canonical JSON of the document' }),
    document: reportDocumentSchema,
  })
  .meta({ id: 'Report' })
export const builtSchema = z.object({
  ...{ id: z.int().nullable(), revision: z.int(), changes: z.array(z.string()), hash: z.string() },
  written: z.boolean().meta({ description: 'false: the newest revision says the same' }),
})
export const revisionListSchema = z.object({
  items: z.array(z.object({ id: z.int(), revision: z.int(), changes: z.array(z.string()), ...built, hash: z.string() })),
})
export const shareLinkSchema = z.object({ url: z.string(), until: instant })
export const subscriptionListSchema = z.object({
  items: z.array(
    z.object({
      ...{ id: z.int(), reader: z.string(), mine: z.boolean(), service: named, team: named },
      ...{ createdBy: z.string(), createdAt: instant },
    }),
  ),
})

export const reportPageOf = ({ items, next }: ReportPage): z.infer<typeof reportListSchema> => ({
  items: items.map(({ id, service, month, zone, revision, builtAt, builtBy, met, judged, leastLeft }) => ({
    ...{ id, service, month, zone, revision, builtAt: iso(builtAt), builtBy },
    ...{ objectivesMet: met, objectivesJudged: judged, leastLeft },
  })),
  nextCursor: next,
})
export const reportOf = ({ id, revision, changes, builtAt, builtBy, hash, document }: Report): z.infer<typeof reportSchema> => ({
  ...{ id, revision, changes, builtAt: iso(builtAt), builtBy, hash, document },
})
export const builtOf = ({ report, written }: Stored): z.infer<typeof builtSchema> => ({
  ...{ id: report.id, revision: report.revision, changes: report.changes, hash: report.hash, written },
})
export const revisionsOf = (revisions: Revision[]): z.infer<typeof revisionListSchema> => ({
  items: revisions.map(({ builtAt, ...revision }) => ({ ...revision, builtAt: iso(builtAt) })),
})
export const shareLinkOf = ({ url, until }: ShareLink): z.infer<typeof shareLinkSchema> => ({ url, until: iso(until) })
export const subscriptionsOf = (all: Subscription[]): z.infer<typeof subscriptionListSchema> => ({
  items: all.map(({ createdAt, ...one }) => ({ ...one, createdAt: iso(createdAt) })),
})
