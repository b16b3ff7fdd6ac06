import 'server-only'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import type { UnixSeconds } from '../time-series/units'
import { tellOfReport } from './commands-tell'
import { documentChanges } from './differences'
import type { Report, ReportDocument } from './document'
import { hashOf } from './hash'
import type { NewestReport } from './reads-newest'
import { renderHtml } from './render/html'
import { countsOf, worstOf } from './summary'

export type Stored = { report: Report; written: boolean }
/** `quiet`: nobody is told, as when a portal is filled for the first time. */
export type Storing = { serviceId: number | null; before: NewestReport | null; now: UnixSeconds; quiet?: boolean }

const zipped = promisify(gzip)

/**
 * Keeps a document as the next revision; the newest one stays when it says the same. null: somebody else wrote the next one
 * meanwhile, so look again.
 */
export async function storeReport(
  actor: Actor,
  document: ReportDocument,
  { serviceId, before, now, quiet }: Storing,
): Promise<Stored | null> {
  const hash = hashOf(document)
  if (before?.hash === hash) return { report: { ...before, document }, written: false }
  const revision = (before?.revision ?? 0) + 1
  const changes = before ? documentChanges(before.document, document) : []
  const draft: Report = { id: null, revision, changes, builtAt: now, builtBy: builderOf(actor), hash, document }
  const html = await zipped(renderHtml(draft))
  return transaction(async (tx) => {
    const { month, zone } = document
    const figures = figuresOf(document)
    const [row] = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO report (service_id, month, zone, revision, document, hash, html, changes, built_at, built_by, met, judged, least_left)
      VALUES (${serviceId}, ${month}, ${zone}, ${revision}, ${JSON.stringify(document)}::jsonb, ${hash}, ${html}, ${changes}, ${now},
        ${draft.builtBy}, ${figures.met}, ${figures.judged}, ${figures.leastLeft})
      ON CONFLICT DO NOTHING RETURNING id`
    if (!row) return null
    const report = { ...draft, id: row.id }
    await recordAudit(tx, actor, {
      ...{ action: 'report.build', entityType: 'report', entityId: row.id },
      after: { service: serviceId, month, revision, hash, changes } as Prisma.InputJsonObject,
    })
    if (!quiet) await tellOfReport(tx, { report, serviceId })
    return { report, written: true }
  })
}

const builderOf = (actor: Actor): string => (actor.type === 'system' && actor.job === 'poller' ? 'schedule' : actorName(actor))

function figuresOf(document: ReportDocument): { met: number; judged: number; leastLeft: number | null } {
  if (document.kind === 'organisation') {
    const { totals, services } = document
    return { met: totals.met, judged: totals.met + totals.notMet, leastLeft: services[0]?.worst?.remaining ?? null }
  }
  const { met, notMet } = countsOf(document.objectives)
  return { met, judged: met + notMet, leastLeft: worstOf(document.objectives)?.remaining ?? null }
}
