import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate, writeStatuses } from '../measurement/evaluate'
import { countsOf } from '../measurement/inputs'
import { seeded } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample, writeSamples } from '../measurement/samples'
import { DAY, HOUR, MINUTE } from '../time-series/units'

/** A service whose failures were counted minute by minute, so that any month of any zone can be counted by hand. */

export const VIEWER: Actor = {
  type: 'user',
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Vera',
  email: 'v@example.org',
  role: 'viewer',
}
export const ENGINEER: Actor = {
  ...VIEWER,
  id: '00000000-0000-4000-8000-000000000002',
  name: 'Emil',
  email: 'e@example.org',
  role: 'engineer',
}
export const OWNER: Actor = {
  ...VIEWER,
  id: '00000000-0000-4000-8000-000000000003',
  name: 'Olga',
  email: 'o@example.org',
  role: 'slo_owner',
}

/** 3 June 2026, 09:00 UTC: May is over, April before it is counted from its middle on. */
export const NOW = Date.UTC(2026, 5, 3, 9) / 1000
export const HISTORY = Date.UTC(2026, 3, 11) / 1000
export const PER_MINUTE = 100
export const TARGET = 0.99
/** 12 May, 10:03 to 10:31 UTC: on no step coarser than the minute. */
export const OUTAGE = { from: Date.UTC(2026, 4, 12, 10, 3) / 1000, to: Date.UTC(2026, 4, 12, 10, 31) / 1000 }
/** 20 May, a whole hour. */
export const DRILL = { from: Date.UTC(2026, 4, 20, 4) / 1000, to: Date.UTC(2026, 4, 20, 5) / 1000 }

export type ReportWorld = {
  slo: number
  latency: number
  service: number
  /** what was bad after `from` and up to `to`, by counting */
  bad: (from: number, to: number) => number
  total: (from: number, to: number) => number
  drop: () => Promise<void>
}

const within = (ts: number, { from, to }: { from: number; to: number }) => ts > from && ts <= to

export async function reportWorld(zone = 'UTC'): Promise<ReportWorld> {
  const database = await testDatabase()
  await ensurePartitions(pool(), HISTORY, NOW)
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  await pool().query('UPDATE service SET time_zone = $1', [zone])
  const requests = { metric: 'requests_total', matchers: [] }
  const slo = await slos.addSlo({
    slug: 'answers',
    indicator: { kind: 'availability', requests, failed: [{ label: 'status', op: '=~', value: '5..' }] },
    target: TARGET,
    window: { kind: 'rolling', days: 30 },
  })
  const latency = await slos.addSlo({
    slug: 'fast',
    indicator: { kind: 'latency', histogram: { metric: 'seconds', matchers: [] }, thresholdSeconds: 0.3 },
    target: 0.9,
    window: { kind: 'rolling', days: 30 },
  })
  const random = seeded(7)
  const bad: number[] = []
  const sum = { good: 0, total: 0, measured: 0 }
  const samples = Array.from({ length: (NOW - HISTORY) / MINUTE }, (_, i): Sample => {
    const ts = HISTORY + (i + 1) * MINUTE
    bad.push((within(ts, OUTAGE) ? 90 : within(ts, DRILL) ? 50 : 0) + Math.floor(random() * 2))
    sum.total += PER_MINUTE
    sum.good += PER_MINUTE - (bad[i] ?? 0)
    sum.measured += 1
    return { sloId: slo, ts, ...sum }
  })
  const all = samples.flatMap((sample) => [sample, { ...sample, sloId: latency }])
  // As a poller leaves it: minutes where they are still kept, five minutes and hours before.
  await writeSamples(pool(), all, NOW)
  const marked = [OUTAGE.from, OUTAGE.to].flatMap((ts) => all.filter((sample) => sample.ts === ts))
  for (const { sloId, ts, good, total, measured } of marked)
    await pool().query('INSERT INTO counter_mark VALUES ($1, $2, $3, $4, $5)', [sloId, ts, good, total, measured])
  await pool().query(`UPDATE slo_evaluation SET history_from = $1, backfill = 'done'`, [HISTORY])
  const ids = [slo, latency]
  const { definitions } = await loadDefinitions(pool(), { ids })
  const current = countsOf((await newestSamples(pool(), ids)).values())
  const facts = new Map(ids.map((id) => [id, { historyFrom: HISTORY, lastDataTs: NOW }]))
  await writeStatuses(pool(), await evaluate(pool(), definitions, NOW, current, facts))
  const { rows } = await pool().query<{ id: number }>('SELECT id FROM service')
  return {
    ...{ slo, latency, service: rows[0]?.id ?? 0, drop: () => database.drop() },
    bad: (from, to) => bad.reduce((count, one, i) => (within(HISTORY + (i + 1) * MINUTE, { from, to }) ? count + one : count), 0),
    total: (from, to) => ((to - Math.max(from, HISTORY)) / MINUTE) * PER_MINUTE,
  }
}

export const days = (count: number): number => count * DAY
export const hours = (count: number): number => count * HOUR
