import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlos, testSlos } from '../db/test-slos'
import { Fenced, UNFENCED } from '../measurement/advance'
import { BoundaryCache } from '../measurement/inputs'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { prometheusClient } from '../prometheus/client'
import { freePort, type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator } from '../slo/indicator'
import { overviewTable } from '../slo/reads'
import { catchUp } from './catch-up'
import { claim, ensureShards, fenceOf, type Lease } from './lease'
import { measuredUntil } from './measured-fixture'
import { tick } from './tick'

const FROM = Date.UTC(2026, 0, 5) / 1000
const LENGTH = 6 * 3600
const truth = knownTruth({ from: FROM, seconds: LENGTH, pods: 5, seed: 42 })
const REQUESTS: Indicator = {
  kind: 'availability',
  requests: { metric: 'requests_total', matchers: [] },
  failed: [{ label: 'status', op: '=~', value: '5..' }],
}
const POISON: Indicator = { kind: 'ratio', expression: 'sum(requests_total' }

let prometheus: TestPrometheus
let database: Awaited<ReturnType<typeof testDatabase>>
let slos: TestSlos

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics)
})
afterAll(() => prometheus.stop())

beforeEach(async () => {
  database = await testDatabase()
  slos = await testSlos(pool(), prometheus.url)
  return async () => {
    await disconnect()
    await database.drop()
  }
})

const context = (now: number, fence = UNFENCED) => ({ pool: pool(), shard: 0, fence, now, cache: new BoundaryCache() })

/** Reads all history up to an instant, as the poller does between ticks. */
async function fill(until: number): Promise<void> {
  const now = until + 30
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  while (await catchUp(context(now), until));
}

async function ticks(from: number, to: number): Promise<void> {
  for (let at = from; at <= to; at += 60) await tick(context(at + 30), at)
}

async function minutes(sloId: number): Promise<unknown[]> {
  const { rows } = await pool().query('SELECT ts, good, total, measured FROM sample_1m WHERE slo_id = $1 ORDER BY ts', [sloId])
  return rows
}

async function counted(sloId: number, from: number, to: number) {
  const { rows } = await pool().query<{ ts: number; good: number; total: number }>(
    'SELECT ts, good, total FROM sample_1m WHERE slo_id = $1 AND ts = ANY($2::int[]) ORDER BY ts',
    [sloId, [from, to]],
  )
  const [start, end] = rows
  if (!start || !end) throw new Error('A reading is missing.')
  const total = end.total - start.total
  return { total, failed: total - (end.good - start.good) }
}

describe('counting', () => {
  it('finds what really happened within 0.2 %, through restarts, resets and scrape gaps', async () => {
    const id = await slos.addSlo({ slug: 'availability', indicator: REQUESTS })
    const from = FROM + 600
    const to = FROM + LENGTH - 600
    await fill(to)
    const found = await counted(id, from, to)
    const happened = truth.countBetween(from, to)
    expect(Math.abs(found.total / happened.total - 1)).toBeLessThan(0.002)
    expect(Math.abs(found.failed / happened.failed - 1)).toBeLessThan(0.002)
  })

  it('counts every minute once, whether it was ticked or caught up', async () => {
    const id = await slos.addSlo({ slug: 'availability', indicator: REQUESTS })
    const start = FROM + 2 * 3600
    await fill(start)
    await ticks(start + 60, start + 600)
    const { rows } = await pool().query(
      'SELECT count(*)::int AS n, count(DISTINCT ts)::int AS d FROM sample_1m WHERE slo_id = $1 AND ts > $2',
      [id, start],
    )
    expect(rows[0]).toEqual({ n: 10, d: 10 })
    const { rows: status } = await pool().query('SELECT ts FROM slo_status WHERE slo_id = $1', [id])
    expect(status[0]).toEqual({ ts: start + 600 })
  })
})

describe('interruptions leave the counters of an uninterrupted run', () => {
  const start = FROM + 3 * 3600
  const end = start + 45 * 60
  let uninterrupted: unknown[]
  let id: number

  beforeEach(async () => {
    id = await slos.addSlo({ slug: 'availability', indicator: REQUESTS })
    const twin = await slos.addSlo({ slug: 'twin', indicator: REQUESTS, shard: 1 })
    await fill(start)
    const now = start + 30
    while (await catchUp({ ...context(now), shard: 1 }, start));
    for (let at = start + 60; at <= end; at += 60) await tick({ ...context(at + 30), shard: 1 }, at)
    uninterrupted = await minutes(twin)
    expect(uninterrupted.length).toBeGreaterThan(200)
  })

  it('poller stopped for 30 minutes', async () => {
    await ticks(start + 60, start + 300)
    const resumed = start + 300 + 30 * 60
    const report = await tick(context(resumed + 30), resumed)
    expect(report).toMatchObject({ evaluated: 0, behind: 1 })
    await fill(resumed)
    await ticks(resumed + 60, end)
    expect(await minutes(id)).toEqual(uninterrupted)
  })

  it('Prometheus down for 10 minutes: stale, breaker open, healed afterwards', async () => {
    await ticks(start + 60, start + 300)
    const closed = `http://127.0.0.1:${await freePort()}`
    await pool().query('UPDATE data_source SET url = $1', [closed])
    const down = start + 300
    for (let at = down + 60; at <= down + 600; at += 60) {
      await tick(context(at + 30), at)
      await catchUp(context(at + 45), at)
    }
    const broken = await pool().query(
      'SELECT failures, retry_at IS NOT NULL AS waiting, stale_since IS NOT NULL AS stale, last_error FROM data_source',
    )
    expect(broken.rows[0]).toMatchObject({ waiting: true, stale: true })
    expect(broken.rows[0].last_error).toContain('cannot be reached')
    const stale = await pool().query('SELECT state, stale_since FROM slo_status WHERE slo_id = $1', [id])
    expect(stale.rows[0]).toEqual({ state: 'no-data', stale_since: down })
    await pool().query('UPDATE data_source SET url = $1', [prometheus.url])
    const back = down + 660
    await fill(back)
    await ticks(back + 60, end)
    expect(await minutes(id)).toEqual(uninterrupted)
    const healed = await pool().query('SELECT failures, stale_since, last_error FROM data_source')
    expect(healed.rows[0]).toEqual({ failures: 0, stale_since: null, last_error: null })
    const status = await pool().query('SELECT stale_since FROM slo_status WHERE slo_id = $1', [id])
    expect(status.rows[0]).toEqual({ stale_since: null })
  })

  it('killed between the query and the commit', async () => {
    await ticks(start + 60, start + 300)
    const killed = tick(
      context(start + 390, async () => {
        throw new Error('killed')
      }),
      start + 360,
    )
    await expect(killed).rejects.toThrow('killed')
    await ticks(start + 360, end)
    expect(await minutes(id)).toEqual(uninterrupted)
  })
})

