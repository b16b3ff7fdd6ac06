import type { Report } from './document'
import { renderCsv } from './render/csv'
import { renderJson } from './render/json'
import type { ReportFormat } from './schema'

const TYPES: Record<ReportFormat, string> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

/** A report as a file of a format, with its headers. */
export function formatted(
  { report, html }: { report: Report; html: string },
  format: ReportFormat,
): { body: string; headers: Record<string, string> } {
  const { document } = report
  const name = `${document.kind === 'service' ? document.service.slug : 'organisation'}-${document.month}`
  return {
    body: format === 'html' ? html : format === 'json' ? renderJson(report) : renderCsv(report),
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `inline; filename="${name}.${format}"`,
      'cache-control': 'no-store',
    },
  }
}
