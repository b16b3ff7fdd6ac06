import 'server-only'
import { pool } from './db/client'

export type Readiness = { ready: boolean; reason: string | null; pollerAgeSeconds: number | null }

/** Can requests be served? The database answers and has the schema; how old the newest evaluation is comes along. */
export async function readiness(now = Date.now()): Promise<Readiness> {
  try {
    const { rows } = await pool().query<{ ts: number | null }>('SELECT max(ts) AS ts FROM slo_status')
    const ts = rows[0]?.ts ?? null
    return { ready: true, reason: null, pollerAgeSeconds: ts === null ? null : Math.round(now / 1000 - ts) }
  } catch (error) {
    const missing = (error as { code?: string }).code === '42P01'
    const reason = missing ? 'The schema of the database is missing: apply the migrations.' : 'The database does not answer.'
    return { ready: false, reason, pollerAgeSeconds: null }
  }
}
