import { type Actor, actorName } from '../auth/actor'
import type { Role } from '../auth/role'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate, writeStatuses } from '../measurement/evaluate'
import { countsOf } from '../measurement/inputs'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample, writeSamples } from '../measurement/samples'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'
import { NOON } from './world-fixture'

/** A service with one gating SLO whose minutes a test writes itself: 99 % over 7 days, 100 events a minute. */

const person = (id: number, name: string, role: Role): Extract<Actor, { type: 'user' }> => ({
  ...{ type: 'user', id: `00000000-0000-4000-8000-00000000000${id}`, name, email: `${name.toLowerCase()}@example.org`, role },
})
export const PEOPLE = {
  viewer: person(1, 'Vera', 'viewer'),
  engineer: person(2, 'Emil', 'engineer'),
  slo_owner: person(3, 'Sofia', 'slo_owner'),
  product_owner: person(4, 'Paula', 'product_owner'),
  administrator: person(5, 'Ada', 'administrator'),
} as const
export const OTHER_OWNER = person(6, 'Pia', 'product_owner')

export type DecisionWorld = Awaited<ReturnType<typeof decisionWorld>>

export async function decisionWorld(noon = NOON) {
  const history = noon - 10 * DAY
  const database = await testDatabase()
  await ensurePartitions(pool(), history, noon + 3 * DAY)
  const { addSlo } = await testSlos(pool(), 'http://127.0.0.1:9')
  for (const one of [...Object.values(PEOPLE), OTHER_OWNER])
    await pool().query('INSERT INTO "user" (id, email, name, role, team_id) SELECT $1, $2, $3, $4, id FROM team LIMIT 1', [
      ...[one.id, one.email, actorName(one), one.role],
    ])
  const orders = await addSlo({
    slug: 'orders',
    indicator: {
      ...{ kind: 'availability', requests: { metric: 'requests_total', matchers: [] } },
      failed: [{ label: 'status', op: '=~', value: '5..' }],
    },
    window: { kind: 'rolling', days: 7 },
    target: 0.99,
  })
  await pool().query('UPDATE slo SET gating = true WHERE id = $1', [orders])
  const { rows } = await pool().query<{ id: number }>(`SELECT id FROM service WHERE slug = 'checkout'`)
  let sum = { good: 0, total: 0, measured: 0 }
  let reached = history

  /** Measures on until an instant: every minute 100 events, of which `bad` fail. */
  async function measure(until: UnixSeconds, bad: (ts: UnixSeconds) => number): Promise<void> {
    const samples: Sample[] = []
    for (let ts = reached + MINUTE; ts <= until; ts += MINUTE) {
      sum = { good: sum.good + 100 - bad(ts), total: sum.total + 100, measured: sum.measured + 1 }
      samples.push({ sloId: orders, ts, ...sum })
    }
    reached = until
    await writeSamples(pool(), samples, until)
    await pool().query(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [orders, history])
    const { definitions } = await loadDefinitions(pool(), { ids: [orders] })
    const newest = countsOf((await newestSamples(pool(), [orders])).values())
    const facts = new Map([[orders, { historyFrom: history, lastDataTs: until }]])
    await writeStatuses(pool(), await evaluate(pool(), definitions, until, newest, facts))
  }

  return { database, orders, service: rows[0]?.id ?? 0, measure, drop: () => database.drop() }
}

/** Makes everything anew but the people, the service and what was measured. */
export const forget = () =>
  pool().query(
    'TRUNCATE release_request, release, waiver, gate_answer, idempotency_key, outbox_message, incident, audit_entry, error_budget_policy_assignment RESTART IDENTITY CASCADE',
  )
export const audits = async (action: string): Promise<number> =>
  (await pool().query('SELECT count(*)::int AS n FROM audit_entry WHERE action = $1', [action])).rows[0].n
