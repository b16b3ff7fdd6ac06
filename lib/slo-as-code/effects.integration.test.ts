import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { testPrometheus } from '../prometheus/test-server'
import { sloDefinitionSchema } from '../slo/definition-input'
import { applyFiles } from './commands-apply'
import { OWNER, sloFile } from './gitops-fixture'
import { effectText } from './plan-words'
import { measureOnce } from './reads-measured'
import { planFiles } from './reads-plan'
import { applySchema } from './schema'

const FROM = Date.UTC(2026, 0, 5) / 1000
const NOW = FROM + 6 * 3600
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 2, seed: 11 })
const counted = truth.countBetween(FROM + 60, NOW)
/** of a budget, by counting requests as they were made */
const left = (target: number): number => 1 - counted.failed / ((1 - target) * counted.total)

/** Everything takes less than half a second; no bucket ends at a quarter. */
const HISTOGRAM = [
  ...['bucket{pod="pod-0",le="0.5"}', 'bucket{pod="pod-0",le="+Inf"}', 'count{pod="pod-0"}'].flatMap((series) =>
    Array.from({ length: 6 * 60 }, (_, i) => `slow_seconds_${series} ${i * 10} ${FROM + i * 60}`),
  ),
].join('\n')
const pyrra = (le: string): string => `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: fast, labels: { service: checkout } }
spec:
  target: "90"
  window: 7d
  indicator:
    latency:
      success: { metric: 'slow_seconds_bucket{pod="pod-0",le="${le}"}' }
      total: { metric: 'slow_seconds_count{pod="pod-0"}' }
`

let prometheus: Awaited<ReturnType<typeof testPrometheus>>
let database: Awaited<ReturnType<typeof testDatabase>>

const file = (slug: string, target: number, metric = 'requests_total'): string =>
  sloFile(slug, { target, metric, service: 'checkout', days: 7 })
    .replaceAll('job="checkout"', 'pod=~"pod-.*"')
    .replaceAll('code!~', 'status!~')
const input = (...contents: string[]) =>
  applySchema.parse({ owner: 'git', files: contents.map((content, i) => ({ name: `${i}.yaml`, content })) })
const itemsOf = async (...contents: string[]) =>
  (await planFiles(OWNER, input(...contents), NOW)).items.filter(({ kind }) => kind === 'slo')

beforeAll(async () => {
  prometheus = await testPrometheus(truth.openMetrics.replace('# EOF', `${HISTOGRAM}\n# EOF`))
  database = await testDatabase()
  await testSlos(pool(), prometheus.url)
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await prometheus.stop()
})

describe('what a plan does to budgets', () => {
  it('is measured at the source for what is new, and is said where there is nothing yet', async () => {
    const [served, nothing] = await itemsOf(file('served', 0.9), file('nothing', 0.9, 'nowhere_total'))
    expect(served?.effect).toMatchObject({ before: null, why: null })
    expect(served?.effect?.after).toBeCloseTo(left(0.9), 1)
    expect(effectText(served?.effect ?? null)).toMatch(/^\d+\.\d % left, measured over (6 h|5 h \d+ min) of its 7 d$/)
    expect(nothing?.effect).toMatchObject({ after: null, why: expect.stringMatching(/^Nothing is measured yet\. /) })
  })

  it('of a threshold that no bucket ends at says what becomes of it', async () => {
    const [fast] = await itemsOf(pyrra('0.5'))
    expect(fast?.effect).toMatchObject({ after: 1, why: null })
    const [never] = await itemsOf(pyrra('0.25'))
    expect(never?.effect).toMatchObject({ after: null, why: expect.stringContaining('0.25 s is no bucket bound') })
    expect(never?.notes).toContain('Applied as it is, everything counts as too slow: mend the threshold first.')
  })

  it('comes from what was counted where there is an SLO, and is kept with the version', async () => {
    await applyFiles(OWNER, input(file('served', 0.9)), NOW)
    await ensurePartitions(pool(), NOW - 2 * 86_400, NOW + 86_400)
    for (const shard of [0, 1, 2, 3]) while (await catchUp({ pool: pool(), shard, fence: UNFENCED, now: NOW + 30 }, NOW));
    const [changed] = await itemsOf(file('served', 0.8))
    expect(changed?.changes).toEqual(['Target 90.00 % → 80.00 %'])
    expect(changed?.effect?.before).toBeCloseTo(left(0.9), 1)
    expect(changed?.effect?.after).toBeCloseTo(left(0.8), 1)
    const { plan } = await applyFiles(OWNER, input(file('served', 0.8)), NOW)
    const version = await db().sloVersion.findFirstOrThrow({ where: { version: 2 } })
    expect(version.effect).toEqual({ before: changed?.effect?.before, after: changed?.effect?.after })
    expect(plan.items.find(({ kind }) => kind === 'slo')?.effect).toEqual(changed?.effect)
  })

  it('is read anew when something else is measured, and the past with it', async () => {
    const ratio = file('served', 0.8).replaceAll('pod=~"pod-.*"', 'pod="pod-0"')
    const [changed] = await itemsOf(ratio)
    expect(changed?.notes).toContain('It measures something else: its past is measured again.')
    expect(changed?.effect).toMatchObject({ before: expect.any(Number), after: expect.any(Number) })
    await applyFiles(OWNER, input(ratio), NOW)
    expect(await db().sloEvaluation.findFirst()).toMatchObject({ backfill: 'pending' })
  })
})

