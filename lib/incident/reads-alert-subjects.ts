import type pg from 'pg'
import type { AlertTransition } from '../alert/transition'
import type { Tier } from '../service/tier'
import { budgetOf } from '../slo/objective'
import { MINUTE, type UnixSeconds } from '../time-series/units'
import { burnAround, minutesOf } from './burn-stretch'

type Queryable = Pick<pg.Pool, 'query'>

/** What an alert is about. */
export type Subject = { id: number; name: string; service: string; tier: Tier }
export type Burn = { from: UnixSeconds; to: UnixSeconds }

export async function subjectsOf(client: Queryable, transitions: AlertTransition[]): Promise<Map<number, Subject>> {
  const { rows } = await client.query<Subject>(
    `SELECT s.id, s.name, v.name AS service, v.tier::text AS tier FROM slo s JOIN service v ON v.id = s.service_id
     WHERE s.id = ANY($1::int[])`,
    [transitions.map(({ sloId }) => sloId)],
  )
  return new Map(rows.map((subject) => [subject.id, subject]))
}

type Reading = { alertId: number; ts: number; good: number; total: number; measured: number }

/** The stretch of burning behind each page, by alert, from the minute counters; tickets and quiet SLOs are left out. */
export async function burnsOf(client: Queryable, transitions: AlertTransition[]): Promise<Map<number, Burn>> {
  const pages = transitions.filter(({ severity }) => severity === 'page')
  const result = new Map<number, Burn>()
  if (pages.length === 0) return result
  const { rows } = await client.query<Reading>(
    `SELECT w.alert AS "alertId", m.ts, m.good, m.total, m.measured
     FROM unnest($1::int[], $2::int[], $3::int[], $4::int[]) AS w (alert, slo, start, stop)
     JOIN sample_1m m ON m.slo_id = w.slo AND m.ts BETWEEN w.start AND w.stop ORDER BY w.alert, m.ts`,
    [
      pages.map(({ alertId }) => alertId),
      pages.map(({ sloId }) => sloId),
      // Recovery is looked for from the last instant at which the pair held, the beginning from the first.
      pages.map(({ kind, firedAt, heldAt, long, short }) => (kind === 'resolved' ? heldAt - short : firedAt - long) - MINUTE),
      pages.map(({ at }) => at),
    ],
  )
  const readings = new Map<number, Reading[]>()
  for (const reading of rows) readings.set(reading.alertId, [...(readings.get(reading.alertId) ?? []), reading])
  for (const { alertId, kind, at, heldAt, evidence } of pages) {
    const minutes = minutesOf(readings.get(alertId) ?? [])
    const burn = burnAround(minutes, budgetOf(evidence.target), kind === 'resolved' ? heldAt : at)
    if (burn) result.set(alertId, burn)
  }
  return result
}
