import { expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { writeStatuses } from '../measurement/evaluate'
import { ensurePartitions } from '../measurement/partitions'
import { writeSamples } from '../measurement/samples'
import type { SloDefinition } from '../slo/definition'
import { evaluateStatus, LOOKBACKS, type StatusInput } from '../slo/status'
import { DAY, HOUR } from '../time-series/units'
import { refreshOutlooks } from './outlooks'
import { refreshSince } from './since'
import { refreshTrends } from './trend'

const NOW = Date.UTC(2026, 6, 15, 12) / 1000
const AGE = 120

it('counts down over the whole window of a young SLO, and draws its line', async () => {
  const database = await testDatabase()
  try {
    const slos = await testSlos(pool(), 'http://127.0.0.1:9')
    const requests = { metric: 'requests_total', matchers: [] }
    const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]
    const sloId = await slos.addSlo({
      ...{ slug: 'young', indicator: { kind: 'availability', requests, failed } },
      window: { kind: 'rolling', days: 30 },
    })
    const definition = (await loadDefinitions(pool(), { ids: [sloId] })).definitions[0] as SloDefinition
    const began = NOW - AGE * HOUR
    // A thousand events an hour for five days, half of the budget spent.
    const after = (hours: number) => ({ good: hours * 995, total: hours * 1_000, measured: hours * 60 })
    await ensurePartitions(pool(), began, NOW)
    const hours = Array.from({ length: AGE }, (_, i) => i + 1)
    await writeSamples(
      pool(),
      hours.map((h) => ({ sloId, ts: began + h * HOUR, ...after(h) })),
      NOW,
    )
    const at = (burn: number, length: number) => ({ good: length * (1 - burn / 100), total: length, measured: length / 60 })
    const burns: Record<string, number> = { h1: 2, h6: 1.2, h24: 0.9 }
    const input: StatusInput = {
      ...{ now: NOW, historyFrom: began, lastDataTs: NOW, staleSince: null, credit: 0, window: after(AGE), pace: after(72) },
      lookbacks: Object.fromEntries(
        Object.entries(LOOKBACKS).map(([key, length]) => [key, at(burns[key] ?? 0.5, length)]),
      ) as StatusInput['lookbacks'],
    }
    await writeStatuses(pool(), [{ id: sloId, input, status: evaluateStatus(definition.rules, input) }])
    await pool().query("UPDATE slo_evaluation SET backfill = 'done', history_from = $1", [began])
    await refreshOutlooks(pool(), 0, NOW)
    const row = async () => (await pool().query('SELECT state, since, ends_1h, ends_6h, ends_24h FROM slo_status')).rows[0]
    // Nothing leaves the window for 25 days: (600 + 10 · burn · t) bad of 1 % of (120,000 + 1,000 · t) events.
    const ends = await row()
    expect((ends.ends_1h - NOW) / HOUR).toBeCloseTo(60, 1)
    expect((ends.ends_6h - NOW) / HOUR).toBeCloseTo(300, 1)
    expect(ends.ends_24h).toBeNull()
    await refreshSince(pool(), 0)
    expect(await row()).toMatchObject({ state: 'healthy', since: began + 72 * HOUR })
    await refreshTrends(pool(), 0, NOW)
    const { points, ts } = (await pool().query('SELECT points, ts FROM slo_trend')).rows[0]
    expect(ts).toBe(NOW)
    expect(points).toHaveLength(60)
    // Twelve hours apart: ten points of five days at half of the budget, nothing before.
    expect(points.slice(-10)).toEqual(Array.from({ length: 10 }, () => expect.closeTo(0.5, 6)))
    expect(points.slice(0, -10).every(Number.isNaN)).toBe(true)
    expect(NOW % DAY).toBe(12 * HOUR)
  } finally {
    await disconnect()
    await database.drop()
  }
})
