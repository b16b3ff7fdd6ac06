import 'server-only'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { env } from '../env'
import type { UnixSeconds } from '../time-series/units'
import { canReadReports, WHO_READS } from './policy'
import type { ReportKey } from './schema'
import { judgedLink } from './share'

const unzipped = promisify(gunzip)
const textOf = async (html: Buffer | undefined): Promise<string | null> => (html ? (await unzipped(html)).toString('utf8') : null)

/** The stored HTML of a report as it was when it was built; null when there is none. */
export async function readReportHtml(actor: Actor, { service, month, revision }: ReportKey): Promise<string | null> {
  authorize(canReadReports(actor), WHO_READS)
  const { rows } = await pool().query<{ html: Buffer }>(
    `SELECT r.html FROM report r LEFT JOIN service v ON v.id = r.service_id
     WHERE v.slug IS NOT DISTINCT FROM $1 AND r.month = $2 AND ($3::int IS NULL OR r.revision = $3) ORDER BY r.revision DESC LIMIT 1`,
    [service, month, revision ?? null],
  )
  return textOf(rows[0]?.html)
}

/** What a link opens: its signature is all it takes, whoever has it. */
export async function readSharedReport(
  link: Parameters<typeof judgedLink>[0],
  now: UnixSeconds = Math.floor(Date.now() / 1000),
): Promise<{ html: string } | 'forged' | 'expired' | 'gone'> {
  const { NEXTAUTH_SECRET: secret } = env()
  const judged = secret ? judgedLink(link, now, secret) : 'forged'
  if (typeof judged === 'string') return judged
  const { rows } = await pool().query<{ html: Buffer }>('SELECT html FROM report WHERE id = $1', [judged.id])
  const html = await textOf(rows[0]?.html)
  return html === null ? 'gone' : { html }
}
