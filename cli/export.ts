import { parseAllDocuments } from 'yaml'
import { exportedFilesSchema } from '../lib/api/slo-as-code-paths'
import { disconnect } from '../lib/db/client'
import { exportedFiles } from '../lib/slo-as-code/reads-export'
import { connectHere } from './connection'
import { jsonText } from './convert'
import { usage } from './definitions'
import { answerOf, askApi } from './remote'
import { type OutFile, writeOut } from './write-out'

export type ExportOptions = { service?: string; out?: string; format?: string; url?: string; token?: string }

/** Writes what the portal keeps as files: from another Headroom, or from the database of the one that runs here. */
export async function exported({ service, out, format = 'yaml', url, token }: ExportOptions): Promise<void> {
  if (format !== 'yaml' && format !== 'json') throw usage('The format is yaml or json.')
  const services = service?.split(',').map((slug) => slug.trim())
  const address = url ?? process.env.HEADROOM_URL
  const files = address ? await fromApi(address, token ?? process.env.HEADROOM_TOKEN, services) : await fromDatabase(services)
  if (files.length === 0) process.stderr.write('Nothing is measured yet: there is nothing to write.\n')
  const text = files.map((file) => file.text).join('---\n')
  if (format === 'json') writeOut([{ name: 'openslo.json', text: jsonText(documentsIn(text)) }], out)
  else writeOut(out === undefined ? [{ name: '', text }] : files, out)
}

const documentsIn = (text: string): unknown[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((document) => document !== null)

async function fromApi(address: string, token: string | undefined, services: string[] | undefined): Promise<OutFile[]> {
  const search = new URLSearchParams({ format: 'openslo-files', ...(services && { service: services.join(',') }) })
  return answerOf(exportedFilesSchema, await askApi(address, `/api/v1/slo-as-code/export?${search}`, token)).files
}

async function fromDatabase(services: string[] | undefined): Promise<OutFile[]> {
  connectHere()
  try {
    return await exportedFiles({ type: 'system', job: 'cli' }, services)
  } finally {
    await disconnect()
  }
}
