import 'server-only'
import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import { METADATA_PATHS, type MetadataPath, prometheusClient } from '../prometheus/client'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import { canDefineSlo } from './policy'
import type { Dialect } from './promql'

export type SourceChoice = { id: number; name: string }

/** The sources an SLO may be measured by. */
export async function listSources(actor: Actor): Promise<SourceChoice[]> {
  authorize(canDefineSlo(actor), 'Viewers cannot define SLOs. Ask an engineer or an owner of SLOs.')
  return db().dataSource.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } })
}

export type NamedSource = { id: number; name: string; url: string; dialect: Dialect }

/** Throws INVALID_INPUT at the field when there is no such source. */
export async function sourceNamed(name: string): Promise<NamedSource> {
  const source = await db().dataSource.findUnique({ where: { name } })
  if (!source) {
    const message = `There is no source “${name}”.`
    throw new HeadroomError('INVALID_INPUT', message, [{ path: 'dataSource', message }])
  }
  const { id, url, dialect } = source
  return { id, name, url, dialect }
}

const labelPath = /^label\/[a-zA-Z_][a-zA-Z0-9_]*\/values$/
export const metadataPathSchema = z.custom<MetadataPath>(
  (path) => typeof path === 'string' && ((METADATA_PATHS as readonly string[]).includes(path) || labelPath.test(path)),
  { error: 'Ask for labels, values of a label, series or metadata.' },
)

const BYTES = 4 * 1024 * 1024
const DEFAULT_LIMIT = '2000'

/** What completion in the editor asks: names and values only, never samples. */
export async function askMetadata(
  actor: Actor,
  sourceId: number,
  path: MetadataPath,
  search: [name: string, value: string][],
): Promise<unknown> {
  authorize(canDefineSlo(actor), 'Viewers cannot define SLOs. Ask an engineer or an owner of SLOs.')
  const source = await db().dataSource.findUnique({ where: { id: sourceId } })
  if (!source) throw new HeadroomError('NOT_FOUND', `There is no source with the number ${sourceId}.`)
  const client = prometheusClient({ url: source.url, timeoutSeconds: 10, maxBytes: BYTES })
  try {
    return await client.metadata(path, [...search, ['limit', DEFAULT_LIMIT]])
  } catch (error) {
    throw asRefusal(error)
  }
}

/** A fault of the source as a refusal that people can act on. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof PrometheusUnavailable) return new HeadroomError('SOURCE_UNAVAILABLE', error.message)
  if (error instanceof PrometheusRefused)
    return new HeadroomError('SOURCE_REFUSED', `The source refuses this query: ${error.message}`)
  return error
}