describe('a lease that was lost', () => {
  it('writes nothing, and the new owner goes on from where the ledger stands', async () => {
    const id = await slos.addSlo({ slug: 'availability', indicator: REQUESTS })
    const start = FROM + 3 * 3600
    await fill(start)
    await ensureShards(pool())
    const old = (await claim(pool(), 'old')) as Lease
    const before = await minutes(id)
    await pool().query("UPDATE shard SET lease_until = now() - interval '1 second'")
    const taken = (await claim(pool(), 'new')) as Lease
    expect(taken.shard).toBe(old.shard)
    await expect(tick(context(start + 90, fenceOf(old)), start + 60)).rejects.toBeInstanceOf(Fenced)
    expect(await minutes(id)).toEqual(before)
    expect((await tick(context(start + 90, fenceOf(taken)), start + 60)).evaluated).toBe(1)
    expect(await minutes(id)).toHaveLength(before.length + 1)
  })
})

describe('faults stay where they are', () => {
  it('sets an SLO free again once its query is right, also when nothing is measured', async () => {
    const id = await slos.addSlo({ slug: 'poison', indicator: POISON })
    const start = FROM + 3600
    await fill(start)
    const state = async () =>
      (await pool().query('SELECT quarantined_at IS NOT NULL AS held, backfill::text, backfill_error AS why FROM slo_evaluation'))
        .rows[0]
    expect(await state()).toMatchObject({ held: true, backfill: 'failed', why: expect.stringContaining('parse error') })
    const { columns } = await overviewTable({ type: 'system', job: 'poller' })
    expect(columns.outlook).toMatchObject([{ kind: 'unmeasured', why: expect.stringContaining('parse error') }])
    const silent = { kind: 'ratio', expression: 'min(nobody_has_this)' }
    await pool().query('UPDATE slo SET indicator = $2, updated_at = now() WHERE id = $1', [id, silent])
    const later = start + 11 * 60
    while (await catchUp(context(later + 30), later));
    expect(await state()).toEqual({ held: false, backfill: 'done', why: null })
  })

  it('quarantines the one SLO whose query the source refuses, and measures the other 49', async () => {
    const good: number[] = []
    for (let i = 0; i < 49; i += 1) {
      const pod = { label: 'pod', op: '=' as const, value: `pod-${i % 5}` }
      const code = { label: 'status', op: '!=' as const, value: `x${i}` }
      good.push(
        await slos.addSlo({
          slug: `slo-${i}`,
          indicator: { ...REQUESTS, requests: { metric: 'requests_total', matchers: [pod, code] } },
        }),
      )
    }
    const poison = await slos.addSlo({ slug: 'poison', indicator: POISON })
    await measuredUntil(pool(), FROM)
    const start = FROM + 4 * 3600
    await fill(start)
    await ticks(start + 60, start + 60)
    const { rows } = await pool().query<{ slo_id: number; quarantine_error: string | null }>(
      'SELECT slo_id, quarantine_error FROM slo_evaluation WHERE quarantined_at IS NOT NULL',
    )
    expect(rows.map((row) => row.slo_id)).toEqual([poison])
    expect(rows[0]?.quarantine_error).toContain('parse error')
    const { rows: statuses } = await pool().query<{ slo_id: number }>('SELECT slo_id FROM slo_status WHERE ts = $1 ORDER BY 1', [
      start + 60,
    ])
    expect(statuses.map((row) => row.slo_id)).toEqual(good)
  })

  it('asks far less than one question per SLO', async () => {
    for (let i = 0; i < 60; i += 1)
      await slos.addSlo({
        slug: `slo-${i}`,
        indicator: {
          ...REQUESTS,
          requests: { metric: 'requests_total', matchers: [{ label: 'pod', op: '=', value: `pod-${i}` }] },
        },
      })
    const start = FROM + 4 * 3600
    await fill(start)
    const report = await tick(context(start + 90), start + 60)
    expect(report.queries).toBe(1)
  })
})

describe('the source answers for itself', () => {
  it('agrees with increase() over the whole stretch', async () => {
    const id = await slos.addSlo({ slug: 'availability', indicator: REQUESTS })
    const to = FROM + LENGTH - 600
    const from = to - 4 * 3600
    await fill(to)
    const found = await counted(id, from, to)
    const [answer] = await prometheusClient({ url: prometheus.url }).instant(`sum(increase(requests_total[${to - from}s]))`, to)
    expect(Math.abs(found.total / (answer?.value ?? 0) - 1)).toBeLessThan(0.005)
  })
})
