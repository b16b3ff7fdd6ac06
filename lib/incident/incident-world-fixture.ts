import type { AlertTransition, Mute } from '../alert/transition'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate, writeStatuses } from '../measurement/evaluate'
import { countsOf } from '../measurement/inputs'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample, writeSamples } from '../measurement/samples'
import { DAY, MINUTE } from '../time-series/units'

/** Two services, of which checkout needs payments, whose minutes a test writes itself. */

/** 2026-07-15T12:00Z; counters begin ten days before. */
export const NOON = Date.UTC(2026, 6, 15, 12) / 1000
export const HISTORY = NOON - 10 * DAY
const REQUESTS = {
  kind: 'availability' as const,
  requests: { metric: 'requests_total', matchers: [] },
  failed: [{ label: 'status', op: '=~' as const, value: '5..' }],
}

const person = (id: number, name: string, role: 'viewer' | 'engineer' | 'slo_owner'): Extract<Actor, { type: 'user' }> => ({
  ...{ type: 'user', id: `00000000-0000-4000-8000-00000000000${id}`, name, email: `${id}@example.org`, role },
})
export const VERA = person(1, 'Vera', 'viewer')
export const EMIL = person(2, 'Emil', 'engineer')
export const SOFIA = person(3, 'Sofia', 'slo_owner')

export type IncidentWorld = Awaited<ReturnType<typeof incidentWorld>>

export async function incidentWorld() {
  const database = await testDatabase()
  await ensurePartitions(pool(), HISTORY, NOON + DAY)
  const { sourceId, addSlo } = await testSlos(pool(), 'http://127.0.0.1:9')
  const id = async (text: string, values: unknown[] = []) => (await pool().query<{ id: number }>(text, values)).rows[0]?.id ?? 0
  const checkout = await id(`SELECT id FROM service WHERE slug = 'checkout'`)
  const payments = await id(
    `INSERT INTO service (slug, name, tier, kind, team_id) SELECT 'payments', 'Payments', 'essential', 'api', id FROM team LIMIT 1 RETURNING id`,
  )
  await pool().query('INSERT INTO service_dependency VALUES ($1, $2)', [checkout, payments])
  for (const one of [VERA, EMIL, SOFIA])
    await pool().query('INSERT INTO "user" (id, email, name, role) VALUES ($1, $2, $3, $4)', [
      one.id,
      one.email,
      one.name,
      one.role,
    ])
  const window = { kind: 'rolling', days: 7 }
  const orders = await addSlo({ slug: 'orders', indicator: REQUESTS, window, target: 0.99 })
  const pages = await addSlo({ slug: 'pages', indicator: REQUESTS, window, target: 0.99 })
  const minutes = await addSlo({
    slug: 'minutes',
    indicator: REQUESTS,
    window,
    target: 0.99,
    method: 'time_slices',
    sliceTarget: 0.95,
  })
  const cards = await addSlo({ slug: 'cards', indicator: REQUESTS, window, target: 0.99 })
  await pool().query('UPDATE slo SET service_id = $2 WHERE id = $1', [cards, payments])
  const counters = new Map<number, Sample>()

  /** Goes on to `until`, a hundred events a minute (one a slice), of which `badAt` says how many fail. */
  async function measure(sloId: number, until: number, badAt: (minuteStart: number) => number): Promise<void> {
    let last = counters.get(sloId) ?? { sloId, ts: HISTORY, good: 0, total: 0, measured: 0 }
    const perMinute = sloId === minutes ? 1 : 100
    const samples: Sample[] = []
    for (let ts = last.ts + MINUTE; ts <= until; ts += MINUTE) {
      last = {
        ...last,
        ts,
        good: last.good + perMinute - badAt(ts - MINUTE),
        total: last.total + perMinute,
        measured: last.measured + 1,
      }
      samples.push(last)
    }
    counters.set(sloId, last)
    await writeSamples(pool(), samples, until)
    await pool().query(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [sloId, HISTORY])
    const { definitions } = await loadDefinitions(pool(), { ids: [sloId] })
    const current = countsOf((await newestSamples(pool(), [sloId])).values())
    const facts = new Map([[sloId, { historyFrom: HISTORY, lastDataTs: until }]])
    await writeStatuses(pool(), await evaluate(pool(), definitions, until, current, facts))
  }

  type Fired = { sloId: number; at: number; severity?: 'page' | 'ticket'; muted?: Mute | null; long?: number }
  /** An alert as the engine writes it before incidents hear of it. */
  async function fire({ sloId, at, severity = 'page', muted = null, long = 3_600 }: Fired): Promise<AlertTransition> {
    const { rows } = await pool().query<{ id: number; service: number }>(
      `WITH a AS (INSERT INTO alert (slo_id, severity, "long", short, state, pending_since, fired_at, held_at, policy_name, policy_version, evidence)
         VALUES ($1, $2, $3, $4, 'firing', $5, $5, $5, 'default', 1, '{}') RETURNING id, slo_id)
       SELECT a.id, s.service_id AS service FROM a JOIN slo s ON s.id = a.slo_id`,
      [sloId, severity, long, long / 12, at],
    )
    const reading = (length: number) => ({ length, good: 0, total: 0, burn: 20 })
    return {
      ...{
        alertId: rows[0]?.id ?? 0,
        kind: 'fired',
        at,
        sloId,
        serviceId: rows[0]?.service ?? 0,
        severity,
        long,
        short: long / 12,
      },
      ...{ firedAt: at, pendingSince: at, heldAt: at, muted, incidentId: null },
      evidence: {
        ...{ at, target: 0.99, threshold: 14.4, budgetShare: 0.02, long: reading(long), short: reading(long / 12) },
        ...{ minFailures: 0, minEvents: 0, for: 0, keepFiring: 0, remaining: 0.5 },
      },
    }
  }
  async function resolve(fired: AlertTransition, heldAt: number, at: number): Promise<AlertTransition> {
    await pool().query(`UPDATE alert SET state = 'resolved', resolved_at = $2, held_at = $3 WHERE id = $1`, [
      fired.alertId,
      at,
      heldAt,
    ])
    return { ...fired, kind: 'resolved', at, heldAt }
  }
  return { ...{ drop: database.drop, sourceId, checkout, payments, orders, pages, minutes, cards }, measure, fire, resolve }
}

export const linesOf = async (incidentId: number): Promise<{ kind: string; text: string; author_name: string }[]> =>
  (await pool().query('SELECT kind, text, author_name FROM incident_event WHERE incident_id = $1 ORDER BY id', [incidentId])).rows

export const auditOf = async (incidentId: number): Promise<string[]> =>
  (
    await pool().query<{ line: string }>(
      `SELECT actor_name || ': ' || action AS line FROM audit_entry WHERE entity_type = 'incident' AND entity_id = $1 ORDER BY id`,
      [String(incidentId)],
    )
  ).rows.map(({ line }) => line)

export const stretchesOf = async (incidentId: number): Promise<{ slo_id: number; from_ts: number; to_ts: number | null }[]> =>
  (
    await pool().query('SELECT slo_id, from_ts, to_ts FROM incident_impact WHERE incident_id = $1 ORDER BY slo_id, from_ts', [
      incidentId,
    ])
  ).rows
