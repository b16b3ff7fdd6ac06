import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlo, type TestSlos, testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { seeded } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { SHARDS } from '../measurement/shards'
import { catchUp } from '../poller/catch-up'
import { refreshFindings } from '../poller/findings'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { updateSlo } from '../slo/commands-define'
import { sloDefinitionSchema } from '../slo/definition-input'
import type { Indicator } from '../slo/indicator'
import { overviewTable, sloDetail } from '../slo/reads'
import { sloDefinition } from '../slo/reads-versions'
import { DAY, HOUR } from '../time-series/units'
import type { Check } from './finding'
import { sloFindings } from './reads'

const FROM = Date.UTC(2026, 0, 5) / 1000
const FIRST = FROM + 8 * DAY + 12 * HOUR
const LATER = FROM + 10 * DAY
const OWNER: Actor = { type: 'user', id: '2', name: 'Sofia', email: 's@example.org', role: 'slo_owner' }

/** Ten days of counters, one case of trouble each; `skip` leaves scrapes out. */
function openMetrics(): string {
  const lines: string[] = []
  const series = (
    labels: string,
    grows: (step: number) => number,
    at: (ts: number) => boolean = () => true,
    name = 'events_total',
  ) => {
    let value = 0
    for (let step = 0; FROM + step * 120 <= LATER; step += 1) {
      const ts = FROM + step * 120
      value += grows(step)
      if (at(ts)) lines.push(`${name}{${labels}} ${value} ${ts}`)
    }
  }
  const random = Float64Array.from({ length: (12 * DAY) / 120 }, seeded(7))
  const uneven = (step: number) => Math.floor((random[step] ?? 0) * 5)
  const pair = (name: string, bad: (step: number) => number, at?: (ts: number) => boolean) => {
    series(`case="${name}",result="ok"`, (step) => 100 - bad(step), at)
    series(`case="${name}",result="bad"`, bad, at)
  }
  pair('fine', uneven)
  pair('constant', () => 2)
  pair('never', uneven)
  pair('gaps', uneven, (ts) => ts < FROM + 2 * DAY || ts > FROM + 2 * DAY + 5 * HOUR)
  pair('silent', uneven, (ts) => ts < FIRST - 6 * HOUR || ts > FIRST + HOUR)
  series('case="over",part="expected"', () => 100)
  series('case="over",part="processed"', () => 120)
  series(
    'case="labels",result="ok",region="eu"',
    () => 95,
    (ts) => ts <= FIRST,
  )
  series('case="labels",result="bad",region="eu"', uneven, (ts) => ts <= FIRST)
  series(
    'case="labels",result="ok",zone="a"',
    () => 95,
    (ts) => ts > FIRST,
  )
  series('case="labels",result="bad",zone="a"', uneven, (ts) => ts > FIRST)
  const families = [...lines, '# TYPE taken histogram']
  lines.length = 0
  for (const le of ['0.1', '0.5', '+Inf'])
    series(`case="bound",le="${le}"`, (step) => 100 - (le === '+Inf' ? 0 : uneven(step)), undefined, 'taken_bucket')
  series('case="bound"', () => 100, undefined, 'taken_count')
  return ['# TYPE events counter', ...families, ...lines, '# EOF', ''].join('\n')
}

const events = (name: string, ...more: [string, string][]) => ({
  metric: 'events_total',
  matchers: [['case', name] as [string, string], ...more].map(([label, value]) => ({ label, op: '=' as const, value })),
})
const failing = (name: string, result = 'bad'): Indicator => ({
  kind: 'availability',
  requests: events(name),
  failed: [{ label: 'result', op: '=', value: result }],
})
const latency = (thresholdSeconds: number): Indicator => ({
  kind: 'latency',
  histogram: { metric: 'taken', matchers: [{ label: 'case', op: '=', value: 'bound' }] },
  thresholdSeconds,
})
const completeness = (processed: string): Indicator => ({
  kind: 'completeness',
  processed: events('over', ['part', processed]),
  expected: events('over', ['part', 'expected']),
})
const weeks = (days: number) => ({ kind: 'rolling', days }) as const