/** How often a source was asked for a stretch of the past while this was done. */
async function stretchesDuring(work: () => Promise<unknown>): Promise<number> {
  const asked = vi.spyOn(globalThis, 'fetch')
  await work()
  const count = asked.mock.calls.filter(([url]) => String(url).includes('query_range')).length
  asked.mockRestore()
  return count
}

describe('many new SLOs', () => {
  const TARGETS = Array.from({ length: 60 }, (_, i) => 0.5 + i / 200)

  it('that measure the same are asked once, and each is reckoned by its own target and window', async () => {
    const one = await stretchesDuring(() => itemsOf(file('alone', 0.9)))
    let items: Awaited<ReturnType<typeof itemsOf>> = []
    const files = TARGETS.map((target, i) => {
      const written = file(`same-${i}`, target)
      return i % 2 === 0 ? written : written.replace('duration: 7d', 'duration: 28d')
    })
    const all = await stretchesDuring(async () => {
      items = await itemsOf(...files)
    })
    expect(one).toBeGreaterThan(0)
    expect(all).toBe(one)
    expect(items).toHaveLength(TARGETS.length)
    for (const { key, effect } of items) {
      const i = Number(key.split('-').at(-1))
      expect(effect).toMatchObject({ before: null, why: null, over: expect.stringContaining(i % 2 === 0 ? '7 d' : '28 d') })
      expect(effect?.after).toBeCloseTo(left(TARGETS[i] as number), 1)
    }
  })

  const definition = (metric: string) =>
    sloDefinitionSchema.parse({
      ...{ name: metric, slug: 'any', service: 'checkout', dataSource: 'prometheus', target: 0.9 },
      indicator: { kind: 'availability', requests: `${metric}_total{pod=~"pod-.*"}`, failed: 'status=~"5.."' },
      window: { kind: 'rolling', days: 7 },
    })

  it('are asked for as far as a plan goes, those that most SLOs share first; of the others it says why not', async () => {
    const different = Array.from({ length: 51 }, (_, i) => definition(`nowhere_${i}`))
    const shared = definition('nowhere_50')
    const measured = await measureOnce([...different, { ...shared, target: 0.8 }], NOW, 20_000)
    const unread = different.filter((one) => measured(one).why?.startsWith('A plan reads 50 different measurements at most'))
    expect(unread.map(({ name }) => name)).toEqual(['nowhere_49'])
    expect(measured(shared).why).toMatch(/^Nothing is measured yet\. The source has no metric nowhere_50_total\./)
  })

  it('are not waited for longer than people wait', async () => {
    const served = definition('requests')
    const why = 'There was no time left to measure it: a plan waits 0 s for sources.'
    expect((await measureOnce([served], NOW, 0))(served)).toEqual({ after: null, why, notes: [] })
  })

  it('of a source that answers too late it is said, and of one that does not answer', async () => {
    const server = createServer(() => {})
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await db().dataSource.createMany({
      data: [
        { name: 'silent', url },
        { name: 'nobody', url: 'http://127.0.0.1:1' },
      ],
    })
    const [silent, nobody] = ['silent', 'nobody'].map((dataSource) => ({ ...definition('requests'), dataSource }))
    if (!silent || !nobody) throw new Error('two definitions')
    const measured = await measureOnce([silent, nobody], NOW, 500)
    expect(measured(silent).why).toBe('The source had not answered when the 0.5 s were over that a plan waits for sources.')
    expect(measured(nobody).why).toContain('cannot be reached')
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
})
