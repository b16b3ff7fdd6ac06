import type { Report } from './document'
import { fileHeaders } from './file-headers'
import { renderCsv } from './render/csv'
import { renderJson } from './render/json'
import type { ReportFormat } from './schema'

const TYPES: Record<ReportFormat, string> = { html: 'text/html', json: 'application/json', csv: 'text/csv' }

/** A report as a file of a format, with its headers. */
export function formatted(
  { report, html }: { report: Report; html: string },
  format: ReportFormat,
): { body: string; headers: Record<string, string> } {
  const { document } = report
  const name = `${document.kind === 'service' ? document.service.slug : 'organisation'}-${document.month}`
  return {
    body: format === 'html' ? html : format === 'json' ? renderJson(report) : renderCsv(report),
    headers: fileHeaders(TYPES[format], `${name}.${format}`),
  }
}
