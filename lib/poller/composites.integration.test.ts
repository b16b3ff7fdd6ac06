import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlos, testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { BoundaryCache } from '../measurement/inputs'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { freePort, type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { COMPOSITE_RULES, type CompositeRule, LATE_POLICIES, type LatePolicy } from '../slo/composite'
import type { Indicator } from '../slo/indicator'
import { catchUp } from './catch-up'
import { PATIENCE } from './composites'
import { measuredUntil } from './measured-fixture'
import { tick } from './tick'

const FROM = Date.UTC(2026, 0, 5) / 1000
const LENGTH = 6 * 3600
const END = FROM + LENGTH - 600
const truth = knownTruth({ from: FROM, seconds: LENGTH, pods: 3, seed: 42 })

/** A counter that is silent from the second to the third hour: its SLO is late there. */
function gappy(): string {
  const lines = ['# TYPE parcels counter']
  let [sent, lost] = [0, 0]
  for (let second = 30; second <= LENGTH; second += 15) {
    sent += 7
    if (second % 900 === 0) lost += 3
    if (second > 2 * 3600 && second <= 3 * 3600) continue
    lines.push(`parcels_total{fate="sent"} ${sent} ${FROM + second}`)
  }
  for (let second = 30; second <= LENGTH; second += 15) {
    if (second % 900 === 0) lost += 3
    if (second > 2 * 3600 && second <= 3 * 3600) continue
    lines.push(`parcels_total{fate="lost"} ${lost} ${FROM + second}`)
  }
  return lines.join('\n')
}

const availability = (metric: string, label: string, bad: string, pod?: string): Indicator => ({
  kind: 'availability',
  requests: { metric, matchers: pod ? [{ label: 'pod', op: '=', value: pod }] : [] },
  failed: [{ label, op: '=~', value: bad }],
})
const MEMBERS = [
  { slug: 'pod-0', weight: 1, target: 0.99, sliceTarget: null, shard: 0 },
  { slug: 'pod-1', weight: 3, target: 0.9, sliceTarget: 0.985, shard: 1 },
  { slug: 'parcels', weight: 2, target: 0.5, sliceTarget: null, shard: 0 },
]
const composite = (rule: CompositeRule, late: LatePolicy): Indicator => ({
  ...{ kind: 'composite', rule, late },
  members: MEMBERS.map(({ slug, weight }) => ({ service: 'checkout', slo: slug, weight })),
})

let prometheus: TestPrometheus
let database: Awaited<ReturnType<typeof testDatabase>>
let slos: TestSlos
let ids: Map<string, number>

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics.replace('# EOF', `${gappy()}\n# EOF`))
})
afterAll(() => prometheus.stop())

beforeEach(async () => {
  database = await testDatabase()
  slos = await testSlos(pool(), prometheus.url)
  ids = new Map()
  for (const { slug, target, sliceTarget, shard } of MEMBERS) {
    const indicator =
      slug === 'parcels' ? availability('parcels_total', 'fate', 'lost') : availability('requests_total', 'status', '5..', slug)
    const method = sliceTarget === null ? 'occurrences' : 'time_slices'
    ids.set(slug, await slos.addSlo({ slug, indicator, target, shard, method, sliceTarget }))
  }
  return async () => {
    await disconnect()
    await database.drop()
  }
})

const context = (now: number, shard: number) => ({ pool: pool(), shard, fence: UNFENCED, now, cache: new BoundaryCache() })

/** All shards to an instant, as the poller does between ticks; twice, for composites whose members are in other shards. */
async function fill(until: number, now = until + 30): Promise<void> {
  await ensurePartitions(pool(), now - 2 * 86_400, now + 86_400)
  for (let round = 0; round < 2; round += 1) for (const shard of [0, 1, 2]) while (await catchUp(context(now, shard), until));
}
async function ticks(from: number, to: number, shards = [0, 1, 2]): Promise<void> {
  for (let at = from; at <= to; at += 60) for (const shard of shards) await tick(context(at + 30, shard), at)
}

type Counters = { ts: number; good: number; total: number; measured: number }
async function minutes(sloId: number | undefined, table = 'sample_1m'): Promise<Counters[]> {
  const { rows } = await pool().query(`SELECT ts, good, total, measured FROM ${table} WHERE slo_id = $1 ORDER BY ts`, [sloId])
  return rows
}

