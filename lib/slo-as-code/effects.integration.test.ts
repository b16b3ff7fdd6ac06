import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { knownTruth } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { testPrometheus } from '../prometheus/test-server'
import { applyFiles } from './commands-apply'
import { OWNER, sloFile } from './gitops-fixture'
import { effectText } from './plan-words'
import { planFiles } from './reads-plan'
import { applySchema } from './schema'

const FROM = Date.UTC(2026, 0, 5) / 1000
const NOW = FROM + 6 * 3600
const truth = knownTruth({ from: FROM, seconds: 6 * 3600, pods: 2, seed: 11 })
const counted = truth.countBetween(FROM + 60, NOW)
/** of a budget, by counting requests as they were made */
const left = (target: number): number => 1 - counted.failed / ((1 - target) * counted.total)

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
  prometheus = await testPrometheus(truth.openMetrics)
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
