import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sloOf } from '../api/serialize'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { PollerMetrics } from '../poller/metrics'
import { testPrometheus } from '../prometheus/test-server'
import { overviewTable } from '../slo/reads'
import { metricsText } from './reads'

const FROM = Date.UTC(2026, 0, 5) / 1000
const STOPPED = FROM + 5 * 3600
const ACTOR: Actor = { type: 'system', job: 'metrics' }
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 2, seed: 5 })

let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
  database = await testDatabase()
  const slos = await testSlos(pool(), prometheus.url)
  const requests = { metric: 'requests_total', matchers: [] }
  for (const [slug, value] of [
    ['availability', '5..'],
    ['nothing', 'nothing'],
  ] as const)
    await slos.addSlo({ slug, indicator: { kind: 'availability', requests, failed: [{ label: 'status', op: '=~', value }] } })
  const now = STOPPED + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  for (const shard of [0, 1, 2, 3]) while (await catchUp({ pool: pool(), shard, fence: UNFENCED, now }, STOPPED));
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

/** The value of one series by its name and some of its labels; undefined when there is none. */
function reader(text: string) {
  return (name: string, labels: Record<string, string> = {}): number | undefined => {
    const line = text
      .split('\n')
      .find(
        (one) =>
          (one.startsWith(`${name}{`) || one.startsWith(`${name} `)) &&
          Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
      )
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1))
  }
}

describe('/metrics', () => {
  it('says of every SLO what the API says', async () => {
    const now = STOPPED + 75
    const value = reader(await metricsText(ACTOR, now))
    const table = await overviewTable(ACTOR)
    expect(table.columns.id).toHaveLength(2)
    table.columns.id.forEach((id, row) => {
      const { target, status } = sloOf(table, row)
      const of = (name: string, labels = {}) => value(`headroom_slo_${name}`, { slo: String(id), ...labels })
      expect(of('budget_remaining_ratio')).toBe(status.remaining)
      expect(of('sli_ratio')).toBe(status.sli)
      expect(of('target_ratio')).toBe(target)
      expect(of('burn_rate', { lookback: '1h' })).toBe(status.burnRate.h1)
      expect(of('burn_rate', { lookback: '6h' })).toBe(status.burnRate.h6)
      expect(of('burn_rate', { lookback: '24h' })).toBe(status.burnRate.h24)
      for (const state of ['not-enough-data', 'healthy', 'no-data'])
        expect(of('state', { state })).toBe(status.state === state ? 1 : 0)
      for (const severity of ['page', 'ticket']) expect(of('alert', { severity })).toBe(status.alert === severity ? 1 : 0)
      expect(of('coverage_ratio')).toBe(status.coverage)
      expect(of('data_age_seconds')).toBe(now - Date.parse(status.newestDataAt ?? '') / 1000)
      expect(of('stale')).toBe(0)
    })
    expect(value('headroom_slos')).toBe(2)
    expect(value('headroom_evaluated_timestamp_seconds')).toBe(STOPPED)
  })

  it('says that an SLO is stale and how old its data is when the source is gone', async () => {
    await pool().query(`UPDATE slo_status SET stale_since = ts, state = 'no-data'`)
    const value = reader(await metricsText(ACTOR, STOPPED + 3_600))
    const { columns } = await overviewTable(ACTOR)
    const slo = String(columns.id[0])
    expect(value('headroom_slo_stale', { slo })).toBe(1)
    expect(value('headroom_slo_state', { slo, state: 'no-data' })).toBe(1)
    expect(value('headroom_slo_data_age_seconds', { slo })).toBe(STOPPED + 3_600 - (columns.lastDataTs[0] ?? 0))
  })
})

describe('the metrics of a poller', () => {
  it('add up what its passes reported', async () => {
    const metrics = new PollerMetrics()
    metrics.ticked({ evaluated: 40, behind: 0, queries: 3, databaseMilliseconds: 20, unavailable: [] }, 0.2)
    metrics.ticked({ evaluated: 38, behind: 2, queries: 4, databaseMilliseconds: 40, unavailable: ['warehouse'] }, 2)
    metrics.passFailed()
    const server = metrics.serve(0)
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const value = reader(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
    expect(value('headroom_poller_ticks_total')).toBe(2)
    expect(value('headroom_poller_evaluations_total')).toBe(78)
    expect(value('headroom_poller_source_queries_total')).toBe(7)
    expect(value('headroom_poller_source_failures_total')).toBe(1)
    expect(value('headroom_poller_failed_passes_total')).toBe(1)
    expect(value('headroom_poller_tick_duration_seconds_sum')).toBeCloseTo(2.2)
    expect(value('headroom_poller_tick_duration_seconds_bucket', { le: '0.3' })).toBe(1)
    expect(value('headroom_poller_tick_database_seconds_sum')).toBeCloseTo(0.06)
    server.close()
  })
})