type Case = { check: Check; slo: Omit<TestSlo, 'slug'>; says: RegExp; mended: Record<string, unknown> | 'by time' }
const CASES: Case[] = [
  {
    check: 'no-data',
    slo: { indicator: failing('silent') },
    says: /Nothing was measured since Tue 13 Jan, 06:0\d, 5 h 5\d ago\. events_total\{case="silent"\} had samples before, and none in the last hour/,
    mended: 'by time',
  },
  {
    check: 'constant-burn',
    slo: { indicator: failing('constant') },
    says: /The bad share was 2 % in every hour of the last 3 d/,
    mended: { indicator: failing('fine') },
  },
  {
    check: 'never-any-burn',
    slo: { indicator: failing('never', 'failed') },
    says: /Not one of [\d\u202f]+ events was bad in 7 d\. Try the condition/,
    mended: { indicator: failing('never') },
  },
  {
    check: 'good-over-total',
    slo: { indicator: completeness('processed') },
    says: /Good was larger than total, last on Tue 13 Jan/,
    mended: { indicator: failing('fine') },
  },
  {
    check: 'gaps',
    slo: { indicator: failing('gaps') },
    says: /A gap of 5 h on Wed 7 Jan, 00:00: [23](\.\d)? % of the minutes are unknown, and they count for nothing/,
    mended: 'by time',
  },
  {
    check: 'bucket-bound',
    slo: { indicator: latency(0.3) },
    says: /0\.3 s is no bucket bound.*The bounds are 0\.1, 0\.5 s/,
    mended: { indicator: latency(0.5) },
  },
  {
    check: 'retention',
    slo: { indicator: failing('fine'), window: weeks(90) },
    says: /The source keeps 30 d\. The first 60 d of the window fill up/,
    mended: { window: weeks(7) },
  },
]

let prometheus: TestPrometheus
let database: Awaited<ReturnType<typeof testDatabase>>
let slos: TestSlos
const ids = new Map<string, number>()

async function poll(now: number): Promise<void> {
  await ensurePartitions(pool(), now - 2 * DAY, now + DAY)
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const context = { pool: pool(), shard, fence: UNFENCED, now: now + 30 }
    while (await catchUp(context, now));
    await refreshFindings(context, now)
  }
}
const found = async (name: string) => (await sloFindings(OWNER, ids.get(name) ?? 0)).items
const checksOf = async (name: string) => (await found(name)).map(({ check }) => check)

async function save(name: string, change: Record<string, unknown>, now: number): Promise<void> {
  const id = ids.get(name) ?? 0
  const { version, definition } = await sloDefinition(OWNER, id)
  const input = sloDefinitionSchema.parse({ ...definition, ...change })
  const saved = await updateSlo(OWNER, { id, version, definition: input, lifecycle: 'active', past: 'measure-again' }, now)
  expect(saved.kind).toBe('saved')
}

beforeAll(async () => {
  prometheus = await testPrometheus(openMetrics(), { retention: '30d' })
  database = await testDatabase()
  slos = await testSlos(pool(), prometheus.url)
  for (const { check, slo } of CASES) ids.set(check, await slos.addSlo({ slug: check, ...slo }))
  ids.set('fine', await slos.addSlo({ slug: 'fine', indicator: failing('fine') }))
  ids.set('labels', await slos.addSlo({ slug: 'labels', indicator: failing('labels') }))
  await poll(FIRST)
}, 120_000)
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('an indicator that is broken', () => {
  it.each(CASES)('$check is found, and says what to do', async ({ check, says }) => {
    const items = await found(check)
    expect(items).toMatchObject([{ check, since: FIRST, seen: FIRST, message: expect.stringMatching(says) }])
  })

  it('is nothing that a sound one is', async () => {
    expect(await checksOf('fine')).toEqual([])
    expect(await checksOf('labels')).toEqual([])
  })

  it('is marked in the list and told with the SLO, without asking the source', async () => {
    const { columns } = await overviewTable(OWNER)
    expect(columns.findings[columns.id.indexOf(ids.get('gaps') ?? 0)]).toEqual(['gaps'])
    expect((await sloDetail(OWNER, ids.get('gaps') ?? 0)).findings).toMatchObject([{ check: 'gaps', severity: 'doubtful' }])
  })

  it('is looked through a few times a day, not every minute', async () => {
    expect(await refreshFindings({ pool: pool(), shard: 0, fence: UNFENCED }, FIRST + HOUR)).toBe(0)
  })

  it('is written only by who holds the lease', async () => {
    await pool().query('UPDATE slo_check SET at = 0')
    await pool().query(`DELETE FROM slo_finding WHERE check_name = 'gaps'`)
    for (let shard = 0; shard < SHARDS; shard += 1)
      await refreshFindings({ pool: pool(), shard, fence: async () => false }, FIRST)
    expect(await checksOf('gaps')).toEqual([])
  })
})

describe('mended', () => {
  beforeAll(async () => {
    for (const { check, mended } of CASES) if (typeof mended === 'object') await save(check, mended, FIRST)
    await poll(LATER)
  }, 120_000)

  it.each(CASES)('$check is gone', async ({ check }) => expect(await checksOf(check)).not.toContain(check))

  it('labels that changed are named until somebody saves the definition again', async () => {
    expect(await found('labels')).toMatchObject([
      {
        check: 'label-sets',
        message: expect.stringContaining('The label region vanished and the label zone appeared on events_total{case="labels"}'),
      },
    ])
    await save('labels', { description: 'Looked at: zones are right.' }, LATER)
    await poll(LATER)
    expect(await checksOf('labels')).toEqual([])
  })
})
