import type pg from 'pg'
import type { Transaction } from '../db/client'
import { enqueue, enqueueIn } from '../notify/enqueue'
import type { Notice } from '../notify/notice'
import type { UnixSeconds } from '../time-series/units'
import { type IncidentEvent, incidentNotice, type ToldIncident } from './notices'

/** Incidents that no alert of Headroom's tells people about are told of here, in the transaction that opens, reopens or resolves them. */

type Told = { id: number; event: IncidentEvent; by: string; at: UnixSeconds }

type Row = Omit<ToldIncident, 'by'>

const QUESTION = `SELECT n.id, n.title, n.summary, n.severity::text AS severity, n.version, n.started_at AS "startedAt",
  coalesce((SELECT jsonb_agg(jsonb_build_object('slug', v.slug, 'name', v.name, 'tier', v.tier, 'team', t.slug) ORDER BY v.tier, v.name)
    FROM incident_service s JOIN service v ON v.id = s.service_id JOIN team t ON t.id = v.team_id WHERE s.incident_id = n.id), '[]') AS services
  FROM incident n WHERE n.id = $1 AND n.origin <> 'alert'`

const noticeOf = (row: Row | undefined, { event, by, at }: Told): Notice | null =>
  row ? incidentNotice({ ...row, by }, event, at) : null

export async function tellOf(client: Pick<pg.Pool, 'query'>, told: Told): Promise<void> {
  const notice = noticeOf((await client.query<Row>(QUESTION, [told.id])).rows[0], told)
  if (notice) await enqueue(client, notice)
}

/** The same, in a transaction of Prisma. */
export async function tellOfIn(tx: Transaction, told: Told): Promise<void> {
  const notice = noticeOf((await tx.$queryRawUnsafe<Row[]>(QUESTION, told.id))[0], told)
  if (notice) await enqueueIn(tx, notice)
}
