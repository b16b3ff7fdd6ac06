import type { Report } from '../document'

/** A report as one HTML file that needs nothing else. */
export const renderHtml = ({ document }: Report): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Report of ${document.month}</title><pre>${JSON.stringify(document, null, 1).replaceAll('<', '&lt;')}</pre></html>`
