import { writeFileSync } from 'node:fs'
import { builtSchema, reportSchema } from '../lib/api/report-resources'
import type { Actor } from '../lib/auth/actor'
import { db, disconnect } from '../lib/db/client'
import { env } from '../lib/env'
import { HeadroomError } from '../lib/errors'
import { buildReport } from '../lib/report/commands'
import type { Report } from '../lib/report/document'
import { lastWholeMonth, monthName, monthOf } from '../lib/report/month'
import { readPreview, serviceNamed } from '../lib/report/reads'
import { renderCsv } from '../lib/report/render/csv'
import { renderHtml } from '../lib/report/render/html'
import { renderJson } from '../lib/report/render/json'
import { buildSchema, ORGANISATION } from '../lib/report/schema'
import { connectHere } from './connection'
import { answerOf, askApi } from './remote'

export type ReportOptions = {
  all?: boolean
  month?: string
  preview?: boolean
  format?: string
  out?: string
  url?: string
  token?: string
}

const CLI: Actor = { type: 'system', job: 'cli' }
const FORMATS: Record<string, (report: Report) => string> = { html: renderHtml, json: renderJson, csv: renderCsv }

/** Builds the report of one service (or of “organisation”), or all of them, from the database of the Headroom that runs here. */
export async function report(service: string | undefined, options: ReportOptions): Promise<string> {
  if ((service === undefined) === (options.all !== true))
    throw new HeadroomError('INVALID_INPUT', 'Name a service, or “organisation”, or ask for --all.')
  const write = options.format === undefined ? undefined : FORMATS[options.format]
  if (options.format !== undefined && !write)
    throw new HeadroomError('INVALID_INPUT', `“${options.format}” is no format. Use html, json or csv.`)
  if (options.all && (options.preview || options.format || options.out))
    throw new HeadroomError('INVALID_INPUT', 'All reports are built and kept. Name a service to preview it or to write it out.')
  const now = Math.floor(Date.now() / 1000)
  const address = options.url ?? process.env.HEADROOM_URL
  if (address) {
    if (service === undefined)
      throw new HeadroomError('INVALID_INPUT', 'Name a service: all reports are built where Headroom runs.')
    return said(await elsewhere(address, service, options, now), write, options.out)
  }
  connectHere()
  try {
    if (service === undefined) return (await everything(options.month, now)).join('\n')
    return said(await one(service, options, now), write, options.out)
  } finally {
    await disconnect()
  }
}

type Found = { report: Report; written: boolean }

function said(found: Found, write: ((report: Report) => string) | undefined, out: string | undefined): string {
  if (!write && out === undefined) return summaryOf(found.report, found.written)
  const text = (write ?? renderHtml)(found.report)
  if (out === undefined) return text.trimEnd()
  writeFileSync(out, text)
  return `${summaryOf(found.report, found.written)}\nWritten to ${out}.`
}

/** The same from the API of another Headroom; files are made here, by the same program. */
async function elsewhere(address: string, name: string, options: ReportOptions, now: number): Promise<Found> {
  const token = options.token ?? process.env.HEADROOM_TOKEN
  const month = options.month ?? (options.preview ? monthOf(now, 'UTC') : lastWholeMonth(now, 'UTC'))
  const asked = buildSchema.parse({ service: name === ORGANISATION ? null : name, month })
  const written = options.preview ? false : answerOf(builtSchema, await askApi(address, '/api/v1/reports', token, asked)).written
  const path = `/api/v1/reports/${name}/${month}${options.preview ? '/preview' : ''}`
  const { builtAt, ...report } = answerOf(reportSchema, await askApi(address, path, token))
  return { report: { ...report, builtAt: Math.floor(Date.parse(builtAt) / 1000) }, written }
}

async function one(name: string, { month, preview }: ReportOptions, now: number): Promise<Found> {
  const service = name === ORGANISATION ? null : name
  const zone = service === null ? env().HEADROOM_TIME_ZONE : (await serviceNamed(service)).zone
  const asked = buildSchema.parse({ service, month: month ?? (preview ? monthOf(now, zone) : lastWholeMonth(now, zone)) })
  return preview ? { report: await readPreview(CLI, asked, now), written: false } : buildReport(CLI, asked, now)
}

/** Services one after the other, then the organisation, which is made of theirs. */
async function everything(month: string | undefined, now: number): Promise<string[]> {
  const services = await db().service.findMany({
    where: { slos: { some: { deletedAt: null, lifecycle: 'active' } } },
    select: { slug: true },
    orderBy: { slug: 'asc' },
  })
  const lines: string[] = []
  for (const name of [...services.map(({ slug }) => slug), ORGANISATION]) {
    const { report: built, written } = await one(name, { ...(month !== undefined && { month }) }, now)
    lines.push(headOf(built, written))
  }
  return lines
}

function headOf({ document, revision }: Report, written: boolean): string {
  const of = document.kind === 'service' ? document.service.name : 'The organisation'
  const which = revision === 0 ? 'a preview' : `revision ${revision}${written ? '' : ', as it was'}`
  return `${of}, ${monthName(document.month)}: ${which}`
}

function summaryOf(built: Report, written: boolean): string {
  const { reliability, budget, incidents } = built.document.summary
  return [headOf(built, written), reliability, budget, incidents, ...built.changes.map((change) => `Changed: ${change}`)].join(
    '\n',
  )
}
