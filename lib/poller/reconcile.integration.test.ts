import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { BoundaryCache } from '../measurement/inputs'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { metricsText } from '../metrics/reads'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator } from '../slo/indicator'
import { sloDetail } from '../slo/reads'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { catchUp } from './catch-up'
import { reconcile } from './reconcile'
import { tick } from './tick'

const FROM = Date.UTC(2026, 0, 5) / 1000
const END = FROM + 5 * HOUR
const truth = knownTruth({ from: FROM, seconds: 6 * HOUR, pods: 5, seed: 42 })
const AVAILABILITY: Indicator = {
  kind: 'availability',
  requests: { metric: 'requests_total', matchers: [] },
  failed: [{ label: 'status', op: '=~', value: '5..' }],
}
const SYSTEM = { type: 'system', job: 'poller' } as const

/** What one pod counted from 3:30 to its end arrives later than it was asked for. */
const early = truth.openMetrics
  .split('\n')
  .filter((line) => !line.includes('pod="pod-4"') || Number(line.split(' ').at(-1)) < FROM + 3.5 * HOUR)
  .join('\n')

let sources: { early: TestPrometheus; whole: TestPrometheus }
let database: Awaited<ReturnType<typeof testDatabase>>
const ids: number[] = []

beforeAll(async () => {
  sources = { early: await testPrometheus(early), whole: await testPrometheus(truth.openMetrics) }
  database = await testDatabase()
  const slos = await testSlos(pool(), sources.early.url)
  ids.push(await slos.addSlo({ slug: 'events', indicator: AVAILABILITY }))
  ids.push(await slos.addSlo({ slug: 'slices', indicator: AVAILABILITY, method: 'time_slices', sliceTarget: 0.98 }))
  ids.push(await slos.addSlo({ slug: 'ratios', indicator: AVAILABILITY, method: 'ratio_time_slices' }))
  await pool().query(`UPDATE slo SET updated_at = to_timestamp($1)`, [FROM])
  const context = (now: number) => ({ pool: pool(), shard: 0, fence: UNFENCED, now, cache: new BoundaryCache() })
  await ensurePartitions(pool(), END - 2 * DAY, END + DAY)
  // Half of it is caught up, the other half ticked: both have to be the same to who counts again.
  const half = END - 90 * MINUTE
  while (await catchUp(context(half + 30), half));
  for (let at = half + MINUTE; at <= END; at += MINUTE) await tick(context(at + 30), at)
}, 240_000)
afterAll(async () => {
  await disconnect()
  await database.drop()
  await sources.early.stop()
  await sources.whole.stop()
})

const corrections = async () =>
  (await pool().query('SELECT slo_id AS id, from_ts AS "from", total_delta AS total FROM measurement_correction ORDER BY 1, 2'))
    .rows

it('finds nothing where pods restart, scrapes are missing and only the clock goes on', async () => {
  for (let now = FROM + 3 * HOUR; now <= END + HOUR; now += HOUR) expect(await reconcile(pool(), 0, now, new Map())).toBe(0)
  expect(await corrections()).toEqual([])
})

it('writes down what arrived late, once, in the unit of the ledger, and shows it', async () => {
  await pool().query('UPDATE data_source SET url = $1', [sources.whole.url])
  const now = FROM + 5 * HOUR + 5 * MINUTE
  expect(await reconcile(pool(), 0, now, new Map())).toBeGreaterThanOrEqual(2)
  const found = await corrections()
  const [events] = found.filter(({ id }) => id === ids[0])
  const [from, to] = [FROM + 3 * HOUR, FROM + 4 * HOUR]
  expect(events?.from).toBe(from)
  // One pod of five, for half of the hour.
  const share = events.total / truth.countBetween(from, to).total
  expect(share).toBeGreaterThan(0.08)
  expect(share).toBeLessThan(0.12)
  // Slices are minutes: there are not more of them, whatever arrives late.
  for (const { id, total } of found) if (id !== ids[0]) expect(total).toBe(0)
  // Another poller, or the same after a restart, counts again and writes nothing.
  expect(await reconcile(pool(), 0, now, new Map())).toBe(0)
  expect(await corrections()).toEqual(found)
  const detail = await sloDetail(SYSTEM, ids[0] ?? 0)
  expect(detail.recounts).toMatchObject([{ from, to, total: events.total }])
  expect(await metricsText({ type: 'system', job: 'metrics' })).toMatch(/headroom_slo_recounts\{[^}]*\} 1/)
})

it('does not compare what another definition measured', async () => {
  await pool().query('DELETE FROM measurement_correction')
  await pool().query('UPDATE slo SET updated_at = to_timestamp($1)', [FROM + 3.2 * HOUR])
  expect(await reconcile(pool(), 0, FROM + 5 * HOUR + 6 * MINUTE, new Map())).toBe(0)
  expect(await corrections()).toEqual([])
})