/** Before the first data only ends of stretches are kept, wherever those were. */
const measured = async (sloId: number): Promise<Counters[]> => (await minutes(sloId)).filter((row) => row.measured > 0)

/** What each member did in each step, straight from its own rows. */
async function sharesOf(table = 'sample_1m'): Promise<Map<number, (number | null)[]>> {
  const shares = new Map<number, (number | null)[]>()
  for (const [m, { slug }] of MEMBERS.entries()) {
    const rows = await minutes(ids.get(slug), table)
    rows.forEach((row, i) => {
      const before = rows[i - 1] ?? { good: 0, total: 0, measured: 0 }
      const total = row.total - before.total
      const share = row.measured === before.measured ? null : total === 0 ? 1 : (row.good - before.good) / total
      const step = shares.get(row.ts) ?? MEMBERS.map(() => null)
      step[m] = share
      shares.set(row.ts, step)
    })
  }
  return shares
}

function expected(rule: CompositeRule, late: LatePolicy, step: (number | null)[]): number | null {
  let weights = 0
  let sum = 0
  let product = 1
  let worst = 2
  let bad = 0
  for (const [m, share] of step.entries()) {
    const member = MEMBERS[m] as (typeof MEMBERS)[number]
    let r = share
    if (r === null && late === 'wait') return null
    if (r === null && late === 'leave-out') continue
    if (r === null) r = late === 'count-as-good' ? 1 : 0
    weights += member.weight
    sum += member.weight * r
    product *= r
    worst = Math.min(r, worst)
    bad += r < (member.sliceTarget ?? member.target) ? 1 : 0
  }
  if (weights === 0) return null
  return { 'weighted-mean': sum / weights, product, 'worst-of': worst, 'any-bad-slice': bad > 0 ? 0 : 1 }[rule]
}

async function historyFrom(): Promise<number> {
  const { rows } = await pool().query<{ from: number }>(
    'SELECT max(history_from) AS from FROM slo_evaluation WHERE slo_id = ANY($1::int[])',
    [[...ids.values()]],
  )
  return rows[0]?.from ?? 0
}

describe('a composite is counted as its rule and its late policy say', () => {
  it('for every pair of them, minute by minute, from the first minute of its youngest member', async () => {
    await measuredUntil(pool(), FROM)
    const made = new Map<string, number>()
    for (const rule of COMPOSITE_RULES)
      for (const late of LATE_POLICIES)
        made.set(`${rule} ${late}`, await slos.addSlo({ slug: `${rule}-${late}`, indicator: composite(rule, late), shard: 2 }))
    const start = FROM + 4 * 3600
    await fill(start)
    await ticks(start + 60, start + 600)
    const [shares, begun] = [await sharesOf(), await historyFrom()]
    const late = [...shares].filter(([ts, step]) => ts > begun && step.includes(null))
    expect(late.length).toBeGreaterThan(50)
    for (const rule of COMPOSITE_RULES)
      for (const policy of LATE_POLICIES) {
        const sum = { good: 0, total: 0, measured: 0 }
        const wanted = [...shares]
          .sort(([a], [b]) => a - b)
          .filter(([ts]) => ts > begun)
          .flatMap(([ts, step]) => {
            const share = expected(rule, policy, step)
            if (share !== null) {
              sum.good += share
              sum.total += 1
              sum.measured += 1
            }
            return sum.measured > 0 ? { ts, ...sum } : []
          })
        const counted = await measured(made.get(`${rule} ${policy}`) as number)

        expect(counted.map(({ good: _, ...row }) => row)).toEqual(wanted.map(({ good: _, ...row }) => row))
        counted.forEach(({ good }, i) => {
          expect(good).toBeCloseTo(wanted[i]?.good ?? -1, 6)
        })
        expect(counted.at(-1)?.ts).toBe(start + 600)
      }
  })

  it('over history in steps of five minutes and of hours, where minutes are no longer kept', async () => {
    const id = await slos.addSlo({ slug: 'way', indicator: composite('weighted-mean', 'leave-out'), shard: 2 })
    // Forty days later hours are all that is left; the fixture's six hours end on one.
    await fill(FROM + LENGTH, FROM + LENGTH + 40 * 86_400)
    const shares = await sharesOf('sample_1h')
    const begun = await historyFrom()
    const found = await minutes(id, 'sample_1h')
    let good = 0
    for (const [ts, step] of [...shares].sort(([a], [b]) => a - b)) {
      if (ts - 3600 < begun) continue
      good += 60 * (expected('weighted-mean', 'leave-out', step) ?? 0)
      expect(found.find((row) => row.ts === ts)?.good).toBeCloseTo(good, 6)
    }
    expect(good).toBeGreaterThan(200)
  })
})

