import 'server-only'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import type { Report } from './document'
import { canReadReports, WHO_READS } from './policy'
import { readPreview, readReport } from './reads'
import { renderHtml } from './render/html'
import { ORGANISATION, type ReportKey } from './schema'

const unzipped = promisify(gunzip)

/** A report with its page: kept ones as they were written, byte by byte; a preview as it would be. */
export type ReportFile = { report: Report; html: string }

/** The service of an address; null: the organisation. */
export const serviceOfAddress = (slug: string): string | null => (slug === ORGANISATION ? null : slug)

/** The kept report of a month, or its preview when none was kept. Throws NOT_FOUND where a revision is named and not there. */
export async function reportOrPreview(actor: Actor, key: ReportKey): Promise<Report> {
  const kept = await readReport(actor, key)
  if (kept) return kept
  if (key.revision !== undefined)
    throw new HeadroomError('NOT_FOUND', `${key.month} has no revision ${key.revision}. Look at the newest one.`)
  return readPreview(actor, key)
}

export async function reportFile(actor: Actor, key: ReportKey): Promise<ReportFile> {
  authorize(canReadReports(actor), WHO_READS)
  const report = await reportOrPreview(actor, key)
  return { report, html: report.id === null ? renderHtml(report) : await keptHtml(report.id) }
}

async function keptHtml(id: number): Promise<string> {
  const { rows } = await pool().query<{ html: Buffer }>('SELECT html FROM report WHERE id = $1', [id])
  if (!rows[0]) throw new HeadroomError('NOT_FOUND', `There is no report with the number ${id}.`)
  return (await unzipped(rows[0].html)).toString('utf8')
}
