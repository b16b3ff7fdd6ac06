import { beforeEach, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import type { SloDefinition } from '../slo/definition'
import { sloDetail } from '../slo/reads'
import { evaluateStatus, LOOKBACKS, type StatusInput } from '../slo/status'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'
import { loadDefinitions } from './definitions'
import { writeStatuses } from './evaluate'
import { markStale } from './source-health'

const NOW = Date.UTC(2026, 6, 15, 14) / 1000
const requests = { metric: 'requests_total', matchers: [] }

let definition: SloDefinition
beforeEach(async () => {
  const database = await testDatabase()
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]
  const sloId = await slos.addSlo({ slug: 'availability', indicator: { kind: 'availability', requests, failed } })
  definition = (await loadDefinitions(pool(), { ids: [sloId] })).definitions[0] as SloDefinition
  return async () => {
    await disconnect()
    await database.drop()
  }
})

/** An evaluation of a service that fails half of its requests, or none. */
async function evaluated(now: UnixSeconds, facts: Partial<StatusInput> & { bad?: number } = {}): Promise<void> {
  const { bad = 0.5, ...rest } = facts
  const over = (length: number) => ({ good: length * (1 - bad), total: length, measured: length / 60 })
  const kept = (await pool().query('SELECT firing FROM slo_status WHERE slo_id = $1', [definition.id])).rows[0]
  const input: StatusInput = {
    ...{ now, historyFrom: NOW - 60 * DAY, lastDataTs: now, staleSince: null, credit: 0, firing: kept?.firing ?? [] },
    ...{ window: over(7 * DAY), pace: over(DAY) },
    lookbacks: Object.fromEntries(
      Object.entries(LOOKBACKS).map(([key, length]) => [key, over(length)]),
    ) as StatusInput['lookbacks'],
    ...rest,
  }
  await writeStatuses(pool(), [{ id: definition.id, input, status: evaluateStatus(definition.rules, input) }])
}

async function row() {
  const { rows } = await pool().query('SELECT state, since, alert, firing FROM slo_status WHERE slo_id = $1', [definition.id])
  return rows[0]
}

const ALL = [3_600, 21_600, 86_400, 259_200]
const SYSTEM = { type: 'system', job: 'poller' } as const

describe('a loss of data during an incident', () => {
  beforeEach(() => evaluated(NOW))

  it('keeps the page while the source is silent, and since when the state holds', async () => {
    expect(await row()).toEqual({ state: 'exhausted', since: NOW, alert: 'page', firing: ALL })
    await markStale(pool(), 'id = ANY($1::int[])', [definition.id])
    expect(await row()).toEqual({ state: 'no-data', since: NOW, alert: 'page', firing: ALL })
    const { pairs, status } = await sloDetail(SYSTEM, definition.id)
    expect(pairs.every(({ holds, frozen }) => holds && frozen)).toBe(true)
    expect(status?.alerts).toHaveLength(4)
    await evaluated(NOW + 10 * MINUTE)
    expect(await row()).toEqual({ state: 'exhausted', since: NOW, alert: 'page', firing: ALL })
  })

  it('keeps it while series are absent, also when the windows have gone quiet, and resolves with the first data', async () => {
    await evaluated(NOW + 20 * MINUTE, { lastDataTs: NOW, bad: 0 })
    expect(await row()).toMatchObject({ state: 'no-data', alert: 'page', firing: ALL })
    await evaluated(NOW + 30 * MINUTE, { lastDataTs: NOW, bad: 0 })
    expect(await row()).toMatchObject({ state: 'no-data', alert: 'page', firing: ALL })
    await evaluated(NOW + 40 * MINUTE, { bad: 0 })
    expect(await row()).toEqual({ state: 'healthy', since: NOW + 40 * MINUTE, alert: null, firing: [] })
  })

  it('fires nothing that did not fire before', async () => {
    await evaluated(NOW + MINUTE, { bad: 0 })
    await evaluated(NOW + 20 * MINUTE, { lastDataTs: NOW, bad: 0.5 })
    expect(await row()).toMatchObject({ state: 'no-data', alert: null, firing: [] })
  })

  it('begins the state anew after more than a day without data', async () => {
    await evaluated(NOW + 20 * MINUTE, { lastDataTs: NOW })
    await evaluated(NOW + 2 * DAY)
    expect(await row()).toMatchObject({ state: 'exhausted', since: NOW + 2 * DAY })
  })
})
