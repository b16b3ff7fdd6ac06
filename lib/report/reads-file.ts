import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import type { Report } from './document'
import { canReadReports, WHO_READS } from './policy'
import { readPreview, readReport } from './reads'
import { readReportHtml } from './reads-files'
import { notThere } from './reads-one'
import { renderHtml } from './render/html'
import type { ReportKey } from './schema'

/** A report with its page: kept ones as they were written, byte by byte; a preview as it would be. */
export type ReportFile = { report: Report; html: string }

/** The kept report of a month, or its preview when none was kept. Throws NOT_FOUND where a revision is named and not there. */
export async function reportOrPreview(actor: Actor, key: ReportKey): Promise<Report> {
  const kept = await readReport(actor, key)
  if (kept) return kept
  if (key.revision !== undefined) throw notThere(key)
  return readPreview(actor, key)
}

export async function reportFile(actor: Actor, key: ReportKey): Promise<ReportFile> {
  authorize(canReadReports(actor), WHO_READS)
  const report = await reportOrPreview(actor, key)
  const kept = report.id === null ? null : await readReportHtml(actor, { ...key, revision: report.revision })
  return { report, html: kept ?? renderHtml(report) }
}
