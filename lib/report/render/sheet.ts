import type { Report } from '../document'
import { html, type Part } from './markup'
import { type Clock, clockOf } from './words'

/** What every section of a report needs beside its own part of the document. */
export type Sheet = {
  report: Report
  clock: Clock
  /** a link into the portal, or the text alone when nobody knows its address */
  link: (path: string, text: Part) => Part
}

const ADDRESS = /^https?:\/\/[^\s"'<>]+$/

export function sheetOf(report: Report): Sheet {
  const { address } = report.document
  const base = address && ADDRESS.test(address) ? address.replace(/\/+$/, '') : null
  return {
    report,
    clock: clockOf(report.document),
    link: (path, text) => (base === null ? text : html`<a href="${base}${path}" target="_top">${text}</a>`),
  }
}

/** How much of each a page shows; JSON and CSV have all. */
export const MOST = {
  objectives: 60,
  pictures: 30,
  incidents: 40,
  releases: 60,
  corrections: 60,
  services: 200,
  queries: 6,
} as const
export const CLIP = { name: 90, title: 140, text: 700, query: 1200, reason: 280, summary: 600 } as const

/** A section with its heading. */
export const section = (title: string, ...body: Part[]) => html`<section><h2>${title}</h2>
${body}</section>
`

/** The sentence about what a page does not show. */
export const leftOut = (shown: number, all: number, what: string): Part =>
  all > shown && html`<p class="note">${String(all - shown)} ${what} are left out here; the JSON of this report has all.</p>`

/** A wide table that scrolls on a narrow screen, by keyboard as well. */
export const wide = (label: string, table: Part) =>
  html`<section class="scroll" tabindex="0" aria-label="${label}">${table}</section>`
