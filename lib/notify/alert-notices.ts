import type pg from 'pg'
import type { AlertTransition } from '../alert/transition'
import { type AlertChange, type AlertSubject, noticeOf } from './alert-words'
import { enqueueAll } from './enqueue'

type Queryable = Pick<pg.Pool, 'query'>

/** An alert that people were told of; `open`: it still fires. */
export type ToldAlert = { id: number; sloId: number; severity: string; open: boolean }

const unitOf = ({ sloId, severity }: { sloId: number; severity: string }): string => `${sloId} ${severity}`

/**
 * What there is to tell. People think of an SLO that pages, not of its pairs of windows: they are told when the first unmuted
 * pair of a severity fires, and when the last one that they were told of has ended. `told`: alerts of these SLOs that were
 * told before, as they are after the transitions.
 */
export function changesOf(transitions: AlertTransition[], told: ToldAlert[]) {
  const known = new Set(told.map(({ id }) => id))
  const units = new Map<string, AlertTransition[]>()
  for (const one of transitions) units.set(unitOf(one), [...(units.get(unitOf(one)) ?? []), one])
  const changes: Omit<AlertChange, 'about' | 'incidentId'>[] = []
  const newlyTold: number[] = []
  for (const [unit, mine] of units) {
    const ended = mine.filter(({ kind, alertId }) => kind === 'resolved' && known.has(alertId))
    const gone = new Set(mine.filter(({ kind }) => kind === 'resolved').map(({ alertId }) => alertId))
    const began = mine.filter(
      ({ kind, muted, alertId }) =>
        ((kind === 'fired' && muted === null) || kind === 'unmuted') && !known.has(alertId) && !gone.has(alertId),
    )
    const open = told.some((alert) => alert.open && !gone.has(alert.id) && unitOf(alert) === unit)
    newlyTold.push(...began.map(({ alertId }) => alertId))
    if (began.length > 0 && !open && ended.length === 0)
      changes.push({ key: `alert ${Math.min(...began.map(idOf))} fired`, event: 'alert.fired', pairs: began })
    if (began.length === 0 && !open && ended.length > 0)
      changes.push({ key: `alert ${Math.max(...ended.map(idOf))} resolved`, event: 'alert.resolved', pairs: ended })
  }
  return { changes, newlyTold }
}

const idOf = ({ alertId }: AlertTransition): number => alertId

/** Writes the notices that follow from transitions into the outbox, in the transaction that made them. */
export async function tellOfAlerts(
  client: Queryable,
  transitions: AlertTransition[],
  incidents: Map<number, number>,
): Promise<void> {
  if (transitions.length === 0) return
  const sloIds = [...new Set(transitions.map(({ sloId }) => sloId))]
  const { changes, newlyTold } = changesOf(transitions, await toldAlerts(client, sloIds, transitions.map(idOf)))
  const at = Math.max(...transitions.map((one) => one.at))
  if (newlyTold.length > 0)
    await client.query('UPDATE alert SET told_at = $2 WHERE id = ANY($1::int[]) AND told_at IS NULL', [newlyTold, at])
  if (changes.length === 0) return
  const subjects = await subjectsOf(client, sloIds)
  await enqueueAll(
    client,
    changes.flatMap((change) => {
      const about = subjects.get(change.pairs[0]?.sloId ?? 0)
      return about ? [noticeOf({ ...change, about, incidentId: incidentOf(change.pairs, incidents) })] : []
    }),
  )
}

function incidentOf(pairs: AlertTransition[], incidents: Map<number, number>): number | null {
  for (const { alertId, incidentId } of pairs) {
    const found = incidents.get(alertId) ?? incidentId
    if (found !== null) return found
  }
  return null
}

async function toldAlerts(client: Queryable, sloIds: number[], ids: number[]): Promise<ToldAlert[]> {
  const { rows } = await client.query<ToldAlert>(
    `SELECT id, slo_id AS "sloId", severity, state = 'firing' AS open FROM alert
     WHERE slo_id = ANY($1::int[]) AND told_at IS NOT NULL AND (state = 'firing' OR id = ANY($2::int[]))`,
    [sloIds, ids],
  )
  return rows
}

async function subjectsOf(client: Queryable, sloIds: number[]): Promise<Map<number, AlertSubject>> {
  const { rows } = await client.query<{ id: number } & AlertSubject>(
    `SELECT s.id, json_build_object('id', s.id, 'slug', s.slug, 'name', s.name) AS slo,
       json_build_object('slug', v.slug, 'name', v.name, 'tier', v.tier, 'team', t.slug) AS service
     FROM slo s JOIN service v ON v.id = s.service_id JOIN team t ON t.id = v.team_id WHERE s.id = ANY($1::int[])`,
    [sloIds],
  )
  return new Map(rows.map(({ id, ...about }) => [id, about]))
}
