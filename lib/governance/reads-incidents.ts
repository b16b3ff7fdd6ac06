import 'server-only'
import { pool } from '../db/client'
import { costSchema, currentOf } from '../incident/cost'
import { judgedShare, needsRetrospective, RETROSPECTIVE_ABOVE } from '../incident/retrospective-rule'
import { DAY, type UnixSeconds } from '../time-series/units'
import { occurrence, type Practice, practiceOf, TWO_WEEKS } from './practice'

const WEEKS = 12 * 7 * DAY
const ofTeam = (
  parameter: string,
) => `(${parameter}::text IS NULL OR EXISTS (SELECT 1 FROM incident_service x JOIN service v ON v.id = x.service_id
  JOIN team t ON t.id = v.team_id WHERE x.incident_id = i.id AND t.slug = ${parameter}))`

type Ended = { id: number; title: string; endedAt: number; heldAt: number | null; stretches: { sloId: number; cost: unknown }[] }

const shareOf = (cost: unknown): number | null => {
  const read = costSchema.safeParse(cost)
  return read.success ? currentOf(read.data).share : null
}

/**
 * Incidents that spent more than a fifth of a budget, or nobody knows how much: those that ended in the last twelve weeks, and older
 * ones without a retrospective.
 */
export async function retrospectives(team: string | null, now: UnixSeconds): Promise<Practice> {
  const { rows } = await pool().query<Ended>(
    `SELECT i.id, i.title, i.resolved_at AS "endedAt", i.retrospective_at AS "heldAt",
       coalesce((SELECT json_agg(json_build_object('sloId', m.slo_id, 'cost', m.cost)) FROM incident_impact m WHERE m.incident_id = i.id), '[]') AS stretches
     FROM incident i WHERE i.resolved_at IS NOT NULL AND (i.resolved_at > $1 OR i.retrospective_at IS NULL OR i.retrospective_at > $3) AND NOT i.false_positive AND ${ofTeam('$2')}`,
    [now - WEEKS, team, now],
  )
  const needed = rows.filter(({ stretches }) =>
    needsRetrospective(judgedShare(stretches.map(({ sloId, cost }) => ({ sloId, share: shareOf(cost) })))),
  )
  const words = {
    key: 'retrospectives',
    name: 'Retrospectives',
    over: 'incidents that ended in the last 12 weeks, and older ones without one',
  }
  return practiceOf(
    { ...words, cadence: `Within two weeks of every incident that spent more than ${RETROSPECTIVE_ABOVE * 100} % of a budget.` },
    needed.map(({ id, title, endedAt, heldAt }) =>
      occurrence(
        { due: endedAt + TWO_WEEKS, done: heldAt, what: `INC-${id} ${title}`, link: `/incidents/${id}/retrospective` },
        now,
      ),
    ),
  )
}

type Action = { incident: number; title: string; due: number; doneAt: number | null }

/** The last second of the day on which an action is due, UTC. */
const DUE = 'extract(epoch FROM a.due_on + 1)::int - 1'

/** Actions of incidents that had to be done in the last twelve weeks or have to be in the next two, and older ones that are open. */
export async function incidentActions(team: string | null, now: UnixSeconds): Promise<Practice> {
  const { rows } = await pool().query<Action>(
    `SELECT a.incident_id AS incident, a.title, ${DUE} AS due, a.done_at AS "doneAt"
     FROM action_item a JOIN incident i ON i.id = a.incident_id
     WHERE a.due_on IS NOT NULL AND ${DUE} <= $3 AND (${DUE} >= $1 OR a.done_at IS NULL) AND ${ofTeam('$2')}`,
    [now - WEEKS, team, now + TWO_WEEKS],
  )
  const words = {
    key: 'actions',
    name: 'Actions of incidents',
    over: 'the last 12 weeks and the next two, and older ones that are open',
  }
  return practiceOf(
    { ...words, cadence: 'Each is done by its date.' },
    rows.map(({ incident, title, due, doneAt }) =>
      occurrence({ due, done: doneAt, what: `INC-${incident} ${title}`, link: `/incidents/${incident}` }, now),
    ),
  )
}

/** Open actions of incidents that nobody gave a date: they can never be late. */
export async function undatedActions(team: string | null): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM action_item a JOIN incident i ON i.id = a.incident_id
     WHERE a.due_on IS NULL AND a.done_at IS NULL AND ${ofTeam('$1')}`,
    [team],
  )
  return rows[0]?.count ?? 0
}
