import { beforeEach } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { type Alongside, type Ask, advance, UNFENCED } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { countsOf } from '../measurement/inputs'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples } from '../measurement/samples'
import type { SloDefinition } from '../slo/definition'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { judgeAlerts } from './alerts'

/** Alerts over a ledger that is written minute by minute: 600 requests a minute, of which `failing` says the bad ones. */
export const NOW = Date.UTC(2026, 6, 15, 12) / 1000
export const requests = { metric: 'requests_total', matchers: [] }
export const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]

export let front: number
export let back: number
/** where the counters stand */
export const at = { clock: 0 as UnixSeconds }
/** share of bad requests by SLO; `null`: the series are absent */
export const failing = new Map<number, number | null>()

export const ask: Ask<SloDefinition> = async (definitions, { from, to, step }) => {
  const instants = Array.from({ length: (to - from) / step }, (_, i) => from + (i + 1) * step)
  const read = (id: number) => {
    const share = failing.get(id) ?? (failing.has(id) ? null : 0)
    const total = 10 * step
    return share === null ? null : { good: total * (1 - share), total, goodOverTotal: false }
  }
  return {
    instants,
    readings: new Map(definitions.map(({ id }) => [id, instants.map(() => read(id))])),
    refused: new Map(),
    queries: 0,
  }
}

/** One evaluation of these SLOs at `to`, from where their counters stand. */
export async function moveTo(to: UnixSeconds, ids = [front, back], judge = true, alongside?: Alongside): Promise<void> {
  const { definitions } = await loadDefinitions(pool(), { ids })
  const newest = [...(await newestSamples(pool(), ids)).values()]
  const from = newest[0]?.ts ?? to - 4 * DAY
  const again = from >= to
  const stretch = { from: again ? to - MINUTE : from, to, step: MINUTE }
  const start = again ? countsOf(await before(ids, to - MINUTE)) : countsOf(newest)
  await advance(pool(), ask, {
    definitions,
    start,
    stretch,
    now: to + 30,
    judge,
    fence: UNFENCED,
    judged: judgeAlerts,
    alongside,
  })
}

export const before = async (ids: number[], ts: UnixSeconds) =>
  (
    await pool().query('SELECT slo_id AS "sloId", ts, good, total, measured FROM sample_1m WHERE slo_id = ANY($1) AND ts = $2', [
      ids,
      ts,
    ])
  ).rows

export async function minutes(count: number, ids?: number[]): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    at.clock += MINUTE
    await moveTo(at.clock, ids)
  }
}

export type Row = {
  sloId: number
  severity: string
  long: number
  state: string
  muted: { because: string } | null
  firedAt: number
}
export const alerts = async (where = 'true'): Promise<Row[]> =>
  (
    await pool().query(
      `SELECT id, slo_id AS "sloId", severity, long, state, muted, fired_at AS "firedAt", resolved_at AS "resolvedAt", held_at AS "heldAt",
         frozen_since AS "frozenSince", policy_name AS policy FROM alert WHERE ${where} ORDER BY id`,
    )
  ).rows
export const events = async (sloId: number, long = HOUR): Promise<string[]> =>
  (
    await pool().query<{ line: string }>(
      `SELECT concat_ws(' ', (e.at - $3) / 60, e.kind) AS line FROM alert_event e JOIN alert a ON a.id = e.alert_id
       WHERE a.slo_id = $1 AND a.long = $2 ORDER BY e.id`,
      [sloId, long, NOW],
    )
  ).rows.map(({ line }) => line)
export const status = async (id: number) =>
  (await pool().query('SELECT state, alert, firing FROM slo_status WHERE slo_id = $1', [id])).rows[0]

/** To be called by each file of tests that uses it. */
export function alertWorld(): void {
  beforeEach(async () => {
    const database = await testDatabase()
    const on = pool()
    const slos = await testSlos(on, 'http://127.0.0.1:9')
    const definition = {
      indicator: { kind: 'availability' as const, requests, failed },
      target: 0.999,
      window: { kind: 'rolling', days: 30 },
    }
    front = await slos.addSlo({ slug: 'front', ...definition })
    back = await slos.addSlo({ slug: 'back', ...definition })
    const { rows } = await on.query<{ id: number }>(
      `INSERT INTO service (slug, name, tier, kind, team_id) SELECT 'ledger', 'Ledger', 'critical', 'api', team_id FROM service RETURNING id`,
    )
    const ledger = rows[0]?.id
    await on.query('UPDATE slo SET service_id = $1 WHERE id = $2', [ledger, back])
    await on.query('INSERT INTO service_dependency SELECT service_id, $1 FROM slo WHERE id = $2', [ledger, front])
    await ensurePartitions(on, NOW - 5 * DAY, NOW + DAY)
    failing.clear()
    at.clock = NOW
    await moveTo(NOW)
    return async () => {
      await disconnect()
      await database.drop()
    }
  })
}
