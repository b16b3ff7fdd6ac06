import type pg from 'pg'
import type { Alert, AlertEvent } from './alert'

type Queryable = Pick<pg.Pool, 'query'>
export type Stored = Alert & { id: number }

/** Numbers for alerts that are to be stored: what mutes them has to be able to name them. */
export async function alertNumbers(on: Queryable, count: number): Promise<number[]> {
  if (count === 0) return []
  const { rows } = await on.query<{ id: string }>(
    `SELECT nextval(pg_get_serial_sequence('alert', 'id')) AS id FROM generate_series(1, $1::int)`,
    [count],
  )
  return rows.map(({ id }) => Number(id))
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

const INTO: [column: string, type: string, of: (alert: Stored) => unknown][] = [
  ['id', 'int', ({ id }) => id],
  ['slo_id', 'int', ({ sloId }) => sloId],
  ['severity', 'text', ({ severity }) => severity],
  ['long', 'int', ({ long }) => long],
  ['short', 'int', ({ short }) => short],
  ['state', 'text', ({ state }) => state],
  ['pending_since', 'int', ({ pendingSince }) => pendingSince],
  ['fired_at', 'int', ({ firedAt }) => firedAt],
  ['held_at', 'int', ({ heldAt }) => heldAt],
  ['gone_since', 'int', ({ goneSince }) => goneSince],
  ['resolved_at', 'int', ({ resolvedAt }) => resolvedAt],
  ['frozen_since', 'int', ({ frozenSince }) => frozenSince],
  ['policy_name', 'text', ({ policyName }) => policyName],
  ['policy_version', 'int', ({ policyVersion }) => policyVersion],
  ['evidence', 'jsonb', ({ evidence }) => json(evidence)],
  ['end_evidence', 'jsonb', ({ endEvidence }) => json(endEvidence)],
  ['muted', 'jsonb', ({ muted }) => json(muted)],
  ['peak_burn', 'float8', ({ peakBurn }) => peakBurn],
]
const COLUMNS = INTO.map(([column]) => column).join(', ')
const VALUES = INTO.map(([column]) => (column === 'state' ? 'state::alert_state' : column)).join(', ')
const ARRAYS = INTO.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')
const CHANGES = INTO.slice(1)
  .map(([column]) => `${column} = n.${column}${column === 'state' ? '::alert_state' : ''}`)
  .join(', ')

const valuesOf = (alerts: Stored[]) => INTO.map(([, , of]) => alerts.map(of))

/** Writes new alerts. Returns the numbers that were: one that began at the same instant before is not begun twice. */
export async function insertAlerts(on: Queryable, alerts: Stored[]): Promise<Set<number>> {
  if (alerts.length === 0) return new Set()
  const { rows } = await on.query<{ id: number }>(
    `INSERT INTO alert (${COLUMNS}) SELECT ${VALUES} FROM unnest(${ARRAYS}) AS n (${COLUMNS}) ON CONFLICT DO NOTHING RETURNING id`,
    valuesOf(alerts),
  )
  return new Set(rows.map(({ id }) => id))
}

/** What moves on every minute while an alert goes on: most of what is written. */
const MOVES = INTO.filter(([column]) =>
  ['id', 'pending_since', 'held_at', 'gone_since', 'frozen_since', 'muted', 'peak_burn'].includes(column),
)

export async function moveAlerts(on: Queryable, alerts: Stored[]): Promise<void> {
  if (alerts.length === 0) return
  const columns = MOVES.map(([column]) => column)
  await on.query(
    `UPDATE alert a SET ${columns
      .slice(1)
      .map((column) => `${column} = n.${column}`)
      .join(', ')}
     FROM unnest(${MOVES.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')}) AS n (${columns.join(', ')})
     WHERE a.id = n.id AND a.state <> 'resolved'`,
    MOVES.map(([, , of]) => alerts.map(of)),
  )
}

/** Alerts whose state is another one now. */
export async function updateAlerts(on: Queryable, alerts: Stored[]): Promise<void> {
  if (alerts.length === 0) return
  await on.query(
    `UPDATE alert a SET ${CHANGES} FROM unnest(${ARRAYS}) AS n (${COLUMNS}) WHERE a.id = n.id AND a.state <> 'resolved'`,
    valuesOf(alerts),
  )
}

export async function insertEvents(on: Queryable, events: (AlertEvent & { alertId: number })[]): Promise<void> {
  if (events.length === 0) return
  await on.query(
    `INSERT INTO alert_event (alert_id, at, kind, detail) SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::jsonb[])`,
    [
      events.map(({ alertId }) => alertId),
      events.map(({ at }) => at),
      events.map(({ kind }) => kind),
      events.map(({ why, mute }) => json(why === undefined && mute === undefined ? null : { why, mute })),
    ],
  )
}

/**
 * What is not judged now stands still from the last evaluation on: the source does not answer, it refuses the query, or the
 * history is being read anew.
 */
export async function freezeUnjudged(on: Queryable, shard: number): Promise<void> {
  await on.query(
    `WITH frozen AS (
       UPDATE alert a SET frozen_since = greatest(a.held_at, a.gone_since, st.stale_since), gone_since = NULL
       FROM slo s LEFT JOIN slo_status st ON st.slo_id = s.id LEFT JOIN slo_evaluation e ON e.slo_id = s.id
       WHERE a.slo_id = s.id AND s.shard = $1 AND a.state IN ('pending', 'firing') AND a.frozen_since IS NULL
         AND (st.slo_id IS NULL OR st.stale_since IS NOT NULL OR e.quarantined_at IS NOT NULL)
       RETURNING a.id, a.frozen_since, CASE WHEN st.slo_id IS NULL THEN 'its history is being read again'
         WHEN e.quarantined_at IS NOT NULL THEN 'its query is refused' ELSE 'the source does not answer' END AS why)
     INSERT INTO alert_event (alert_id, at, kind, detail)
     SELECT id, frozen_since, 'frozen', jsonb_build_object('why', why) FROM frozen`,
    [shard],
  )
}
