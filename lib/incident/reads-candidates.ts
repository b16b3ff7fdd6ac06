import type pg from 'pg'
import { HOUR, type UnixSeconds } from '../time-series/units'

type Queryable = Pick<pg.Pool, 'query'>

/** How long after the end of the harm new harm is the same incident's. */
const AGAIN: number = HOUR

export type Candidate = { id: number; status: string; mitigatedAt: UnixSeconds | null }

const COLUMNS = 'n.id, n.status::text AS status, n.mitigated_at AS "mitigatedAt"'
/** Not resolved, and not mitigated for longer than an hour; one that a person resolved within the hour came too early. */
const FRESH = `n.status <> 'reviewed' AND (n.mitigated_at IS NULL OR n.mitigated_at >= $2)`

const first = async (client: Queryable, where: string, value: unknown, at: UnixSeconds): Promise<Candidate | null> => {
  const { rows } = await client.query<Candidate>(
    `SELECT ${COLUMNS} FROM incident n WHERE ${where} AND ${FRESH}
     ORDER BY n.mitigated_at IS NOT NULL, n.status = 'resolved', n.started_at DESC LIMIT 1 FOR UPDATE`,
    [value, at - AGAIN],
  )
  return rows[0] ?? null
}

/** The incident that harm to this service at `at` belongs to: the newest that goes on, else one that has just ended. */
export const candidateOfService = (client: Queryable, serviceId: number, at: UnixSeconds): Promise<Candidate | null> =>
  first(client, 'EXISTS (SELECT 1 FROM incident_service s WHERE s.incident_id = n.id AND s.service_id = $1)', serviceId, at)

/** The same for what an Alertmanager told together. */
export const candidateOfGroup = (client: Queryable, groupKey: string, at: UnixSeconds): Promise<Candidate | null> =>
  first(client, 'EXISTS (SELECT 1 FROM incoming_alert a WHERE a.incident_id = n.id AND a.group_key = $1)', groupKey, at)

/** Pages of the portal, and alerts of others, that still say that an incident burns. */
export async function stillFiring(client: Queryable, id: number, except: number[] = []): Promise<boolean> {
  const { rows } = await client.query<{ firing: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM alert WHERE incident_id = $1 AND severity = 'page' AND state = 'firing' AND id <> ALL($2::int[]))
       OR EXISTS (SELECT 1 FROM incoming_alert WHERE incident_id = $1 AND status = 'firing') AS firing`,
    [id, except],
  )
  return rows[0]?.firing ?? false
}
