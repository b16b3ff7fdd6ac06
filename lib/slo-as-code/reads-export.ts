import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { canReadSlos } from '../slo/policy'
import { type OpensloFile, opensloFiles } from './openslo/write'
import { portableSlos } from './reads'

/** What the portal measures as files of OpenSLO, one for each service; of all services, or of these. */
export async function exportedFiles(actor: Actor, services?: string[]): Promise<OpensloFile[]> {
  authorize(canReadSlos(actor), 'Sign in to read SLOs.')
  if (services) await known(services)
  return opensloFiles(await portableSlos(actor, services ? { services } : { needed: true }))
}

async function known(slugs: string[]): Promise<void> {
  const { rows } = await pool().query<{ slug: string }>('SELECT slug FROM service WHERE slug = ANY($1::text[])', [slugs])
  const missing = slugs.find((slug) => !rows.some((row) => row.slug === slug))
  if (missing !== undefined) throw new HeadroomError('NOT_FOUND', `There is no service “${missing}”.`)
}
