import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type pg from 'pg'
import type { Notice } from './notice'
import type { Attachment } from './payload'

const unzipped = promisify(gunzip)

/** What goes along with a mail: the file of a report. One that was removed meanwhile is not waited for. */
export async function attachmentOf(pool: pg.Pool, { event, facts, path }: Notice): Promise<Attachment | undefined> {
  if (event !== 'report.ready' || typeof facts.report !== 'number') return undefined
  const { rows } = await pool.query<{ html: Buffer }>('SELECT html FROM report WHERE id = $1', [facts.report])
  if (!rows[0]) return undefined
  const [service, month] = path.split('/').slice(-2)
  return { filename: `${service}-${month}.html`, content: await unzipped(rows[0].html), contentType: 'text/html; charset=utf-8' }
}