describe('interruptions leave the counters of an uninterrupted run', () => {
  const start = FROM + 4 * 3600
  const end = start + 45 * 60
  const WAY = composite('weighted-mean', 'count-as-bad')
  let id: number

  /** The counters of a composite that was made afterwards, over members that were never interrupted. */
  async function uninterrupted(): Promise<Counters[]> {
    const again = await slos.addSlo({ slug: 'again', indicator: WAY, shard: 2 })
    await fill(end)
    return measured(again)
  }

  beforeEach(async () => {
    await measuredUntil(pool(), FROM)
    id = await slos.addSlo({ slug: 'way', indicator: WAY, shard: 2 })
    await fill(start)
    await ticks(start + 60, start + 300)
  })

  it('poller stopped for 30 minutes', async () => {
    const resumed = start + 300 + 30 * 60
    await ticks(resumed, resumed)
    expect((await minutes(id)).at(-1)?.ts).toBe(start + 300)
    await fill(resumed)
    await ticks(resumed + 60, end)
    expect(await measured(id)).toEqual(await uninterrupted())
  })

  it('the shard of a member stands still: it is waited for, then late, then counted after all', async () => {
    const stuck = start + 300
    await ticks(stuck + 60, stuck + PATIENCE, [0, 2])
    expect((await minutes(id)).at(-1)?.ts).toBe(stuck)
    await ticks(stuck + PATIENCE + 60, stuck + PATIENCE + 180, [0, 2])
    const [before, last] = [(await minutes(id)).find(({ ts }) => ts === stuck), (await minutes(id)).at(-1)]
    expect(last?.ts).toBe(stuck + PATIENCE + 180)
    // Three of six parts of the weight are missing and count as bad.
    expect(((last?.good ?? 0) - (before?.good ?? 0)) / ((last?.total ?? 0) - (before?.total ?? 0))).toBeLessThan(0.51)
    await fill(end)
    expect(await measured(id)).toEqual(await uninterrupted())
  })

  it('Prometheus down for 10 minutes: late at once, and counted after all when it is back', async () => {
    const down = start + 300
    await pool().query('UPDATE data_source SET url = $1', [`http://127.0.0.1:${await freePort()}`])
    for (let at = down + 60; at <= down + 600; at += 60) {
      await ticks(at, at)
      for (const shard of [0, 1, 2]) await catchUp(context(at + 45, shard), at)
    }
    expect((await minutes(id)).at(-1)?.ts).toBe(down + 600)
    const { rows } = await pool().query('SELECT stale_since FROM slo_status WHERE slo_id = $1', [id])
    expect(rows[0]).toEqual({ stale_since: null })
    await pool().query('UPDATE data_source SET url = $1', [prometheus.url])
    await fill(down + 660)
    await ticks(down + 720, end)
    expect(await measured(id)).toEqual(await uninterrupted())
  })
})

it('a composite of a composite is counted in the same tick', async () => {
  await measuredUntil(pool(), FROM)
  await slos.addSlo({ slug: 'inner', indicator: composite('worst-of', 'leave-out') })
  const outer = await slos.addSlo({
    slug: 'outer',
    indicator: {
      ...{ kind: 'composite', rule: 'product', late: 'leave-out' },
      members: ['pod-0', 'inner'].map((slo) => ({ service: 'checkout', slo, weight: 1 })),
    },
  })
  await fill(END - 600)
  await tick(context(END - 510, 1), END - 540)
  const report = await tick(context(END - 510, 0), END - 540)
  expect(report).toMatchObject({ evaluated: 4, behind: 0 })
  expect((await minutes(outer)).at(-1)?.ts).toBe(END - 540)
})
