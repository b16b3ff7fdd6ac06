import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { definitionOf, type SloDefinition } from '../slo/definition'
import { evaluateStatus } from '../slo/status'
import { DEFAULT_STATUS_POLICY } from '../slo/status-policy'
import type { SloWindow } from '../slo/window'
import { DAY, floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { BoundaryCache, readInputs } from './inputs'
import { ensurePartitions } from './partitions'
import { type Sample, writeSamples } from './samples'

beforeAll(async () => {
  const database = await testDatabase()
  return async () => {
    await disconnect()
    await database.drop()
  }
})
beforeEach(async () => {
  await pool().query('TRUNCATE sample_1m, sample_5m, sample_1h, sample_1d')
})

const at = (iso: string): UnixSeconds => Date.parse(iso) / 1000
const definition = (window: SloWindow, version = 1): SloDefinition =>
  definitionOf(
    {
      ...{ id: 1, dataSourceId: 1, version, method: 'occurrences', sliceTarget: null, target: 0.99, window },
      indicator: { kind: 'completeness', processed: { metric: 'a' }, expected: { metric: 'b' } },
      ...{ noDataPolicy: 'ignore', coverageFloor: 0.9, minEvents: 0 },
    },
    DEFAULT_STATUS_POLICY,
  )

/** One event a second since `from`, all good, as the tiers keep it at `now`. */
async function steady(from: UnixSeconds, now: UnixSeconds): Promise<Sample> {
  const reading = (ts: UnixSeconds): Sample => ({ sloId: 1, ts, good: ts - from, total: ts - from, measured: (ts - from) / 60 })
  await ensurePartitions(pool(), from, now)
  const samples: Sample[] = []
  for (
    let ts = floorTo(from, HOUR) + HOUR;
    ts <= now;
    ts += ts < now - 36 * DAY ? HOUR : ts < now - 2 * DAY ? 5 * MINUTE : MINUTE
  )
    samples.push(reading(ts))
  await writeSamples(pool(), samples, now)
  return reading(now)
}

describe('windows of the calendar, across changes of the clock', () => {
  it.each([
    // An hour less in March and one more in October, half an hour at Lord Howe, and zones that are never on the full hour.
    ['Europe/Berlin', 'month', '2026-03-31T10:00:00Z', '2026-02-28T23:00:00Z', 31 * 24 - 1],
    ['Europe/Berlin', 'quarter', '2026-12-20T10:00:00Z', '2026-09-30T22:00:00Z', 92 * 24 + 1],
    ['Australia/Lord_Howe', 'quarter', '2026-06-20T10:00:00Z', '2026-03-31T13:00:00Z', 91 * 24 + 0.5],
    ['Australia/Lord_Howe', 'month', '2026-10-20T10:00:00Z', '2026-09-30T13:30:00Z', 31 * 24 - 0.5],
    ['Asia/Kolkata', 'quarter', '2026-06-20T10:00:00Z', '2026-03-31T18:30:00Z', 91 * 24],
    ['Asia/Kathmandu', 'year', '2026-06-20T10:00:00Z', '2025-12-31T18:15:00Z', 365 * 24],
  ] as const)('%s %s at %s: counts and pace are those of the period', async (timeZone, unit, now, begins, hours) => {
    const end = at(now)
    const from = at(begins)
    const current = await steady(from - 20 * DAY, end)
    const calendar = definition({ kind: 'calendar', unit, timeZone })
    const inputs = (await readInputs(pool(), [calendar], end, new Map([[1, current]]))).get(1)
    if (!inputs) throw new Error('There are no inputs.')
    expect(inputs.window.total).toBeCloseTo(end - from, 6)
    expect(inputs.pace.total).toBeGreaterThanOrEqual((hours * HOUR) / 10 - 5 * MINUTE)
    expect(inputs.pace.total).toBeLessThanOrEqual((hours * HOUR) / 10 + HOUR)
    const spent = { ...inputs.window, good: inputs.window.total * 0.995 }
    const facts = { now: end, historyFrom: from - 20 * DAY, lastDataTs: end, staleSince: null }
    const status = evaluateStatus(calendar.rules, { ...inputs, window: spent, ...facts })
    expect(status.windowTo - from).toBe(hours * HOUR)
    expect(status.coverage).toBeCloseTo(1, 9)
    // Half of the budget of what has gone by: pace is that share over the elapsed share of the real length.
    expect(status.pace).toBeCloseTo(0.5 / ((end - from) / (hours * HOUR)), 6)
    expect(status.projected).toBeCloseTo(1 - 0.5 * ((end - from) / (hours * HOUR)), 6)
  })
})

describe('lookbacks', () => {
  it('begin to the minute, three days back as well, where counters are kept every five minutes', async () => {
    const now = at('2026-06-20T10:03:00Z')
    const current = await steady(now - 10 * DAY, now)
    const cache = new BoundaryCache()
    for (const later of [0, MINUTE, 2 * MINUTE]) {
      const end = { ...current, good: current.good + later, total: current.total + later }
      const week = definition({ kind: 'rolling', days: 7 })
      const inputs = await readInputs(pool(), [week], now + later, new Map([[1, end]]), { cache })
      expect(inputs.get(1)?.lookbacks.h72.total).toBe(3 * DAY)
      expect(inputs.get(1)?.lookbacks.h24.total).toBe(DAY)
    }
  })
})

describe('BoundaryCache', () => {
  it('does not answer for a definition that was measured again', async () => {
    const now = at('2026-06-20T10:00:00Z')
    const cache = new BoundaryCache()
    const current = await steady(now - 60 * DAY, now)
    const week = { kind: 'rolling', days: 7 } as const
    const total = async (version: number) =>
      (await readInputs(pool(), [definition(week, version)], now, new Map([[1, current]]), { cache })).get(1)?.window.total
    expect(await total(1)).toBe(7 * DAY)
    await pool().query('UPDATE sample_5m SET total = total + 1000')
    expect(await total(1)).toBe(7 * DAY)
    expect(await total(2)).toBe(7 * DAY - 1000)
  })
})
